"""One visit as its page shows it: values with word, road, instrument and time; answers; what stayed silent.

It reads a record and judges nothing.
"""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from clinic.pages import for_doctor
from clinic.pages.drawing import level_mark, nothing_mark, sheet_road
from clinic.pages.saying import Saying, moment_of
from clinic.store.visits import KeptVisit, VisitStatus
from clinic.truetime import off_by
from devices.reading import Confidential, Quantity
from health.assessment import Assessment, Finding, Level
from health.quantity import printed_value
from health.record import Record, read
from health.visit import Instrument, Method, Observation, Visit
from printouts.rows import GRIP, finding_for
from printouts.ruler import ruler_of


class Value(msgspec.Struct, frozen=True):
    """One line of the table. ``mark`` and ``road`` are SVG made here; ``word`` is empty without a class."""

    name: str
    value: str
    unit: str
    level: int
    mark: str
    word: str
    road: str
    last: str
    method: str
    letter: str
    at: str


class Pair(msgspec.Struct, frozen=True):
    """A name and what stands beside it."""

    name: str
    text: str


class Tool(msgspec.Struct, frozen=True):
    """An instrument of the visit under its letter."""

    letter: str
    name: str
    detail: str


class Sheet(Confidential, msgspec.Struct, frozen=True):
    """Everything on the page of one visit."""

    id: str
    level: int
    mark: str
    word: str
    who: str
    about: str
    person: tuple[str, ...]
    sentence: str
    measured: str
    notes: tuple[str, ...]
    demo: bool
    values: tuple[Value, ...]
    missing: tuple[Pair, ...]
    derived: tuple[Pair, ...]
    told: tuple[str, ...]
    scores: tuple[Pair, ...]
    answers: tuple[Pair, ...]
    silent: tuple[Pair, ...]
    tools: tuple[Tool, ...]
    rules: tuple[str, ...]
    record: tuple[Pair, ...]
    error: bool = False


def sheet_of(kept: KeptVisit, record: Record, saying: Saying, now: datetime) -> Sheet:
    """The page of one visit. Of one that was entered in error nothing is said but that."""
    sheet = _sheet(kept, record, saying, now)
    if kept.status is not VisitStatus.ENTERED_IN_ERROR:
        return sheet
    word = saying.text(f"clinic.status.{kept.status.value}")
    return replace(
        sheet,
        level=-1,
        mark=nothing_mark(),
        word=word,
        sentence=saying.text(f"clinic.status.{kept.status.value}.long"),
        notes=(word,),
        told=(),
        scores=(),
        silent=(),
        error=True,
    )


def _sheet(kept: KeptVisit, record: Record, saying: Saying, now: datetime) -> Sheet:
    visit, assessment = record.visit, record.assessment
    letters = {tool.id: chr(ord("A") + n) for n, tool in enumerate(visit.instruments[:26])}
    station = record.station.name or kept.station
    nothing = assessment.level is Level.NORMAL and not visit.observations
    return Sheet(
        id=kept.id,
        level=-1 if nothing else int(assessment.level),
        mark=nothing_mark() if nothing else level_mark(assessment.level, None),
        word=saying.text("clinic.nothing_measured" if nothing else f"clinic.level.{int(assessment.level)}"),
        who=saying.who(visit.resident),
        about=saying.about(visit.resident, visit.on),
        person=_person(visit),
        sentence=saying.say(assessment.message),
        measured=f"{saying.moment(moment_of(kept.measured_at), now)}　{station}",
        notes=_notes(kept, record, saying),
        demo=visit.demo or record.station.demo,
        values=tuple(_value(one, record, letters, saying) for one in _in_order(visit)),
        missing=tuple(
            Pair(saying.quantity(m.quantity), saying.text(f"clinic.skip.{m.reason.value}"))
            for m in visit.missing
        ),
        derived=tuple(Pair(_named(saying, "derived", d.name), saying.derived(d)) for d in assessment.derived),
        told=_told(assessment, saying),
        scores=tuple(
            Pair(_named(saying, "score", s.model), f"{s.percent} %　{saying.say(s.phrase)}")
            for s in assessment.scores
        ),
        answers=_answers(visit, saying),
        silent=tuple(
            Pair(saying.rule(s), _named(saying, "reason", s.reason.value)) for s in assessment.not_assessed
        ),
        tools=tuple(_tool(one, letters, saying) for one in visit.instruments if one.id in letters),
        rules=tuple(sorted({_rule(f) for f in assessment.findings})),
        record=_record(kept, record, saying),
    )


def _in_order(visit: Visit) -> list[Observation]:
    places = {quantity: n for n, quantity in enumerate(Quantity)}
    return sorted(visit.observations, key=lambda one: places[one.quantity])


def _person(visit: Visit) -> tuple[str, ...]:
    person = visit.resident
    born = "" if person.birth_date is None else person.birth_date.isoformat()
    number = person.identity or ""
    masked = f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 10 else ""
    return tuple(part for part in (f"{born} {masked}".strip(), person.phone or "") if part)


def _notes(kept: KeptVisit, record: Record, saying: Saying) -> tuple[str, ...]:
    found = []
    if kept.status is not VisitStatus.COMPLETE:
        found.append(saying.text(f"clinic.status.{kept.status.value}.long"))
    if record.visit.consent is not None:
        found.append(saying.text(f"clinic.consent.{record.visit.consent.value}"))
    as_sent = read(kept.record)
    if off_by(kept, as_sent) and as_sent.visit.opened_at is not None:
        found.append(saying.text("clinic.clock_corrected", said=saying.day(as_sent.visit.opened_at)))
    return tuple(found)


def _value(one: Observation, record: Record, letters: dict[str, str], saying: Saying) -> Value:
    finding = _finding(one, record)
    change = next((c for c in record.assessment.changes if c.quantity is one.quantity), None)
    return Value(
        name=saying.quantity(one.quantity),
        value=saying.value(one),
        unit=saying.unit(one),
        level=-1 if finding is None else int(finding.level),
        mark="" if finding is None else level_mark(finding.level, finding.direction),
        word="" if finding is None else saying.text(finding.word),
        road=_road(one, finding, record),
        last="" if change is None else str(change.before),
        method=_method(one, finding, saying),
        letter=letters.get(one.instrument or "", ""),
        at=saying.clock(one.at),
    )


def _finding(one: Observation, record: Record) -> Finding | None:
    """The finding beside the value. The grip is judged by its best, so the other hand has none."""
    if one.quantity in GRIP:
        best = max(o.value for q in GRIP if (o := record.visit.value_of(q)) is not None)
        if one.value < best:
            return None
    return finding_for(record.assessment, one.quantity)


def _road(one: Observation, finding: Finding | None, record: Record) -> str:
    height = record.visit.value_of(Quantity.BODY_HEIGHT)
    ruler = ruler_of(one.quantity, record.visit.resident.sex, None if height is None else height.value)
    if ruler is None or finding is None or not finding.zones:
        return ""
    change = next((c for c in record.assessment.changes if c.quantity is one.quantity), None)
    last = None if change is None else change.before
    return sheet_road(ruler, finding.zones, printed_value(one), one.comparator, last)


def _method(one: Observation, finding: Finding | None, saying: Saying) -> str:
    parts = [saying.text("clinic.near_limit")] if for_doctor.near(one, finding) else []
    if one.method is not None:
        parts.append(saying.text(f"clinic.method.{Method(one.method).value}"))
    if len(one.samples) > 1:
        parts.append(saying.text("clinic.readings", count=str(len(one.samples))))
    return saying.text("clinic.comma").join(parts)


def _told(assessment: Assessment, saying: Saying) -> tuple[str, ...]:
    """What stood below the main sentence; the first hint often is that sentence again."""
    below = [hint.phrase for hint in assessment.hints if hint.phrase != assessment.message]
    why = [] if assessment.why is None else [assessment.why]
    return tuple(saying.say(phrase) for phrase in (*why, *below))


def _answers(visit: Visit, saying: Saying) -> tuple[Pair, ...]:
    given = [
        Pair(saying.text(f"question.{q.value}.short"), saying.text(f"answer.{a.value}"))
        for q, a in visit.answers
    ]
    if visit.danger_signs is not None:
        said = saying.text("clinic.comma").join(_named(saying, "sign", sign) for sign in visit.danger_signs)
        given.append(Pair(saying.text("clinic.danger_signs"), said or saying.text("clinic.none")))
    more = (*for_doctor.totals(visit, saying), *for_doctor.target(visit, saying))
    return (*given, *(Pair(name, text) for name, text in more))


def _tool(one: Instrument, letters: dict[str, str], saying: Saying) -> Tool:
    parts = [one.serial or saying.text("clinic.no_serial")]
    if one.calibration:
        parts.append(saying.text("clinic.calibration", id=one.calibration))
    if one.simulated:
        parts.append(saying.text("clinic.simulated"))
    return Tool(letters[one.id], one.spoken, saying.text("clinic.comma").join(parts))


def _rule(finding: Finding) -> str:
    return f"{finding.rule} {finding.edition}"


def _named(saying: Saying, family: str, name: str) -> str:
    key = f"{family}.{name}"
    return saying.text(key) if saying.words.has(key) else name


def _record(kept: KeptVisit, record: Record, saying: Saying) -> tuple[Pair, ...]:
    return (
        Pair(saying.text("clinic.record.visit"), kept.id),
        Pair(saying.text("clinic.record.envelope"), kept.envelope),
        Pair(saying.text("clinic.record.sequence"), f"{kept.station} #{kept.sequence}"),
        Pair(saying.text("clinic.record.version"), str(kept.version)),
        Pair(saying.text("clinic.record.rulebook"), record.assessment.rulebook),
        Pair(saying.text("clinic.record.software"), record.software),
    )
