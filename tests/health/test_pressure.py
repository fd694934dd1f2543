"""How readings become one pressure, as the edition says."""

from decimal import Decimal

import pytest

from devices.reading import Quantity
from health.assess import assess
from health.pressure import Pair, mean_of, needs_third, protocol_of
from health.rulebook import with_edition
from health.words import words_of
from tests.health.people import BOOK, DAY, finding, visit

PROTOCOL = protocol_of(BOOK.pressure)


def _pair(systolic: int, diastolic: int) -> Pair:
    return Decimal(systolic), Decimal(diastolic)


@pytest.mark.parametrize(
    ("second", "third"), [((150, 80), False), ((151, 80), True), ((140, 90), False), ((140, 91), True)]
)
def test_a_third_reading_follows_when_two_differ_by_more_than_ten(
    second: tuple[int, int], *, third: bool
) -> None:
    assert needs_third(_pair(140, 80), _pair(*second), PROTOCOL) is third


def test_the_mean_is_of_the_last_two_and_rounds_halves_up() -> None:
    readings = [_pair(152, 80), _pair(140, 77), _pair(136, 76)]
    assert mean_of(readings, PROTOCOL) == _pair(138, 77)
    assert mean_of(readings[:2], PROTOCOL) == _pair(146, 79)
    assert mean_of(readings[:1], PROTOCOL) == _pair(152, 80)


def test_without_a_reading_there_is_no_mean() -> None:
    with pytest.raises(ValueError, match="no reading"):
        mean_of([], PROTOCOL)


def test_the_readings_are_a_minute_apart_after_five_minutes_of_rest() -> None:
    assert (PROTOCOL.rest_s, PROTOCOL.gap_s) == (300, 60)


@pytest.mark.parametrize(
    ("edition", "apart", "third", "mean", "band"),
    [
        ("china_2024", 10, False, 138, "high_normal"),
        ("china_2024", 11, True, 138, "high_normal"),
        ("china_2024_own_mean", 10, False, 143, "grade_1"),
        ("china_2024_own_mean", 11, True, 143, "grade_1"),
        ("china_2018", 4, False, 143, "grade_1"),
        ("china_2018", 5, True, 143, "grade_1"),
    ],
)
def test_the_way_of_averaging_is_that_of_the_edition_and_may_decide_the_class(
    edition: str, apart: int, mean: int, band: str, *, third: bool
) -> None:
    book = with_edition(BOOK, f"blood_pressure/{edition}")
    protocol = protocol_of(book.pressure)
    assert needs_third(_pair(140, 80), _pair(140 + apart, 80), protocol) is third
    printed = mean_of([_pair(152, 78), _pair(140, 77), _pair(136, 76)], protocol)
    assert printed[0] == mean
    seen = visit({Quantity.SYSTOLIC: str(printed[0]), Quantity.DIASTOLIC: str(printed[1])})
    said = finding(assess(seen, (), book, DAY), "blood_pressure")
    assert (said.rule, said.band) == (f"blood_pressure/{edition}", band)


def test_a_pressure_beyond_the_cuff_is_never_told_as_the_end_of_its_scale() -> None:
    person = visit({Quantity.SYSTOLIC: ">260", Quantity.DIASTOLIC: "90"})
    said = finding(assess(person, (), BOOK, DAY), "blood_pressure")
    assert "血压 >260/90" in words_of("zh_CN").say(said.phrase)
