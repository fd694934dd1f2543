"""The rows of page 1: which values are shown, in which order, with which word, change and hint.

Pure: from a report to rows. It must not judge a value (findings do) or know where a row is drawn.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Assessment, Change, Finding, Hint, Level, Zone
from health.visit import Observation, PastVisit, Visit
from printouts.ruler import Ruler, ruler_of

PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)
GRIP = (Quantity.GRIP_RIGHT, Quantity.GRIP_LEFT)
# Within one level: pressure, grip, weight, blood, waist, oxygen, pulse.
ORDER = (
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    Quantity.GRIP_RIGHT,
    Quantity.GRIP_LEFT,
    Quantity.BODY_WEIGHT,
    Quantity.TOTAL_CHOLESTEROL,
    Quantity.LDL,
    Quantity.TRIGLYCERIDES,
    Quantity.HDL,
    Quantity.GLUCOSE,
    Quantity.WAIST,
    Quantity.SPO2,
    Quantity.PULSE,
    Quantity.BODY_FAT,
)
_SHOWN_ELSEWHERE = (Quantity.BODY_HEIGHT,)


class Row(msgspec.Struct, frozen=True):
    """One value as it stands on page 1. ``level`` is None where there is no class for this person."""

    observation: Observation
    finding: Finding | None
    change: Change | None
    before: Decimal | None
    ruler: Ruler | None
    hints: tuple[Hint, ...] = ()
    group: int = 0

    @property
    def quantity(self) -> Quantity:
        """What was measured."""
        return self.observation.quantity

    @property
    def level(self) -> Level | None:
        """The level printed, or None."""
        return None if self.finding is None else self.finding.level


def rows(visit: Visit, assessment: Assessment, history: Sequence[PastVisit]) -> tuple[Row, ...]:
    """Every row of page 1, in order, grouped by ``group``: equal numbers stand together between two rules."""
    shown = [_row(o, visit, assessment, history) for o in _shown(visit)]
    return _with_hints(_in_order(shown), assessment)


def last_date(history: Sequence[PastVisit]) -> date | None:
    """The day of the latest earlier visit that is known here."""
    return max((past.on for past in history), default=None)


def _shown(visit: Visit) -> list[Observation]:
    """One observation a row; the stronger hand stands for the grip."""
    kept = [o for o in visit.observations if o.quantity not in (*GRIP, *_SHOWN_ELSEWHERE)]
    hands = [o for q in GRIP if (o := visit.value_of(q)) is not None]
    return [*kept, *sorted(hands, key=lambda o: o.value)[-1:]]


def finding_for(assessment: Assessment, quantity: Quantity) -> Finding | None:
    """The finding whose word and road stand beside ``quantity``; for the grip the one of either hand."""
    hands = GRIP if quantity in GRIP else (quantity,)
    found = [f for f in assessment.findings if f.quantity in hands and not f.aside]
    # Of two equally serious ones the rule of the value itself comes before the rule of a pair of values.
    return max(found, key=lambda f: (f.level, f.rule.startswith(f"{quantity.value}/")), default=None)


def _row(observation: Observation, visit: Visit, assessment: Assessment, history: Sequence[PastVisit]) -> Row:
    quantity = observation.quantity
    height = visit.value_of(Quantity.BODY_HEIGHT)
    change = next((c for c in assessment.changes if c.quantity is quantity), None)
    return Row(
        observation,
        finding_for(assessment, quantity),
        change,
        None if change is None else change.before,
        ruler_of(quantity, visit.resident.sex, None if height is None else height.value),
    )


def _in_order(shown: Sequence[Row]) -> list[Row]:
    pressure = max((_rank(r) for r in shown if r.quantity in PRESSURE), default=-1)

    def rank(row: Row) -> int:
        return pressure if row.quantity in PRESSURE else _rank(row)

    def place(row: Row) -> tuple[int, int]:
        return -rank(row), ORDER.index(row.quantity)

    ordered = sorted(shown, key=place)
    return [replace(r, group=_group(r, rank(r))) for r in ordered]


def _rank(row: Row) -> int:
    return -1 if row.level is None else int(row.level)


def _group(row: Row, rank: int) -> int:
    """Pressure above normal is a group of its own; else one group a level."""
    return 10 + rank if row.quantity in PRESSURE and rank > 0 else rank


def _with_hints(ordered: Sequence[Row], assessment: Assessment) -> tuple[Row, ...]:
    """Each hint under the row of the value its rule judged; a hint about no row shown stays loose."""
    left = list(assessment.hints[1:])
    found: list[Row] = []
    for row in ordered:
        own = tuple(h for h in left if row.quantity in _judged(assessment, h))
        left = [h for h in left if h not in own]
        found.append(replace(row, hints=own))
    return tuple(found)


def _judged(assessment: Assessment, hint: Hint) -> tuple[Quantity, ...]:
    found = tuple(f.quantity for f in assessment.findings if f.rule == hint.because)
    return (*found, *GRIP) if any(q in GRIP for q in found) else found


def loose_hints(assessment: Assessment, shown: Sequence[Row]) -> tuple[Hint, ...]:
    """The hints that rest on no row shown, to be printed below the rows."""
    placed = [h for row in shown for h in row.hints]
    return tuple(h for h in assessment.hints[1:] if h not in placed)


def cause(assessment: Assessment, shown: Sequence[Row]) -> tuple[Hint, ...]:
    """What decided the level where no row shown has it: said in words, so that the page holds its reason."""
    if assessment.level < Level.NOTICE or any(row.level is assessment.level for row in shown):
        return ()
    found = next((f for f in assessment.findings if f.level is assessment.level), None)
    return () if found is None else (Hint(found.level, found.phrase, found.rule),)


def reference(zones: tuple[Zone, ...]) -> str:
    """The limits of normal as they are written: ``<120``, ``≥18``, ``22.0–26.9``."""
    normal = [zone for zone in zones if zone.level is Level.NORMAL]
    if not normal:
        return ""
    low, high, included = normal[0].low, normal[-1].high, normal[-1].high_included
    if low is None and high is None:
        return ""
    if low is None:
        return f"{'≤' if included else '<'}{high}"
    if high is None:
        return f"≥{low}"
    return f"{low}–{'' if included else '<'}{high}"
