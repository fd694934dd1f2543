"""The server as one ASGI application: what a station may ask, what staff may see, and the telephone page."""

from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from clinic.clinic import Clinic
from clinic.door import Door, NotTextError
from clinic.faults import Faults
from clinic.fhir.fhir_side import FhirSide
from clinic.fhir.naming import PREFIX
from clinic.guarded import EndlessBodyError, Guarded, refuse_endless, refuse_letters
from clinic.intake import filing
from clinic.pages.paper import HEADERS
from clinic.pages.phone import phone_page
from clinic.staff_side import StaffSide
from clinic.station_side import TROUBLES, OnlyForStations, StationSide
from clinic.store.errors import NotKeptError, StoreAwayError
from health.wire import ENVELOPES

_PAGES = Path(__file__).parent / "pages"
_SCRIPTS = ("keys.js", "board.js")
_LARGER = (ENVELOPES, PREFIX, "/roster")
"""What these take is limited where it is read."""


def build(clinic: Clinic) -> Starlette:
    """The application of one clinic."""
    open_to_all = [
        Route("/style.css", get_style, methods=["GET"]),
        *(Route(f"/{name}", get_script, methods=["GET"]) for name in _SCRIPTS),
        Route("/phone", get_phone, methods=["GET"]),
        Route("/favicon.ico", get_no_icon, methods=["GET"]),
    ]
    door = Door(clinic)
    fhir, faults = FhirSide(clinic, door).routes(), Faults(door)
    return Starlette(
        routes=[
            *StationSide(clinic, filing(clinic)).routes(),
            *StaffSide(clinic).routes(),
            *fhir,
            *open_to_all,
        ],
        middleware=[Middleware(Guarded, may_bring_more=_LARGER), Middleware(OnlyForStations)],
        exception_handlers={
            **TROUBLES,
            EndlessBodyError: refuse_endless,
            NotKeptError: refuse_letters,
            NotTextError: refuse_letters,
            StoreAwayError: faults.away,
            Exception: faults.broken,
            404: lost,
            405: lost,
        },
    )


async def get_style(_request: Request) -> Response:
    """The one style sheet."""
    return Response(_file("style.css"), media_type="text/css", headers={"Cache-Control": "max-age=300"})


async def get_script(request: Request) -> Response:
    """One of the few scripts; its address is one of those named above."""
    text = _file(request.url.path.lstrip("/"))
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "max-age=300"})


async def get_phone(_request: Request) -> Response:
    """The page a printed code leads to. What it shows is in the address's fragment, which is never sent."""
    text, policy = phone_page()
    headers = dict(HEADERS) | {"Content-Security-Policy": policy, "Cache-Control": "max-age=3600"}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


async def get_no_icon(_request: Request) -> Response:
    """Browsers ask for one."""
    return Response(status_code=204)


async def lost(request: Request, _trouble: Exception) -> Response:
    """There is nothing at this address, or not by this verb."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/worklist", 303)
    return PlainTextResponse("There is nothing here.", 404)


@cache
def _file(name: str) -> bytes:
    return (_PAGES / name).read_bytes()
