"""One visit as JSON, for programs of the clinic: the same numbers as the page.

It copies what the record says and calculates nothing. The identity number is never in it.
"""

from collections.abc import Sequence

from msgspec import Struct

from clinic.store.visits import KeptVisit
from devices.reading import Confidential
from health.amendment import Amendment
from health.assessment import Finding
from health.quantity import printed_text
from health.record import Record
from health.visit import Observation
from health.words import Words, WordsError


class ResidentAnswer(Confidential, Struct, frozen=True, omit_defaults=True):
    """The person, as far as known."""

    name: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    age: str | None = None


class ObservationAnswer(Struct, frozen=True):
    """One value. ``value`` is the printed number, ``unit`` UCUM, ``at`` RFC 3339."""

    value: str
    unit: str
    comparator: str | None
    instrument: str | None
    at: str | None


class FindingAnswer(Struct, frozen=True):
    """What one rule said."""

    rule: str
    band: str
    level: int
    text: str
    source: str
    edition: str


class ScoreAnswer(Struct, frozen=True):
    """What one risk model said."""

    percent: str
    chart_cell: int | None
    band: str


class SilentAnswer(Struct, frozen=True):
    """What was not assessed, and why."""

    rule: str
    reason: str


class CorrectionAnswer(Struct, frozen=True):
    """One correction that holds. ``at`` is RFC 3339; ``moved_to`` the visit that the values went to."""

    change: str
    reason: str
    staff: str
    at: str
    added: list[str]
    moved_to: str | None


class VisitAnswer(Struct, frozen=True):
    """The whole visit, as it holds now."""

    visit: str
    demo: bool
    incomplete: bool
    version: int
    status: str
    station: str
    on: str
    resident: ResidentAnswer
    observations: dict[str, ObservationAnswer]
    findings: list[FindingAnswer]
    scores: dict[str, ScoreAnswer]
    not_assessed: list[SilentAnswer]
    corrections: list[CorrectionAnswer]


def answer_of(kept: KeptVisit, record: Record, corrections: Sequence[Amendment], words: Words) -> VisitAnswer:
    """The visit as it is filed, with the findings said in ``words`` and the ``corrections`` that hold."""
    visit, assessment = record.visit, record.assessment
    return VisitAnswer(
        visit=str(visit.id),
        demo=visit.demo,
        incomplete=visit.incomplete,
        version=kept.version,
        status=kept.status.value,
        station=kept.station,
        on=visit.on.isoformat(),
        resident=_resident(record),
        observations={o.quantity.value: _observation(o) for o in visit.observations},
        findings=[_finding(one, words) for one in assessment.findings],
        scores={
            one.model: ScoreAnswer(str(one.percent), one.chart_cell, one.band) for one in assessment.scores
        },
        not_assessed=[SilentAnswer(one.rule, one.reason.value) for one in assessment.not_assessed],
        corrections=[_correction(one) for one in corrections],
    )


def _correction(one: Amendment) -> CorrectionAnswer:
    return CorrectionAnswer(
        change=one.change.value,
        reason=one.reason.value,
        staff=one.staff,
        at=one.decided_at.isoformat(),
        added=[quantity.value for quantity in one.added],
        moved_to=None if one.moved_to is None else str(one.moved_to),
    )


def _resident(record: Record) -> ResidentAnswer:
    person = record.visit.resident
    age = person.age_on(record.visit.on)
    return ResidentAnswer(
        name=person.name,
        sex=None if person.sex is None else person.sex.value,
        birth_date=None if person.birth_date is None else person.birth_date.isoformat(),
        age=None if age is None else f"{age:f}",
    )


def _observation(one: Observation) -> ObservationAnswer:
    return ObservationAnswer(
        value=printed_text(one).lstrip("<>"),
        unit=one.unit,
        comparator=None if one.comparator is None else one.comparator.value,
        instrument=one.instrument,
        at=None if one.at is None else one.at.isoformat(),
    )


def _finding(one: Finding, words: Words) -> FindingAnswer:
    try:
        text = words.say(one.phrase)
    except WordsError:
        text = one.phrase.key
    return FindingAnswer(one.rule, one.band, int(one.level), text, one.source, one.edition)
