"""What a number means does not hang on the unit it came in, nor does more of a bad thing mean less."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.reading import Quantity
from health.quantity import MEASURES
from health.visit import Answer, Observation, PastVisit, Question
from tests.health.people import DAY, HEALTHY, assessed, visit

Q = Quantity
FASTING = {Question.FASTING: Answer.YES}
MASS = {
    Q.TOTAL_CHOLESTEROL: "38.67",
    Q.HDL: "38.67",
    Q.LDL: "38.67",
    Q.TRIGLYCERIDES: "88.57",
    Q.GLUCOSE: "18.0156",
}
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        Q.SYSTOLIC: st.integers(70, 230).map(str),
        Q.DIASTOLIC: st.integers(40, 130).map(str),
        Q.TOTAL_CHOLESTEROL: st.decimals(2, 10, places=2).map(str),
        Q.HDL: st.decimals("0.5", 3, places=2).map(str),
        Q.TRIGLYCERIDES: st.decimals("0.5", 9, places=2).map(str),
        Q.LDL: st.decimals("0.5", 9, places=2).map(str),
        Q.GLUCOSE: st.decimals(2, 25, places=1).map(str),
    },
)


def _in_mass_units(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    return tuple(
        replace(o, value=o.value * Decimal(MASS[o.quantity]), unit="mg/dL") if o.quantity in MASS else o
        for o in observations
    )


@settings(max_examples=40, deadline=None)
@given(values=_VALUES, fasting=st.sampled_from(Answer))
def test_the_unit_of_the_meter_changes_nothing(values: dict[Quantity, str], fasting: Answer) -> None:
    seen = visit(values, age="60", answers=HEALTHY | {Question.FASTING: fasting})
    other = replace(seen, observations=_in_mass_units(seen.observations))
    assert assessed(other) == assessed(seen)


@settings(max_examples=20, deadline=None)
@given(before=_VALUES)
def test_the_unit_of_the_last_visit_changes_nothing(before: dict[Quantity, str]) -> None:
    now, then = visit(before, age="60"), visit(before, age="60").observations
    said = assessed(now, PastVisit(DAY, then)).changes
    assert assessed(now, PastVisit(DAY, _in_mass_units(then))).changes == said
    assert all(change.difference == 0 for change in said)


# The side on which more is worse; HDL, oxygen and grip are worse when they fall.
WORSE_UP = [Q.SYSTOLIC, Q.DIASTOLIC, Q.TOTAL_CHOLESTEROL, Q.LDL, Q.TRIGLYCERIDES, Q.GLUCOSE, Q.PULSE, Q.WAIST]
WORSE_DOWN = [Q.HDL, Q.SPO2, Q.GRIP_LEFT]
GRID = {
    Q.SYSTOLIC: (120, 259),
    Q.DIASTOLIC: (80, 119),
    Q.TOTAL_CHOLESTEROL: (100, 1900),
    Q.LDL: (10, 1400),
    Q.TRIGLYCERIDES: (10, 2900),
    Q.GLUCOSE: (40, 330),
    Q.PULSE: (60, 219),
    Q.WAIST: (500, 1500),
    Q.HDL: (10, 500),
    Q.SPO2: (50, 100),
    Q.GRIP_LEFT: (0, 900),
}


def _level(quantity: Quantity, steps: int) -> int | None:
    value = str(Decimal(steps).scaleb(-MEASURES[quantity].decimals))
    # Beside the tested half stands the calmest other one that is believed.
    beside = {Q.SYSTOLIC: {Q.DIASTOLIC: "79"}, Q.DIASTOLIC: {Q.SYSTOLIC: "120"}}.get(quantity, {})
    result = assessed(visit({quantity: value} | beside, answers=HEALTHY | FASTING))
    levels = [int(f.level) for f in result.findings if f.quantity is quantity]
    return max(levels) if levels else None


@pytest.mark.parametrize("quantity", [*WORSE_UP, *WORSE_DOWN])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_worse_value_never_has_a_lower_level(quantity: Quantity, data: st.DataObject) -> None:
    low, high = GRID[quantity]
    first = data.draw(st.integers(low, high))
    second = data.draw(st.integers(first, high))
    levels = _level(quantity, first), _level(quantity, second)
    assert None not in levels
    assert sorted(levels, key=lambda level: level or 0, reverse=quantity in WORSE_DOWN) == list(levels)
