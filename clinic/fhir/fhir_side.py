"""The addresses under ``/fhir``: who may ask, what comes back, and a line in the trail for each question.

Every answer, an error too, is a FHIR resource; no answer is kept by anything on the way.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clinic.clinic import Clinic
from clinic.door import Door, Endpoint
from clinic.fhir.asking import EVERYTHING, PARAMETERS, Asked, judge_parameters, subjects_of
from clinic.fhir.capability import statement
from clinic.fhir.errors import FhirRequestError, busy, number_in_address, unknown
from clinic.fhir.everything import everything
from clinic.fhir.filing import file_transaction
from clinic.fhir.naming import PREFIX, base_of
from clinic.fhir.of_visits import Page
from clinic.fhir.reading import resource
from clinic.fhir.receiving import LARGEST
from clinic.fhir.searching import ignored_includes, search
from clinic.fhir.shapes import Found, Issue, Link, OperationOutcome, Search, SearchSet, encode
from clinic.roles import Right, may
from clinic.store.errors import StoreBusyError
from clinic.store.residents import resident_by_id
from clinic.visitor import Visitor
from health.fhir.parts import Meta

TYPE = "application/fhir+json"
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LARGEST_FORM = 16 * 1024
Said = Callable[[Visitor, Asked], Response]


class FhirSide(msgspec.Struct, frozen=True):
    """The handlers, with the clinic they work for."""

    clinic: Clinic
    door: Door

    def routes(self) -> list[Route]:
        """Every address of FHIR. The last takes what no other does, so that the answer is FHIR too."""
        return [
            Route(f"{PREFIX}/metadata", self.get_metadata, methods=["GET"]),
            Route(PREFIX, self.post_transaction, methods=["POST"]),
            Route(f"{PREFIX}/{{kind}}", self._asked(_search), methods=["GET"]),
            Route(f"{PREFIX}/{{kind}}/_search", self._asked(_search), methods=["POST"]),
            Route(f"{PREFIX}/{{kind}}/{{id}}", self._asked(_read), methods=["GET"]),
            Route(f"{PREFIX}/Patient/{{id}}/$everything", self._asked(_everything), methods=["GET"]),
            Route(PREFIX + "{rest:path}", self._asked(_nothing), methods=_VERBS),
        ]

    async def get_metadata(self, _request: Request) -> Response:
        """What the server can do. It says so to everybody, as the standard wants, and nothing of anyone."""
        now = self.clinic.now().isoformat()
        return Response(statement(base_of(self.clinic), now), media_type=TYPE, headers=_HEADERS)

    async def post_transaction(self, request: Request) -> Response:
        """A program sends in a visit, with a token of an account that may."""
        session = await self.door.bearer(request)
        if session is None:
            return outcome(FhirRequestError(401, "login", "Log in first."))
        if not may(session.role, Right.SEND):
            return outcome(FhirRequestError(403, "forbidden", "This account may not send."))
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            return outcome(FhirRequestError(413, "too-long", "A transaction may have 256 kB."))
        try:
            body = await request.body()
            said = await run_in_threadpool(file_transaction, self.clinic, body, session.staff)
        except FhirRequestError as trouble:
            return outcome(trouble)
        return Response(said, media_type=TYPE, headers=_HEADERS)

    def _asked(self, say: Said) -> Endpoint:
        async def answer(request: Request) -> Response:
            body = request.method == "POST"
            bearer = await self.door.bearer(request)
            # A browser's session reads only: a form of another site could send it along.
            session = bearer if body else bearer or await self.door.session(request)
            if session is None:
                return outcome(FhirRequestError(401, "login", "Log in first."))
            if not may(session.role, Right.HAND_OUT):
                return outcome(FhirRequestError(403, "forbidden", "This account may not read."))
            try:
                asked = await _question(self.clinic, request, body=body)
                return await run_in_threadpool(say, self.door.visitor(request, session), asked)
            except FhirRequestError as trouble:
                return outcome(trouble)

        return answer


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


_MORE = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "2"}}


def outcome(trouble: FhirRequestError) -> Response:
    """What went wrong, as FHIR says it."""
    issues = tuple(
        Issue(severity="error", code=trouble.code, diagnostics=sentence, expression=(where,) if where else ())
        for where, sentence in trouble.places or (("", str(trouble)),)
    )
    headers = dict(_HEADERS) | _MORE.get(trouble.status, {})
    body = encode(OperationOutcome(issue=issues))
    return Response(body, trouble.status, media_type=TYPE, headers=headers)


async def _question(clinic: Clinic, request: Request, *, body: bool) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if _IDENTITY_NUMBER.search(value):
            raise number_in_address()
        values.setdefault(name, []).append(value)
    if body and request.url.path.endswith("/_search"):
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _LARGEST_FORM:
            raise FhirRequestError(413, "too-long", "A search may have 16 kB.")
        form = await request.form(max_files=0, max_fields=20)
        for name, told in form.multi_items():
            if isinstance(told, str):
                values.setdefault(name, []).append(told)
    kind = request.path_params.get("kind", "Patient")
    said = {name: tuple(many) for name, many in values.items()}
    strict = "handling=strict" in request.headers.get("prefer", "").replace(" ", "")
    return Asked(kind, said, clinic.settings.zone, clinic.now(), secret=body, strict=strict)


def _read(visitor: Visitor, asked: Asked) -> Response:
    id_ = str(visitor.request.path_params["id"])
    with visitor.clinic.store.reading() as connection:
        found = resource(visitor.clinic, connection, asked.kind, id_)
    visitor.note(f"fhir read {asked.kind}"[:40], id_[:64])  # found, so it is an id of this clinic
    return Response(encode(found), media_type=TYPE, headers=_HEADERS)


def _search(visitor: Visitor, asked: Asked) -> Response:
    ignored = (*judge_parameters(asked), *ignored_includes(asked))
    as_of = _as_of(visitor, asked)
    with visitor.clinic.store.reading() as connection:
        page = search(visitor.clinic, connection, asked)
    whom = subjects_of(asked) if asked.kind in PARAMETERS else None
    visitor.note(f"fhir search {asked.kind}"[:40], _own(whom[0] if whom else ""))
    return _set(visitor, asked, page, as_of, ignored)


def _as_of(visitor: Visitor, asked: Asked) -> str | None:
    """Until when an answer that begins here holds every change; whoever asks again asks from then on."""
    if "_after" in asked.values:
        return None
    try:
        visitor.clinic.store.wait_for_writing()
    except StoreBusyError:
        raise busy() from None
    return visitor.clinic.now().isoformat()


def _own(named: str) -> str:
    """What may stand in the trail: an id as this clinic gives them, and nothing else that somebody wrote."""
    return named if _ID.fullmatch(named) else ""


def _everything(visitor: Visitor, asked: Asked) -> Response:
    id_ = str(visitor.request.path_params["id"])
    ignored, as_of = judge_parameters(asked, EVERYTHING), _as_of(visitor, asked)
    with visitor.clinic.store.reading() as connection:
        known = resident_by_id(connection, visitor.clinic.settings.tenant, id_)
        if known is None:
            raise unknown("Patient")
        page = everything(visitor.clinic, connection, known, asked)
    visitor.note("fhir everything", id_[:64])
    return _set(visitor, asked, page, as_of, ignored)


def _nothing(visitor: Visitor, asked: Asked) -> Response:
    raise unknown("address")


def _set(visitor: Visitor, asked: Asked, page: Page, as_of: str | None, ignored: tuple[str, ...]) -> Response:
    own = visitor.clinic.settings.public_url
    base = base_of(visitor.clinic) if own else str(visitor.request.base_url).rstrip("/") + PREFIX
    here = base + visitor.request.url.path.removeprefix(PREFIX)
    used = {name: many for name, many in asked.values.items() if name not in ignored}
    links = [Link(relation="self", url=_address(here, used, asked.secret))]
    if page.after is not None:
        onward = {**used, "_after": (page.after,)}
        links.append(Link(relation="next", url=_address(here, onward, asked.secret)))
    entries = [
        Found(full_url=f"{base}/{type(one).__name__}/{one.id}", resource=one, search=Search(mode=mode))
        for mode, many in (("match", page.resources), ("include", page.included))
        for one in many
    ]
    if ignored:
        said = f"Not known here, and so ignored: {', '.join(ignored)}."
        warning = OperationOutcome(issue=(Issue(severity="warning", code="not-supported", diagnostics=said),))
        entries.append(Found(resource=warning, search=Search(mode="outcome")))
    meta = Meta() if as_of is None else Meta(last_updated=as_of.replace("+00:00", "Z"))
    found = SearchSet(meta=meta, type="searchset", total=page.total, link=tuple(links), entry=tuple(entries))
    return Response(encode(found), media_type=TYPE, headers=_HEADERS)


def _address(here: str, values: Mapping[str, tuple[str, ...]], secret: bool) -> str:  # noqa: FBT001
    """The address of a page. What came in a body stays out of it."""
    said = [
        (name, value) for name, many in values.items() for value in many if not secret or name.startswith("_")
    ]
    return f"{here}?{urlencode(said)}" if said else here
