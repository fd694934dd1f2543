"""What no request may hold, whoever sends it: the letter NUL in an address, and a body that never ends.

A database of text keeps no NUL, and a form is read into memory whole. It looks at bytes and knows no address
but those that may bring more than a form has.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clinic.errors import ClinicError
from clinic.fhir.errors import FhirRequestError
from clinic.fhir.fhir_side import outcome
from clinic.fhir.naming import PREFIX

LARGEST = 256 * 1024
"""Bytes of a form, and of anything else that no address says more of."""


class EndlessBodyError(ClinicError):
    """A body beyond its limit; the rest of it is not read."""


class Guarded:
    """Refuses both; ``may_bring_more`` are beginnings of addresses that judge their bodies themselves."""

    def __init__(self, app: ASGIApp, may_bring_more: Iterable[str] = ()) -> None:
        self._app = app
        self._larger = tuple(may_bring_more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the address, then count what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            await refusal(scope["path"], 400, "No address here has that letter (NUL).")(scope, receive, send)
            return
        limited = receive if scope["path"].startswith(self._larger) else _counted(receive)
        await self._app(scope, limited, send)


def refusal(path: str, status: int, sentence: str) -> Response:
    """A resource of FHIR under its addresses, JSON to other programs, else a plain sentence."""
    if path.startswith(PREFIX):
        return outcome(FhirRequestError(status, "invalid", sentence))
    if path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status)
    return PlainTextResponse(sentence, status)


async def refuse_endless(request: Request, trouble: Exception) -> Response:
    """413, for a body without an end."""
    return refusal(request.url.path, 413, str(trouble))


async def refuse_letters(request: Request, trouble: Exception) -> Response:
    """422, for a text that no database keeps."""
    return refusal(request.url.path, 422, str(trouble))


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise EndlessBodyError("This is larger than any form here; nothing was read.")
        return message

    return counted
