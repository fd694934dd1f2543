"""What a cell of a roster may say, and what is wrong with it: names and numbers as an office types them.

An identity number is looked at here and kept nowhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,30}")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
# GB 11643-1999: weights and check characters of the 18-character identity number (ISO 7064, MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PADDING = "\u3000"
"""A full-width space: typists set two-character names apart with it, so that they stand under longer ones."""


class Column(StrEnum):
    """What a roster may say of a resident. Only the identity number must be there."""

    IDENTITY = "identity"
    NAME = "name"
    PHONE = "phone"
    TEAM = "team"
    DOCTOR = "doctor"


_LONGEST = {Column.NAME: 64, Column.PHONE: 32, Column.TEAM: 64, Column.DOCTOR: 64}


class Fault(StrEnum):
    """What is wrong with a line; keys of ``office.po`` (``roster.fault.…``)."""

    UNREADABLE = "unreadable"
    NO_NUMBER = "no_number"
    WRONG_NUMBER = "wrong_number"
    TWICE = "twice"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    WRONG_PHONE = "wrong_phone"


def cell_of(column: Column, text: str) -> str:
    """A cell as it was meant."""
    # A spreadsheet puts an apostrophe or a tab before a number it must not round, or says it as ="…".
    text = text.strip().lstrip("'\t")
    formula = _TEXT_FORMULA.fullmatch(text)
    text = plain(text if formula is None else formula[1])
    if column is Column.IDENTITY:
        return text.replace(" ", "")
    # It also takes a telephone number for an amount.
    return text.removesuffix(".0") if column is Column.PHONE else text


def plain(text: str) -> str:
    """``text`` as it was meant: full-width digits, letters and signs plain (NFKC), no invisible marks."""
    if text.isascii():
        return text.strip()
    shown = "".join(sign for sign in text.replace(_PADDING, "") if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", shown).strip()


def number_of(cells: Mapping[Column, str]) -> str:
    """The identity number of a line; empty where it has none."""
    return cells.get(Column.IDENTITY, "").upper()


def fault_of(cells: Mapping[Column, str]) -> Fault | None:
    """What is wrong with a line, the first of it; None where nothing is."""
    number = number_of(cells)
    if not number:
        return Fault.NO_NUMBER
    if not is_identity(number):
        return Fault.WRONG_NUMBER
    return next(cell_faults(cells), None)


def cell_faults(cells: Mapping[Column, str]) -> Iterator[Fault]:
    """What is wrong with name, telephone, team or doctor, wherever they are written."""
    for column, longest in _LONGEST.items():
        text = cells.get(column, "")
        if not text.isprintable():
            yield Fault.UNPRINTABLE
        if len(text) > longest:
            yield Fault.TOO_LONG
    phone = cells.get(Column.PHONE, "")
    if phone and not _PHONE.fullmatch(phone):
        yield Fault.WRONG_PHONE


def is_identity(number: str) -> bool:
    """Whether this is an identity number of 18 characters, by its shape and its check character."""
    if not _NUMBER.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]
