"""The list of visits as lines, ready to be shown. It judges nothing: levels come with the records."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from clinic.pages.drawing import level_mark, list_road, nothing_mark
from clinic.pages.saying import Saying, moment_of
from clinic.store.visits import KeptVisit, VisitStatus
from clinic.truetime import record_of
from devices.reading import Confidential, Quantity
from health.assessment import Assessment, Level
from health.quantity import printed_value
from health.record import Record
from health.visit import Visit
from printouts.rows import Row, rows

_PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


class Line(Confidential, msgspec.Struct, frozen=True):
    """One visit in the list. ``mark`` and ``road`` are SVG made here, everything else is plain text."""

    id: str
    level: int
    mark: str
    word: str
    who: str
    about: str
    value: str
    unit: str
    road: str
    why: str
    when: str
    station: str
    notes: tuple[str, ...]


def line_of(kept: KeptVisit, saying: Saying, now: datetime) -> Line:
    """One visit as a line: its most serious value, drawn, and the sentence of that finding."""
    line = _line(kept, saying, now)
    if kept.status is not VisitStatus.ENTERED_IN_ERROR:
        return line
    word = saying.text(f"clinic.status.{kept.status.value}")
    return replace(line, level=-1, mark=nothing_mark(), word=word, value="", unit="", road="", why="")


def _line(kept: KeptVisit, saying: Saying, now: datetime) -> Line:
    record = record_of(kept)
    visit, assessment = record.visit, record.assessment
    first = _most_serious(visit, assessment, record)
    finding = None if first is None else first.finding
    level = assessment.level
    nothing = level is Level.NORMAL and not visit.observations
    return Line(
        id=kept.id,
        level=-1 if nothing else int(level),
        mark=nothing_mark() if nothing else level_mark(level, None if finding is None else finding.direction),
        word="" if nothing else saying.text(f"clinic.level.{int(level)}"),
        who=saying.who(visit.resident),
        about=saying.about(visit.resident, visit.on),
        value="" if first is None else number_of(first, visit, saying),
        unit="" if first is None else saying.unit(first.observation),
        road="" if first is None else road_of(first),
        why=why_of(first, saying),
        when=saying.moment(moment_of(kept.measured_at), now),
        station=record.station.name or kept.station,
        notes=_notes(kept, saying),
    )


def _most_serious(visit: Visit, assessment: Assessment, record: Record) -> Row | None:
    shown = rows(visit, assessment, record.history)
    judged = [row for row in shown if row.level is not None]
    return max(judged or shown, key=lambda row: -1 if row.level is None else int(row.level), default=None)


def number_of(row: Row, visit: Visit, saying: Saying) -> str:
    """The number; the two pressures together, because one alone is never read."""
    if row.quantity in _PRESSURE:
        both = [o for q in _PRESSURE if (o := visit.value_of(q)) is not None]
        return "/".join(saying.value(o) for o in both)
    return saying.value(row.observation)


def road_of(row: Row) -> str:
    """The road of a value as SVG; empty where there is none."""
    if row.ruler is None or row.finding is None or not row.finding.zones:
        return ""
    return list_road(row.ruler, row.finding.zones, printed_value(row.observation), row.observation.comparator)


def why_of(row: Row | None, saying: Saying) -> str:
    """What a value is called, and the word of its finding."""
    if row is None:
        return saying.text("clinic.nothing_measured")
    if row.finding is None:
        return saying.quantity(row.quantity)
    if row.finding.level is Level.NORMAL:
        return saying.text("clinic.all_normal")
    return saying.text("clinic.why", name=saying.quantity(row.quantity), word=saying.text(row.finding.word))


def _notes(kept: KeptVisit, saying: Saying) -> tuple[str, ...]:
    found = []
    if kept.status is not VisitStatus.COMPLETE:
        found.append(saying.text(f"clinic.status.{kept.status.value}"))
    if kept.version > 1:
        found.append(saying.text("clinic.version", number=str(kept.version)))
    return tuple(found)
