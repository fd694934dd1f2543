"""Which values cannot be true, and which ask for a second measurement.

Invalid is not abnormal: what is refused here is measured again and never judged; what a rule calls high or
low is true and meant for a doctor. The ranges are engineering choices (no guideline gives them) wide enough
for every living adult. This module must not classify.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import msgspec

from devices.reading import Quantity
from health.quantity import printed_value
from health.visit import Observation, PastVisit, Visit


class Doubt(StrEnum):
    """What to do about a doubtful value."""

    REFUSE = "refuse"
    REPEAT = "repeat"


class Doubtful(msgspec.Struct, frozen=True):
    """A value that is refused or should be measured once more. ``words`` is the key of its sentence."""

    quantity: Quantity
    doubt: Doubt
    words: str


class Range(msgspec.Struct, frozen=True):
    """Lowest and highest value that is believed, and (where given) that is believed without a repeat."""

    low: Decimal
    high: Decimal
    repeat_low: Decimal | None = None
    repeat_high: Decimal | None = None


def _range(low: str, high: str, again_low: str | None = None, again_high: str | None = None) -> Range:
    quiet = [None if text is None else Decimal(text) for text in (again_low, again_high)]
    return Range(Decimal(low), Decimal(high), *quiet)


RANGES: Mapping[Quantity, Range] = MappingProxyType(
    {
        Quantity.BODY_HEIGHT: _range("100", "210"),
        Quantity.BODY_WEIGHT: _range("20", "200"),
        Quantity.SYSTOLIC: _range("60", "260", None, "179"),
        Quantity.DIASTOLIC: _range("30", "160", None, "109"),
        Quantity.PULSE: _range("30", "220", "50", "100"),
        # A meter's own range is narrower and is the driver's to know; these only stop a slipped decimal.
        Quantity.TOTAL_CHOLESTEROL: _range("1", "20"),
        Quantity.HDL: _range("0.1", "5"),
        Quantity.TRIGLYCERIDES: _range("0.1", "30"),
        Quantity.LDL: _range("0.1", "15"),
        Quantity.GLUCOSE: _range("1.1", "33.3", "4.0", "16.6"),
        Quantity.SPO2: _range("50", "100", "95"),
        Quantity.GRIP_LEFT: _range("0", "90", "5"),
        Quantity.GRIP_RIGHT: _range("0", "90", "5"),
        Quantity.WAIST: _range("50", "150"),
        Quantity.BODY_FAT: _range("3", "70"),
    }
)
BMI = Range(Decimal(10), Decimal(60))
PULSE_PRESSURE_LOW = Decimal(20)
PULSE_PRESSURE_HIGH = Decimal(110)
NON_HDL_REPEAT = Decimal("0.5")
HEIGHT_CHANGE_CM = Decimal(3)
WEIGHT_CHANGE = Decimal("0.05")
WAIST_CHANGE_CM = Decimal(10)


def refused(visit: Visit) -> frozenset[Quantity]:
    """The quantities whose value cannot be true, alone or beside another value of the visit."""
    alone = {o.quantity for o in visit.observations if not _within(o)}
    return frozenset(alone | _contradictions(visit))


def doubtful(visit: Visit, history: Sequence[PastVisit] = ()) -> tuple[Doubtful, ...]:
    """Every value to measure again: refused ones first, then those worth a second look."""
    no = refused(visit)
    found = [Doubtful(q, Doubt.REFUSE, "plausible.refuse") for q in sorted(no)]
    again = (
        {o.quantity for o in visit.observations if _asks_repeat(o)} | _pairs(visit) | _jumps(visit, history)
    )
    found += [Doubtful(q, Doubt.REPEAT, "plausible.repeat") for q in sorted(again - no)]
    return tuple(found)


def _within(observation: Observation) -> bool:
    # Of an off-scale value only the end of the meter's range is known, and that is true by construction.
    span = RANGES[observation.quantity]
    return observation.comparator is not None or span.low <= printed_value(observation) <= span.high


def _asks_repeat(observation: Observation) -> bool:
    span, value = RANGES[observation.quantity], printed_value(observation)
    low = span.repeat_low is not None and value < span.repeat_low
    return low or (span.repeat_high is not None and value > span.repeat_high)


def exact(visit: Visit, quantity: Quantity) -> Decimal | None:
    """The printed value of ``quantity``, None where it is absent or off the instrument's scale."""
    found = visit.value_of(quantity)
    return None if found is None or found.comparator is not None else printed_value(found)


def _contradictions(visit: Visit) -> set[Quantity]:
    wrong: set[Quantity] = set()
    for larger, smaller in (
        (Quantity.SYSTOLIC, Quantity.DIASTOLIC),
        (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL),
    ):
        more, less = exact(visit, larger), exact(visit, smaller)
        if more is not None and less is not None and less >= more:
            wrong |= {larger, smaller}
    return wrong | _impossible_build(visit)


def _impossible_build(visit: Visit) -> set[Quantity]:
    height, weight = exact(visit, Quantity.BODY_HEIGHT), exact(visit, Quantity.BODY_WEIGHT)
    if height is None or weight is None or height <= 0:
        return set()
    if BMI.low <= weight / (height / 100) ** 2 <= BMI.high:
        return set()
    return {Quantity.BODY_HEIGHT, Quantity.BODY_WEIGHT}


def _pairs(visit: Visit) -> set[Quantity]:
    again: set[Quantity] = set()
    upper, lower = exact(visit, Quantity.SYSTOLIC), exact(visit, Quantity.DIASTOLIC)
    if (
        upper is not None
        and lower is not None
        and not PULSE_PRESSURE_LOW <= upper - lower <= PULSE_PRESSURE_HIGH
    ):
        again |= {Quantity.SYSTOLIC, Quantity.DIASTOLIC}
    total, hdl = exact(visit, Quantity.TOTAL_CHOLESTEROL), exact(visit, Quantity.HDL)
    if total is not None and hdl is not None and total - hdl < NON_HDL_REPEAT:
        again |= {Quantity.TOTAL_CHOLESTEROL, Quantity.HDL}
    return again


def _jumps(visit: Visit, history: Sequence[PastVisit]) -> set[Quantity]:
    last = max((v for v in history if v.on <= visit.on), key=lambda v: v.on, default=None)
    if last is None:
        return set()
    again: set[Quantity] = set()
    for quantity in (Quantity.BODY_HEIGHT, Quantity.BODY_WEIGHT, Quantity.WAIST):
        now, before = exact(visit, quantity), last.value_of(quantity)
        if now is None or before is None or before.comparator is not None:
            continue
        if abs(now - printed_value(before)) > _allowed(quantity, printed_value(before)):
            again.add(quantity)
    return again


def _allowed(quantity: Quantity, before: Decimal) -> Decimal:
    if quantity is Quantity.BODY_WEIGHT:
        return before * WEIGHT_CHANGE
    return HEIGHT_CHANGE_CM if quantity is Quantity.BODY_HEIGHT else WAIST_CHANGE_CM
