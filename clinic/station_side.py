"""What a station may ask of the clinic over HTTP: put envelopes, join, read its settings and a slip.

Only reading, limits and statuses; judging is in ``intake`` and ``enrolment``. Whatever else carries a
station's signature is refused before it gets anywhere.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from clinic import enrolment, slips
from clinic.addresses import address_of
from clinic.clinic import Clinic
from clinic.enrolment import EnrolmentError
from clinic.errors import ClinicError
from clinic.intake import Filing, take_in, take_in_all
from clinic.judging import Receipt
from clinic.store.sessions import first_time
from clinic.store.stations import EnrolledStation, StationState, station_of
from clinic.verifying import ClockError, SignatureError, verify
from health.envelope import LARGEST, EnvelopeDamaged
from health.keys import VerifyKey
from health.slip import SlipError
from health.wire import (
    ENROLMENTS,
    ENVELOPES,
    HEALTH,
    HEALTHY,
    JSON_TYPE,
    LARGEST_BATCH,
    SETTINGS,
    SKEW_SECONDS,
    SLIP,
    BatchResult,
    Delivered,
    Delivery,
    EnrolmentQuestion,
    EnrolmentRequest,
    Refusal,
    SealedSlip,
    WireError,
    decode,
    encode,
    unpack,
)
from health.words import words_of

_LARGEST_JSON = 16 * 1024
_LONGEST_NUMBER = 128
_DELIVERIES = frozenset(int(one) for one in Delivery)


class TooLargeError(ClinicError):
    """A body beyond its limit; the rest of it is not read."""


class NotBelievedError(ClinicError):
    """A request whose sender is not believed. ``status`` is the HTTP status that says so."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class StationSide(msgspec.Struct, frozen=True):
    """The handlers, with the clinic they work for."""

    clinic: Clinic
    filed: Filing

    def routes(self) -> list[Route]:
        """Every address a station may use."""
        return [
            Route(f"{ENVELOPES}/{{id:uuid}}", self.put_envelope, methods=["PUT"]),
            Route(ENVELOPES, self.post_envelopes, methods=["POST"]),
            Route(ENROLMENTS, self.post_enrolment, methods=["POST"]),
            Route(f"{ENROLMENTS}/{{id:uuid}}", self.post_question, methods=["POST"]),
            Route(SETTINGS, self.get_settings, methods=["GET"]),
            Route(SLIP, self.post_slip, methods=["POST"]),
            Route(HEALTH, self.get_health, methods=["GET"]),
        ]

    async def put_envelope(self, request: Request) -> Response:
        """One envelope, the same bytes as often as it takes."""
        raw = await _body(request, LARGEST)
        receipt = await run_in_threadpool(take_in, self.clinic, request.path_params["id"], raw, self.filed)
        if receipt.status not in _DELIVERIES:
            return self._refusal(receipt)
        return _json(self._delivered(receipt), receipt.status)

    async def post_envelopes(self, request: Request) -> Response:
        """Up to 50 envelopes in one transaction, with a line for each."""
        body = await _body(request, LARGEST_BATCH)
        try:
            many = unpack(body)
        except EnvelopeDamaged as cause:
            return refusal(400, str(cause))
        receipts = await run_in_threadpool(take_in_all, self.clinic, many)
        return _json(BatchResult(tuple(self._delivered(one) for one in receipts)), 200)

    async def post_enrolment(self, request: Request) -> Response:
        """A station asks to join."""
        asked = decode(await _body(request, _LARGEST_JSON), EnrolmentRequest)
        address = address_of(request, self.clinic.settings.proxies)
        return _json(await run_in_threadpool(enrolment.ask, self.clinic, asked, address), 202)

    async def post_question(self, request: Request) -> Response:
        """A station asks whether staff agreed."""
        asked = decode(await _body(request, _LARGEST_JSON), EnrolmentQuestion)
        named: UUID = request.path_params["id"]
        return _json(await run_in_threadpool(enrolment.answer, self.clinic, named, asked.number), 200)

    async def get_settings(self, request: Request) -> Response:
        """A station reads its own settings, and no other's: the signature says whose."""
        return await run_in_threadpool(self._settings, request)

    async def post_slip(self, request: Request) -> Response:
        """A station asks for the slip of whoever laid a card there; question and answer are sealed."""
        body = await _body(request, _LARGEST_JSON)
        return await run_in_threadpool(self._slip, request, body)

    async def get_health(self, _request: Request) -> Response:
        """Whether the server answers. It says nothing else."""
        return Response(HEALTHY, media_type=JSON_TYPE)

    def _settings(self, request: Request) -> Response:
        station = self._signer(request, b"")
        settings = enrolment.settings_for(self.clinic, station.id, station.verify_key, station.name)
        return _json(settings, 200)

    def _slip(self, request: Request, body: bytes) -> Response:
        station = self._signer(request, body)
        try:
            sealed = slips.slip_for(self.clinic, station.id, decode(body, SealedSlip).sealed)
        except SlipError as cause:
            return refusal(400, str(cause))
        except slips.TooOftenError as cause:
            return refusal(429, str(cause))
        return _json(SealedSlip(sealed), 200)

    def _signer(self, request: Request, body: bytes) -> EnrolledStation:
        """The station that signed exactly this, now and for the first time. Raises ``NotBelievedError``."""
        now = self.clinic.now()
        try:
            sender = verify(
                request.method, _target(request), request.headers.items(), body, key_of=self._key_of, now=now
            )
        except ClockError as cause:
            raise NotBelievedError(401, str(cause)) from cause
        except SignatureError as cause:
            raise NotBelievedError(403, str(cause)) from cause
        if not self._first_time(sender.nonce, now):
            raise NotBelievedError(403, "This request came before; sign a new one.")
        station = self._approved(sender.key_id)
        if station is None:
            raise NotBelievedError(403, "This station may not ask; enrol it again.")
        return station

    def _first_time(self, number: str, now: datetime) -> bool:
        if len(number) > _LONGEST_NUMBER:
            return False
        forget = (now - timedelta(seconds=2 * SKEW_SECONDS)).isoformat()
        with self.clinic.store.writing() as connection:
            return first_time(connection, self.clinic.settings.tenant, number, now.isoformat(), forget)

    def _approved(self, key_id: str) -> EnrolledStation | None:
        """The station that signs as ``tenant/station``, when it may send."""
        tenant, _, station = key_id.partition("/")
        if tenant != self.clinic.settings.tenant:
            return None
        found = station_of(self.clinic.store, tenant, station)
        return found if found is not None and found.state is StationState.APPROVED else None

    def _key_of(self, key_id: str) -> VerifyKey | None:
        found = self._approved(key_id)
        return None if found is None else VerifyKey(found.verify_key)

    def _delivered(self, receipt: Receipt) -> Delivered:
        return Delivered(receipt.id, receipt.status, self._sentence(receipt))

    def _refusal(self, receipt: Receipt) -> Response:
        return refusal(receipt.status, self._sentence(receipt))

    def _sentence(self, receipt: Receipt) -> str:
        if not receipt.reason:
            return ""
        return words_of(self.clinic.settings.language).text(f"intake.{receipt.reason}")


def refusal(status: int, sentence: str) -> Response:
    """An answer that stores nothing and says why."""
    return _json(Refusal(sentence), status)


async def refuse_large(_request: Request, trouble: Exception) -> Response:
    """413, for whatever sent too much."""
    return refusal(413, str(trouble))


async def refuse_shape(_request: Request, trouble: Exception) -> Response:
    """400, for JSON of another shape."""
    return refusal(400, str(trouble))


async def refuse_as_said(_request: Request, trouble: Exception) -> Response:
    """The status that the refusal itself names."""
    status = trouble.status if isinstance(trouble, EnrolmentError | NotBelievedError) else 400
    return refusal(status, str(trouble))


async def refuse_half(_request: Request, _trouble: Exception) -> Response:
    """400 to whoever hung up before all of it came; nobody hears it, and nothing was stored."""
    return refusal(400, "This came only in part; nothing was stored.")


TROUBLES: dict[int | type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    ClientDisconnect: refuse_half,
    TooLargeError: refuse_large,
    WireError: refuse_shape,
    EnrolmentError: refuse_as_said,
    NotBelievedError: refuse_as_said,
}


class OnlyForStations:
    """Refuses with 403 every request that carries a signature and is none a station may make."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at method, path and header names only."""
        signed = scope["type"] == "http" and any(name == b"signature-input" for name, _ in scope["headers"])
        if signed and not _allowed(scope["method"], scope["path"]):
            await refusal(403, "A station may not do this.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _allowed(method: str, path: str) -> bool:
    if method == "PUT":
        return path.startswith(f"{ENVELOPES}/")
    return (method, path) in {("POST", ENVELOPES), ("GET", SETTINGS), ("POST", SLIP)}


def _target(request: Request) -> str:
    query = request.scope["query_string"].decode("ascii", "replace")
    raw: bytes = request.scope["raw_path"]
    return raw.decode("ascii", "replace") + (f"?{query}" if query else "")


async def _body(request: Request, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise TooLargeError("This is larger than the clinic takes; nothing was stored.")
        parts.append(part)
    return b"".join(parts)


def _json(message: Struct, status: int) -> Response:
    return Response(encode(message), status, media_type=JSON_TYPE)
