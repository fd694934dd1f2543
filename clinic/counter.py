"""What the page of one visit shows, and what a program hears of it."""

from starlette.responses import Response

from clinic.answer import answer_of
from clinic.pages.corrected import corrections_of
from clinic.pages.drawing import level_mark
from clinic.pages.sheet import sheet_of
from clinic.store.amendments import amendments_of
from clinic.store.visits import KeptVisit, visit_of
from clinic.truetime import record_of
from clinic.visitor import Visitor
from health.amendment import read as read_amendment
from health.assessment import Level
from health.wire import JSON_TYPE, encode


def show_visit(visitor: Visitor) -> Response:
    """One visit, whole."""
    kept = _asked(visitor)
    if kept is None:
        return visitor.trouble("clinic.trouble.no_visit", 404)
    visitor.note("visit seen", kept.id)
    saying, now = visitor.saying, visitor.clinic.now()
    with visitor.clinic.store.reading() as connection:
        amended = amendments_of(connection, kept.tenant, kept.id)
    sheet = sheet_of(kept, record_of(kept), saying, now)
    values = {"sheet": sheet, "heading": sheet.sentence, "corrections": corrections_of(amended, saying, now)}
    return visitor.page("visit.html", "visits", values)


def visit_json(visitor: Visitor) -> Response:
    """One visit, for a program."""
    kept = _asked(visitor)
    if kept is None:
        return Response(b'{"error":"There is no such visit."}', 404, media_type=JSON_TYPE)
    visitor.note("visit seen", kept.id)
    with visitor.clinic.store.reading() as connection:
        amended = amendments_of(connection, kept.tenant, kept.id)
    held = [read_amendment(one.content) for one in amended if one.version is not None]
    answer = answer_of(kept, record_of(kept), held, visitor.saying.words)
    return Response(encode(answer), media_type=JSON_TYPE, headers={"Cache-Control": "no-store"})


def mark_of_trouble() -> str:
    """The mark beside a sentence that asks to try again."""
    return level_mark(Level.DOCTOR, None)


def _asked(visitor: Visitor) -> KeptVisit | None:
    named = str(visitor.request.path_params["id"])
    with visitor.clinic.store.reading() as connection:
        return visit_of(connection, visitor.clinic.settings.tenant, named)
