"""A sentence of the English catalogue as it is read aloud: numbers, units, dates and signs become words.

Pure. What has no reading is dropped here; a test asks that nothing of the catalogue is.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from kiosk.voice.numerals import english, english_digits, english_ordinal

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_NUMBER = r"(\d+(?:\.\d+)?)"
_WORDS = {
    "mmol/L": "millimoles per litre",
    "mg/dL": "milligrams per decilitre",
    "mmHg": "millimetres of mercury",
    "HDL-C": "good cholesterol",
    "LDL-C": "bad cholesterol",
    "BMI": "body mass index",
    "≤": " at most ",
    "≥": " at least ",
    "<": " below ",
    ">": " above ",
    "≈": " about ",
}
_UNITS = {"kg": "kilogram", "cm": "centimetre", "min": "minute", "sec": "second"}
_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTHS = tuple(name[:3] for name in _NAMES)
_MONTH = "|".join((*_NAMES, "Sept", *_MONTHS))
_PAUSES = str.maketrans(dict.fromkeys("()·…—–/", ",") | dict.fromkeys('“”‘’"*', ""))
_SPOKEN = re.compile(r"[^A-Za-z ,.!?;:'\-]")


def spelled(text: str) -> str:
    """``text`` as it is read aloud, without digits and signs."""
    return _SPOKEN.sub("", worded(text))


def unspoken(text: str) -> str:
    """What of ``text`` has no reading and would be left out, empty where all of it is said."""
    return "".join(_SPOKEN.findall(worded(text)))


def worded(text: str) -> str:
    """``text`` with everything put into words that can be; the rest still stands in it."""
    text = text.replace("’", "'")
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    for pattern, reading in _RULES:
        text = pattern.sub(reading, text)
    text = re.sub(r"\s+", " ", text.translate(_PAUSES))
    return re.sub(r"[, ]*([,.!?;:])(?:\s*,)*", r"\1", text).strip(" ,")


def _date(found: re.Match[str]) -> str:
    year, month, day = (int(part) for part in found.groups())
    return f"{_day(day, month)} {_year(year)}"


def _named_date(found: re.Match[str]) -> str:
    """``20 Nov 2025``, with or without its year."""
    day, name, year = found.groups()
    return _day(int(day), _MONTHS.index(name[:3]) + 1) + (f" {_year(int(year))}" if year else "")


def _day(day: int, month: int) -> str:
    return f"the {english_ordinal(day)} of {_NAMES[month - 1]}"


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if not rest or (century % 10 == 0 and rest < 10):
        return english(Decimal(year))
    return f"{english(Decimal(century))} {'oh ' if rest < 10 else ''}{english(Decimal(rest))}"


def _clock(found: re.Match[str]) -> str:
    hour, minute = found.groups()
    said = english(Decimal(hour))
    if minute == "00":
        return f"{said} o'clock"
    return f"{said} {'oh ' if minute[0] == '0' else ''}{english(Decimal(minute))}"


def _unit(found: re.Match[str]) -> str:
    number, unit = found.groups()
    return f"{_amount(number)} {_UNITS[unit]}{'' if number == '1' else 's'}"


def _amount(number: str) -> str:
    whole = number.partition(".")[0]
    if len(whole) > 1 and whole.startswith("0"):
        return english_digits(number.replace(".", ""))
    return english(Decimal(number))


_RULES: tuple[Rule, ...] = (
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"), _date),
    (re.compile(rf"(?<![\d.:/-])([1-9]|[12]\d|3[01]) ({_MONTH})\b(?: (\d{{4}})\b)?"), _named_date),
    (re.compile(r"([Bb]orn(?: in)?) (\d{4})"), lambda found: f"{found[1]} {_year(int(found[2]))}"),
    (
        re.compile(r"\b(call|dial|ring|or(?= 120\b)) (\+?\d[\d \-]*\d)"),
        lambda found: f"{found[1]} {english_digits(re.sub(r'[^0-9]', '', found[2]))}",
    ),
    (re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)"), _clock),
    (
        re.compile(r"(?<![\d.])(\d{2,3})/(\d{2,3})(?![\d.])"),
        lambda found: f"{_amount(found[1])} over {_amount(found[2])}",
    ),
    (re.compile(_NUMBER + r" ?%"), lambda found: f"{_amount(found[1])} per cent"),
    (re.compile(r"%"), lambda _: "per cent"),
    (re.compile(_NUMBER + r" ?(kg|cm|min|sec)\b"), _unit),
    (re.compile(r"(?<=\d) ?[–-] ?(?=\d)"), lambda _: " to "),
    (re.compile(r"\b(kg|cm)\b"), lambda found: f"{_UNITS[found[1]]}s"),
    (re.compile(_NUMBER), lambda found: _amount(found[1])),
)
