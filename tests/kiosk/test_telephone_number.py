"""How many digits a telephone number has, and how they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.telephone_number import MOST, groups_of, is_number, with_digit

DIGITS = st.text("0123456789", max_size=MOST + 3)


def typed(digits: str) -> str:
    number = ""
    for digit in digits:
        number = with_digit(number, digit)
    return number


@pytest.mark.parametrize("whole", ["13800000738", "01062351234", "02162351234"])
def test_a_whole_number_of_eleven_digits_takes_no_knock_more(whole: str) -> None:
    assert typed(whole + "55") == whole
    assert is_number(whole)


def test_a_land_line_behind_a_long_area_code_may_have_twelve() -> None:
    assert typed("0571876543219") == "057187654321"
    assert is_number("057187654321")
    assert is_number("05718765432")
    assert not is_number("0571876543")


@given(DIGITS)
def test_the_groups_are_what_was_typed_and_no_group_is_too_long_to_stand(digits: str) -> None:
    number = typed(digits)
    groups = groups_of(number)
    assert "".join(groups) == number
    assert max(map(len, groups)) <= 4


@given(DIGITS)
def test_what_was_typed_so_far_is_lost_to_no_further_digit(digits: str) -> None:
    number = typed(digits)
    assert with_digit(number, "7").startswith(number)
