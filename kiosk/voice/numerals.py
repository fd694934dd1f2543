"""Numbers as words, in Mandarin and in English: ``165.2`` is 一百六十五点二 and ``one hundred and …``.

An engine that is given digits drops the decimal point or reads them in another language; so no digit reaches
one. Pure. It must not know what is counted; units, dates and comparators are ``mandarin`` and ``english``.
"""

from decimal import Decimal

LARGEST = 10**12
"""Numbers below this are said as amounts; a longer row of digits is no amount."""
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_THOUSANDS = ("", " thousand", " million", " billion")


def mandarin(number: Decimal) -> str:
    """``number`` as it is read: 十二, 一百零五, 负三点五. Decimals are said one by one, as printed."""
    whole, decimals = _parts(number)
    said = _mandarin_whole(whole)
    if decimals:
        said += "点" + mandarin_digits(decimals)
    return f"负{said}" if number.is_signed() and number else said


def english(number: Decimal) -> str:
    """``number`` as it is read: ``one hundred and five``, ``minus three point five``."""
    whole, decimals = _parts(number)
    said = _english_whole(whole)
    if decimals:
        said += " point " + english_digits(decimals)
    return f"minus {said}" if number.is_signed() and number else said


def mandarin_digits(row: str, one: str = "一") -> str:
    """Digit by digit; ``one`` is 幺 in the number of a telephone."""
    return "".join(one if digit == "1" else _DIGITS[int(digit)] for digit in row)


def english_digits(row: str) -> str:
    """Digit by digit: ``one two zero``."""
    return " ".join(_ONES[int(digit)] for digit in row)


def english_ordinal(number: int) -> str:
    """The place that ``number`` says, from 1 to 99: ``twenty-first``."""
    before, hyphen, last = english(Decimal(number)).rpartition("-")
    if last in _ORDINALS:
        return before + hyphen + _ORDINALS[last]
    return before + hyphen + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _parts(number: Decimal) -> tuple[int, str]:
    whole, _, decimals = f"{abs(number):f}".partition(".")
    return int(whole), decimals


def _mandarin_whole(whole: int) -> str:
    if whole >= LARGEST:
        return mandarin_digits(str(whole))
    groups = [whole // 10**exponent % 10_000 for exponent in (0, 4, 8)]
    said = ""
    for group, name in zip(reversed(groups), reversed(_GROUPS), strict=True):
        if group:
            said += ("零" if said and group < 1000 else "") + _thousand(group) + name
    if said.startswith("一十"):
        return said[1:]
    return said or "零"


def _thousand(group: int) -> str:
    """A group of four digits, not zero."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return said


def _english_whole(whole: int) -> str:
    if whole >= LARGEST:
        return english_digits(str(whole))
    groups = [(whole // 1000**place % 1000, name) for place, name in enumerate(_THOUSANDS)]
    said = [_hundred(group) + name for group, name in reversed(groups) if group]
    last = groups[0][0]
    if len(said) > 1 and 0 < last < 100:
        said[-1] = f"and {said[-1]}"
    return " ".join(said) or _ONES[0]


def _hundred(group: int) -> str:
    """Up to 999, not zero."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    small = _ONES[rest] if rest < len(_ONES) else _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if not hundreds:
        return small
    return f"{_ONES[hundreds]} hundred" + (f" and {small}" if rest else "")
