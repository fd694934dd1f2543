"""The visits, newest first, a page at a time: of one day or one station, if that is asked.

It shows people, so it leaves a line in the trail; a person's name is never in its address.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from msgspec.structs import replace
from starlette.responses import Response

from clinic.pages.drawing import level_mark
from clinic.pages.listing import Line, line_of
from clinic.pages.paging import FIRST, Place, address_of, leaf_of, paged, place_of
from clinic.pages.saying import Saying
from clinic.store.stations import stations_in
from clinic.store.visits import Between, KeptVisit, VisitStatus, counts_by_status, latest_visits
from clinic.store.waiting import counts
from clinic.visitor import Visitor
from health.assessment import Level

_SHOWN = 100


class Group(msgspec.Struct, frozen=True):
    """Lines of one urgency."""

    title: str
    lines: tuple[Line, ...]


class Filter(msgspec.Struct, frozen=True):
    """Which visits are wanted, as the address says it: of one civil day, of one station, or all."""

    day: date | None
    station: str
    place: Place = FIRST
    street: str = ""

    def address(self) -> str:
        """The address of the list of these."""
        day = "" if self.day is None else self.day.isoformat()
        return address_of("/visits", day=day, street=self.street, station=self.station, **self.place.words())


def show(visitor: Visitor) -> Response:
    """The newest visits: those to be called today on top."""
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    today = now.astimezone(saying.zone).date()
    tenant, wanted = clinic.settings.tenant, _filter(visitor.request.query_params)
    within = replace(_day(wanted.day, saying), station=wanted.station, street=wanted.street)
    with clinic.store.reading() as connection:
        found = latest_visits(connection, tenant, _SHOWN + 1, wanted.place.beside, within)
        counted = replace(_day(wanted.day or today, saying), station=wanted.station, street=wanted.street)
        many = counts_by_status(connection, tenant, counted)
        every = stations_in(connection, tenant)
        waiting = counts(connection, tenant, wanted.street).waiting
    leaf = leaf_of(found, wanted.place, _SHOWN)
    kept = leaf.lines
    if kept:
        visitor.note("visits listed", f"{kept[-1].civil_date} {kept[0].civil_date}: {len(kept)}")
    lines = tuple(line_of(one, saying, now) for one in kept)
    values: dict[str, object] = {
        "heading": _heading(saying, wanted, kept),
        "top_mark": _top_mark(kept),
        "figures": saying.text(
            "clinic.visits.figures" if wanted.day in {None, today} else "visits.figures.day",
            visits=str(sum(many.values()) - many.get(VisitStatus.ENTERED_IN_ERROR, 0)),
            drafts=str(many.get(VisitStatus.INCOMPLETE, 0)),
            waiting=str(waiting),
        ),
        "wanted": wanted,
        "stations": [(one.id, one.name) for one in every],
        "streets": sorted({one.street for one in every if one.street}),
        "groups": _grouped(saying, lines),
        "pager": paged(
            saying,
            wanted.place.page,
            _SHOWN,
            lambda page: replace(wanted, place=leaf.beside(wanted.place, page, _lies)).address(),
            further=leaf.further,
            many=None,
        ),
        "foot": saying.text("clinic.visits.foot", time=saying.day(now), shown=str(len(lines))),
    }
    return visitor.page("visits.html", "visits", values)


def _filter(asked: Mapping[str, str]) -> Filter:
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        day = None
    return Filter(day, asked.get("station", "")[:64], place_of(asked), asked.get("street", "")[:64])


def _lies(one: KeptVisit) -> tuple[str, str]:
    return one.measured_at, one.id


def _day(day: date | None, saying: Saying) -> Between:
    """That civil day as the database writes times; all days for None."""
    if day is None:
        return Between()
    start = datetime.combine(day, time(), saying.zone)
    return Between(*(at.astimezone(UTC).isoformat() for at in (start, start + timedelta(days=1))))


def _heading(saying: Saying, wanted: Filter, kept: tuple[KeptVisit, ...]) -> str:
    if wanted == Filter(None, ""):
        return _true_sentence(saying, kept)
    day = "" if wanted.day is None else f"{wanted.day.isoformat()}　"
    return f"{day}{_true_sentence(saying, kept) if kept else saying.text('visits.none')}"


def _true_sentence(saying: Saying, kept: tuple[KeptVisit, ...]) -> str:
    if not kept:
        return saying.text("clinic.visits.empty")
    for level in (Level.NOW, Level.DOCTOR):
        people = {
            one.resident or one.id
            for one in kept
            if one.level == level and one.status is not VisitStatus.ENTERED_IN_ERROR
        }
        count = len(people)
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
