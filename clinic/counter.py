"""What each page of the staff shows and each of its buttons does, once somebody is known to be allowed to."""

from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic import enrolment, slips
from clinic.answer import answer_of
from clinic.pages.corrected import corrections_of
from clinic.pages.drawing import level_mark
from clinic.pages.listing import Line, line_of
from clinic.pages.saying import Saying, moment_of
from clinic.pages.sheet import sheet_of
from clinic.store.amendments import amendments_of
from clinic.store.envelopes import waiting_for_staff
from clinic.store.stations import StationState, all_stations
from clinic.store.visits import KeptVisit, VisitStatus, latest_visits, visit_of
from clinic.strays import strays
from clinic.visitor import Visitor
from health.amendment import read as read_amendment
from health.assessment import Level
from health.record import read
from health.wire import JSON_TYPE, encode


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one urgency."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A station that waits to be compared."""

    id: str
    code: str
    name: str
    station: str
    when: str
    software: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station in the list."""

    id: str
    name: str
    state: str
    approved: bool
    mark: str
    last_seen: str
    since: str
    slips: str = ""
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was stored but not opened or not valid."""

    id: str
    station: str
    reason: str
    when: str


def show_visits(visitor: Visitor) -> Response:
    """The newest visits: those to be called today on top."""
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    with clinic.store.reading() as connection:
        kept = latest_visits(connection, clinic.settings.tenant)
        waiting = len(waiting_for_staff(connection, clinic.settings.tenant))
    lines = tuple(line_of(one, saying, now) for one in kept)
    today = [one for one in kept if _is_today(one, saying, now)]
    values: dict[str, object] = {
        "heading": _true_sentence(saying, kept),
        "top_mark": _top_mark(kept),
        "figures": saying.text(
            "clinic.visits.figures",
            visits=str(len(today)),
            drafts=str(sum(one.status is VisitStatus.INCOMPLETE for one in today)),
            waiting=str(waiting),
        ),
        "groups": _grouped(saying, lines),
        "foot": saying.text("clinic.visits.foot", time=saying.day(now), shown=str(len(lines))),
    }
    return visitor.page("visits.html", "visits", values)


def show_visit(visitor: Visitor) -> Response:
    """One visit, whole."""
    kept = _asked(visitor)
    if kept is None:
        return visitor.trouble("clinic.trouble.no_visit", 404)
    visitor.note("visit seen", kept.id)
    saying, now = visitor.saying, visitor.clinic.now()
    with visitor.clinic.store.reading() as connection:
        amended = amendments_of(connection, kept.tenant, kept.id)
    sheet = sheet_of(kept, read(kept.record), saying, now)
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
    answer = answer_of(kept, read(kept.record), held, visitor.saying.words)
    return Response(encode(answer), media_type=JSON_TYPE, headers={"Cache-Control": "no-store"})


def show_stations(visitor: Visitor) -> Response:
    """Stations that ask, with the code to compare, and those that belong."""
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    stations = all_stations(clinic.store, clinic.settings.tenant)
    with clinic.store.reading() as connection:
        told = {one.id: slips.asked_today(clinic, connection, one.id) for one in stations}
    known = {one.id for one in stations}
    asking = tuple(
        Asking(
            one.id,
            code,
            one.name,
            one.station,
            saying.moment(moment_of(one.requested_at), now),
            one.software,
            one.station in known,
        )
        for code, one in enrolment.waiting(clinic)
    )
    lines = tuple(
        StationLine(
            id=one.id,
            name=one.name,
            state=saying.text(f"clinic.station.{one.state.value}"),
            approved=one.state is StationState.APPROVED,
            mark=level_mark(Level.NORMAL, None) if one.state is StationState.APPROVED else "",
            last_seen=saying.moment(moment_of(one.last_seen), now)
            if one.last_seen
            else saying.text("clinic.never"),
            since=saying.moment(moment_of(one.approved_at), now),
            slips=_slips_said(saying, told[one.id]),
            alarming=told[one.id].alarming,
        )
        for one in stations
    )
    active = sum(line.approved for line in lines)
    key = "asking" if asking else "some" if active else "none"
    values: dict[str, object] = {
        "heading": saying.text(f"clinic.stations.{key}", asking=str(len(asking)), active=str(active)),
        "figures": saying.text(
            "clinic.stations.figures", active=str(active), revoked=str(len(lines) - active)
        ),
        "asking": asking,
        "lines": lines,
        "top_mark": level_mark(Level.NOTICE, None) if asking or any(one.alarming for one in lines) else "",
        "alarm_mark": level_mark(Level.NOTICE, None),
    }
    return visitor.page("stations.html", "stations", values)


def _slips_said(saying: Saying, asked: slips.Asked) -> str:
    """What a station asked about earlier visits today; empty where it asked nothing."""
    if not (asked.found or asked.missed or asked.refused):
        return ""
    key = "clinic.stations.slips.many" if asked.alarming else "clinic.stations.slips"
    return saying.text(key, found=str(asked.found), missed=str(asked.missed))


def decide_station(visitor: Visitor, form: FormData) -> Response:
    """The codes are equal, or they are not."""
    which = str(form.get("enrolment", ""))
    decide = enrolment.approve if form.get("decision") == "approve" else enrolment.refuse
    if not decide(visitor.clinic, which, visitor.staff):
        return visitor.trouble("clinic.trouble.decided", 409)
    return RedirectResponse("/stations", 303)


def revoke_station(visitor: Visitor, form: FormData) -> Response:
    """A station may not send any more."""
    if not enrolment.revoke(visitor.clinic, str(form.get("station", "")), visitor.staff):
        return visitor.trouble("clinic.trouble.no_station", 404)
    return RedirectResponse("/stations", 303)


def show_quarantine(visitor: Visitor) -> Response:
    """What was stored but could not be opened or believed."""
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    with clinic.store.reading() as connection:
        waiting = waiting_for_staff(connection, clinic.settings.tenant)
    lines = tuple(
        Trouble(
            one.id,
            one.station,
            saying.text(f"intake.{one.reason}"),
            saying.moment(moment_of(one.received_at), now),
        )
        for one in waiting
    )
    values: dict[str, object] = {
        "heading": saying.text(f"clinic.quarantine.{'some' if lines else 'none'}", count=str(len(lines))),
        "lines": lines,
        "strays": strays(clinic, saying, now),
        "top_mark": level_mark(Level.DOCTOR if lines else Level.NORMAL, None),
    }
    return visitor.page("quarantine.html", "quarantine", values)


def mark_of_trouble() -> str:
    """The mark beside a sentence that asks to try again."""
    return level_mark(Level.DOCTOR, None)


def _asked(visitor: Visitor) -> KeptVisit | None:
    named = str(visitor.request.path_params["id"])
    with visitor.clinic.store.reading() as connection:
        return visit_of(connection, visitor.clinic.settings.tenant, named)


def _is_today(one: KeptVisit, saying: Saying, now: datetime) -> bool:
    return moment_of(one.measured_at).astimezone(saying.zone).date() == now.astimezone(saying.zone).date()


def _true_sentence(saying: Saying, kept: tuple[KeptVisit, ...]) -> str:
    if not kept:
        return saying.text("clinic.visits.empty")
    for level in (Level.NOW, Level.DOCTOR):
        count = sum(one.level == level for one in kept if one.status is not VisitStatus.ENTERED_IN_ERROR)
        if count:
            return saying.text(f"clinic.visits.level{int(level)}", count=str(count))
    return saying.text("clinic.visits.calm")


def _top_mark(kept: tuple[KeptVisit, ...]) -> str:
    true = [one.level for one in kept if one.status is not VisitStatus.ENTERED_IN_ERROR]
    worst = max(true, default=0)
    return level_mark(Level(worst if worst >= Level.DOCTOR else 0), None) if kept else ""


def _grouped(saying: Saying, lines: tuple[Line, ...]) -> tuple[Group, ...]:
    by_level = sorted(lines, key=lambda line: -line.level)
    found = (
        Group(saying.text("clinic.group.now"), tuple(x for x in by_level if x.level == Level.NOW)),
        Group(saying.text("clinic.group.doctor"), tuple(x for x in by_level if x.level == Level.DOCTOR)),
        Group(saying.text("clinic.group.rest"), tuple(x for x in by_level if x.level < Level.DOCTOR)),
    )
    return tuple(group for group in found if group.lines)
