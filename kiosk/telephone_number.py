"""What is a telephone number in China, how many digits one may have, and how it is read aloud.

A mobile has eleven digits; a land line seven or eight, behind its area code where that is given. Area codes
are 010 and 02x, all others have four digits: so what begins with 0 may be longer than a mobile, and no digit
of it may be lost in silence. Pure; it must not keep a number.
"""

MOST = 12
"""Digits of the longest: an area code of four and eight more."""
THIN = "\u2009"
"""Stands before each digit of a telephone number that is read aloud: Mandarin says its 1 otherwise."""
_MOBILE = 11
_LOCAL = (7, 8)
_SHORT_AREA = ("01", "02")
"""What area codes of three digits begin with."""


def with_digit(number: str, digit: str) -> str:
    """``number`` with ``digit`` behind it; one that is whole already takes no more."""
    return number if is_full(number) else number + digit


def is_full(number: str) -> bool:
    """Whether it takes no further digit."""
    return len(number) >= _most(number)


def is_number(number: str) -> bool:
    """Whether somebody can be reached by these digits."""
    if not number:
        return False
    if number[0] == "0":
        area = 3 if number.startswith(_SHORT_AREA) else 4
        return len(number) - area in (_LOCAL[1:] if area == 3 else _LOCAL)
    return len(number) == _MOBILE if number[0] == "1" else len(number) in _LOCAL


def groups_of(number: str) -> tuple[str, str, str]:
    """The digits as people say them, in three groups; those that are not typed yet are empty."""
    first = 3 if number in ("", "0") or number.startswith(("1", *_SHORT_AREA)) else 4
    return number[:first], number[first : first + 4], number[first + 4 :]


def dialled(group: str) -> str:
    """The digits of a group for the voice: a thin space before each tells them from an amount."""
    return "".join(f"{THIN}{digit}" for digit in group)


def _most(number: str) -> int:
    if number.startswith(("1", *_SHORT_AREA)):
        return _MOBILE
    return MOST
