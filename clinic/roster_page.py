"""The roster in a browser: a file is chosen, what it would change is shown, and one press takes it.

Reading and taking is the same code as the command's (``roster``). Of a line that is left out the page says
its number and the reason, nothing that stands in it.
"""

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic import waiting_roster
from clinic.door import text_of
from clinic.matching import keyed
from clinic.pages.saying import Saying
from clinic.roster import BadLine, ManyGoneError, Roster, RosterError, read_roster
from clinic.roster_cells import plain
from clinic.visitor import Visitor

_MOST_BAD = 200


def show(visitor: Visitor) -> Response:
    """Where the file is chosen."""
    done = visitor.request.query_params.get("done", "")
    return _page(visitor, done=visitor.saying.text("roster.taken", count=done) if done.isdecimal() else "")


def read(visitor: Visitor, content: bytes) -> Response:
    """What the file would change. Nothing is kept on the roster yet."""
    clinic, saying = visitor.clinic, visitor.saying
    if not content:
        return _page(visitor, trouble=saying.text("roster.refused.none"), status=400)
    try:
        roster = read_roster(
            content, clinic.settings.tenant, lambda number: keyed(clinic, number), clinic.now()
        )
    except RosterError as wrong:
        return _page(visitor, trouble=saying.text(f"roster.refused.{wrong.reason}"), status=400)
    shown = waiting_roster.show(clinic, roster, visitor.staff)
    visitor.note("roster read", f"{len(roster.residents)} lines")
    return visitor.page("roster_shown.html", "roster", _shown(roster, shown, saying))


def take(visitor: Visitor, form: FormData) -> Response:
    """Keep what was shown, or leave it."""
    if text_of(form, "decision") != "take":
        waiting_roster.leave(visitor.clinic, visitor.staff)
        return RedirectResponse("/roster", 303)
    whole, key, typed = text_of(form, "whole") == "1", text_of(form, "key"), plain(text_of(form, "sure"))
    sure = int(typed) if typed.isdecimal() and len(typed) < 9 else None
    try:
        taken = waiting_roster.take(visitor.clinic, key, visitor.staff, whole=whole, sure=sure)
    except ManyGoneError:
        return _again(visitor, key)
    if taken is None:
        return _gone(visitor)
    return RedirectResponse(f"/roster?done={taken.new + taken.changed + taken.same}", 303)


def _again(visitor: Visitor, key: str) -> Response:
    """What was shown once more, with what has to be typed."""
    waits = waiting_roster.look_again(visitor.clinic, key, visitor.staff)
    if waits is None:
        return _gone(visitor)
    trouble = visitor.saying.text("roster.refused.many_gone", count=str(waits[1].preview.gone))
    values = _shown(*waits, visitor.saying) | {"trouble": trouble, "whole": True}
    return visitor.page("roster_shown.html", "roster", values, 409)


def _gone(visitor: Visitor) -> Response:
    return _page(visitor, trouble=visitor.saying.text("roster.refused.gone"), status=409)


def refuse(visitor: Visitor) -> Response:
    """What was sent is no file that can be read."""
    return _page(visitor, trouble=visitor.saying.text("roster.refused.too_large"), status=413)


def _page(visitor: Visitor, *, done: str = "", trouble: str = "", status: int = 200) -> Response:
    values: dict[str, object] = {
        "heading": visitor.saying.text("roster.heading"),
        "done": done,
        "trouble": trouble,
    }
    return visitor.page("roster.html", "roster", values, status)


def _shown(roster: Roster, shown: waiting_roster.Shown, saying: Saying) -> dict[str, object]:
    counts = shown.preview
    return {
        "heading": saying.text("roster.shown", count=str(len(roster.residents))),
        "counts": (
            (saying.text("roster.new"), counts.new),
            (saying.text("roster.changed"), counts.changed),
            (saying.text("roster.same"), counts.same),
            (saying.text("roster.bad"), len(roster.bad)),
        ),
        "gone": counts.gone,
        "doubtful": counts.doubtful,
        "trouble": "",
        "whole": False,
        "bad": tuple(_bad(one, saying) for one in roster.bad[:_MOST_BAD]),
        "more": max(0, len(roster.bad) - _MOST_BAD),
        "key": shown.key,
        "empty": not roster.residents,
    }


def _bad(one: BadLine, saying: Saying) -> tuple[int, str]:
    return one.line, saying.text(f"roster.fault.{one.fault.value}")
