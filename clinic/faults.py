"""What is said when the server itself fails: a database that is away, or a fault of this software.

Whoever asked hears it in her own way: staff a page with what to do, a program JSON, FHIR an OperationOutcome.
What went wrong stands in the log of the system and in no answer.
"""

import logging

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from clinic.door import Door
from clinic.fhir.errors import FhirRequestError, busy
from clinic.fhir.fhir_side import outcome
from clinic.fhir.naming import PREFIX
from clinic.station_side import refusal
from health.wire import ENROLMENTS, ENVELOPES, SETTINGS, SLIP

_OF_STATIONS = (ENVELOPES, ENROLMENTS, SETTINGS, SLIP)
_RETRY_AFTER_S = 5
_AWAY = "The database cannot be used just now; ask again in a moment."
_BROKEN = "Something went wrong here that should not; the server's log says what."
_LOG = logging.getLogger(__name__)


class Faults(msgspec.Struct, frozen=True):
    """Answers in place of handlers that failed."""

    door: Door

    async def away(self, request: Request, trouble: Exception) -> Response:
        """503: the database does not answer, is locked for too long, or its disk is full."""
        _LOG.error("The database cannot be used: %s", type(trouble.__cause__ or trouble).__name__)
        answer = self._said(request, 503, _AWAY, "clinic.trouble.away")
        answer.headers["Retry-After"] = str(_RETRY_AFTER_S)
        return answer

    async def broken(self, request: Request, _trouble: Exception) -> Response:
        """500: nobody thought of this; the server writes it into the log."""
        return self._said(request, 500, _BROKEN, "clinic.trouble.broken")

    def _said(self, request: Request, status: int, sentence: str, key: str) -> Response:
        path = request.url.path
        if path.startswith(PREFIX):
            return outcome(busy() if status == 503 else FhirRequestError(status, "exception", sentence))
        if path.startswith(_OF_STATIONS):
            return refusal(status, sentence)
        if path.startswith("/api/"):
            return JSONResponse({"error": sentence}, status)
        if "text/html" in request.headers.get("accept", ""):
            return self.door.visitor(request, None).trouble(key, status)
        return PlainTextResponse(sentence, status)
