"""Numbers are said as people say them: read back, the words give the number again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.numerals import LARGEST, english, english_digits, mandarin, mandarin_digits

_DIGITS = "零一二三四五六七八九"
_ONES = {english(Decimal(n)): n for n in range(20)}
_TENS = {english(Decimal(n)): n for n in range(20, 100, 10)}

amounts = st.integers(0, LARGEST - 1)
printed = st.decimals(Decimal(-999), Decimal(9999), places=2) | amounts.map(Decimal)


def mandarin_whole(said: str) -> int:
    """The number that Mandarin words of a whole number mean."""
    total = group = digit = 0
    for letter in said:
        if letter in _DIGITS:
            digit = _DIGITS.index(letter)
        elif letter in "十百千":
            group += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[letter]
            digit = 0
        else:
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[letter]
            group = digit = 0
    return total + group + digit


def english_whole(said: str) -> int:
    """The number that English words of a whole number mean."""
    total = group = 0
    for word in said.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in ("thousand", "million", "billion"):
            total += group * {"thousand": 10**3, "million": 10**6, "billion": 10**9}[word]
            group = 0
        elif word != "and":
            group += _ONES.get(word, _TENS.get(word, 0))
    return total + group


@given(amounts)
def test_a_whole_number_in_mandarin_means_that_number(number: int) -> None:
    assert mandarin_whole(mandarin(Decimal(number))) == number


@given(amounts)
def test_a_whole_number_in_english_means_that_number(number: int) -> None:
    assert english_whole(english(Decimal(number))) == number


@given(printed)
def test_every_decimal_is_said_as_it_is_printed(number: Decimal) -> None:
    whole, _, decimals = f"{abs(number):f}".partition(".")
    said, _, after = mandarin(number).removeprefix("负").partition("点")
    assert (mandarin_whole(said), "".join(str(_DIGITS.index(one)) for one in after)) == (int(whole), decimals)
    said, _, after = english(number).removeprefix("minus ").partition(" point ")
    assert english_whole(said) == int(whole)
    assert "".join(str(_ONES[one]) for one in after.split()) == decimals


@given(printed)
def test_no_figure_is_left_in_the_words(number: Decimal) -> None:
    assert not any(letter.isdigit() and letter.isascii() for letter in mandarin(number) + english(number))


@given(printed, printed)
def test_two_numbers_that_are_printed_otherwise_sound_otherwise(one: Decimal, other: Decimal) -> None:
    same = f"{one:f}".lstrip("-") == f"{other:f}".lstrip("-") and (one < 0) == (other < 0)
    assert (mandarin(one) == mandarin(other)) is same
    assert (english(one) == english(other)) is same


@pytest.mark.parametrize(
    ("number", "chinese", "words"),
    [
        ("0", "零", "zero"),
        ("10", "十", "ten"),
        ("12", "十二", "twelve"),
        ("20", "二十", "twenty"),
        ("105", "一百零五", "one hundred and five"),
        ("110", "一百一十", "one hundred and ten"),
        ("165.2", "一百六十五点二", "one hundred and sixty-five point two"),
        ("5.0", "五点零", "five point zero"),
        ("0.05", "零点零五", "zero point zero five"),
        ("-3.5", "负三点五", "minus three point five"),
        ("1001", "一千零一", "one thousand and one"),
        ("20010", "二万零一十", "twenty thousand and ten"),
        ("100000000", "一亿", "one hundred million"),
    ],
)
def test_numbers_are_said_as_people_say_them(number: str, chinese: str, words: str) -> None:
    assert mandarin(Decimal(number)) == chinese
    assert english(Decimal(number)) == words


def test_the_number_of_a_telephone_is_said_digit_by_digit() -> None:
    assert mandarin_digits("120", one="幺") == "幺二零"
    assert english_digits("120") == "one two zero"
