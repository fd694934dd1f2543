"""Turns a template and its values into an answer to a browser, with the headers that every page carries.

Everything put into a page is escaped, except SVG made by our own painters. No page loads anything from
another host, runs a script or may be framed.
"""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from clinic.pages.saying import Saying

FOLDER = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# With no-referrer a browser says of every form that it comes from nowhere, and the door would refuse it.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SCRIPTED: Mapping[str, str] = {"Content-Security-Policy": f"{POLICY}; script-src 'self'; connect-src 'self'"}
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(name: str, saying: Saying, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """The page ``name`` (a template of this folder). ``t`` in it says a key, ``values`` are its names.

    A page whose values hold a ``script`` (a file of this folder) may run that one and ask this host.
    """
    text = _TEMPLATES.get_template(name).render(
        t=saying.text, language=saying.words.language.replace("_", "-"), **values
    )
    more = SCRIPTED if values.get("script") else {}
    return HTMLResponse(text, status, headers={**HEADERS, **more})
