"""The pressure protocol of the Chinese primary-care guideline 2025, run by run."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.reading import Quantity, Reading
from health.pressure import protocol_of
from health.rulebook import shipped_rulebook
from health.visit import Method
from kiosk.measuring.pressure import CuffReading, PressureSeries

PROTOCOL = protocol_of(shipped_rulebook().pressure)
WHEN = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def run(systolic: int, diastolic: int, pulse: int = 70, *, rested: bool = True) -> CuffReading:
    return CuffReading(
        Reading(Quantity.SYSTOLIC, Decimal(systolic), "mm[Hg]"),
        Reading(Quantity.DIASTOLIC, Decimal(diastolic), "mm[Hg]"),
        Reading(Quantity.PULSE, Decimal(pulse), "/min"),
        WHEN,
        rested,
    )


def series(*runs: CuffReading, wanted: int = 2) -> PressureSeries:
    made = PressureSeries(PROTOCOL, wanted)
    for one in runs:
        made = made.with_run(one)
    return made


def value(of: PressureSeries, quantity: Quantity) -> Decimal:
    return next(o.value for o in of.observations("cuff") if o.quantity is quantity)


def test_two_readings_close_together_are_enough_and_their_mean_is_printed() -> None:
    done = series(run(148, 76), run(144, 75))
    assert done.complete
    assert value(done, Quantity.SYSTOLIC) == 146
    assert value(done, Quantity.DIASTOLIC) == 76  # 75.5, half-up
    assert done.method is Method.GUIDELINE


def test_a_difference_of_exactly_ten_asks_for_no_third_reading() -> None:
    assert series(run(150, 80), run(140, 80)).complete


@pytest.mark.parametrize("second", [(139, 80), (150, 69), (161, 80), (150, 91)])
def test_more_than_ten_apart_asks_for_a_third_and_prints_the_mean_of_the_last_two(
    second: tuple[int, int],
) -> None:
    two = series(run(150, 80), run(*second))
    assert not two.complete
    assert two.planned == 3
    three = two.with_run(run(138, 78))
    assert three.complete
    expected = (Decimal(second[0] + 138) / 2).quantize(Decimal(1), rounding="ROUND_HALF_UP")
    assert value(three, Quantity.SYSTOLIC) == expected


def test_one_reading_or_a_cut_rest_is_never_called_guideline_pressure() -> None:
    assert series(run(120, 70), wanted=1).method is Method.QUICK
    assert series(run(120, 70), run(121, 70, rested=False)).method is Method.QUICK
    assert all(o.method is Method.QUICK for o in series(run(120, 70)).observations("cuff"))


def test_a_crisis_value_is_repeated_even_in_a_quick_visit_and_confirmed_only_by_its_repeat() -> None:
    once = series(run(186, 104), wanted=1)
    assert not once.complete
    assert not once.confirmed_urgent
    assert once.with_run(run(184, 102)).confirmed_urgent
    assert not once.with_run(run(176, 102)).confirmed_urgent


def test_every_reading_stays_with_the_value_it_made() -> None:
    samples = series(run(148, 76), run(144, 75)).observations("cuff")[0].samples
    assert [s.value for s in samples] == [148, 144]


@given(st.lists(st.tuples(st.integers(60, 260), st.integers(30, 215)), min_size=1, max_size=3))
def test_the_printed_value_lies_between_the_readings(values: list[tuple[int, int]]) -> None:
    made = series(*(run(s, d) for s, d in values))
    assert min(s for s, _ in values) <= value(made, Quantity.SYSTOLIC) <= max(s for s, _ in values)
