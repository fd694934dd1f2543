"""The one line that says what was not measured today, and why. It must not guess a reason."""

from devices.reading import Quantity
from health.visit import Skip
from health.words import Words
from printouts.content import Report, listed, name_of

_PRESSURE = frozenset({Quantity.SYSTOLIC, Quantity.DIASTOLIC})
_GRIP = frozenset({Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT})
_LIPIDS = frozenset({Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL})
_TOGETHER = (
    (_PRESSURE, "quantity.blood_pressure"),
    (_GRIP, "quantity.grip"),
    (_LIPIDS, "sheet.together.lipids"),
)


def missing_line(report: Report) -> str:
    """``今天没有量：腰围（您说不量）。``; empty where nothing is missing."""
    words, missing = report.words, report.visit.missing
    parts = []
    for reason in Skip:
        absent = frozenset(m.quantity for m in missing if m.reason is reason)
        if absent:
            names = listed(words, _names(report, absent))
            why = words.text(f"sheet.missing.{reason.value}")
            parts.append(words.text("sheet.missing.part", names=names, why=why))
    return words.text("sheet.missing", list=listed(words, parts)) if parts else ""


def _names(report: Report, absent: frozenset[Quantity]) -> list[str]:
    """Names in the order of ``Quantity``; what belongs together is named once where all of it is missing."""
    words, names = report.words, list[str]()
    done: set[Quantity] = set()
    for quantity in Quantity:
        if quantity not in absent or quantity in done:
            continue
        whole = next(((s, k) for s, k in _TOGETHER if quantity in s and _all_absent(report, s)), None)
        done |= whole[0] if whole else {quantity}
        names.append(words.text(whole[1]) if whole else _name(words, quantity))
    return names


def _name(words: Words, quantity: Quantity) -> str:
    """One hand alone is named as that hand: the other one has a value on this page."""
    return words.text(f"quantity.{quantity}") if quantity in _GRIP else name_of(words, quantity)


def _all_absent(report: Report, together: frozenset[Quantity]) -> bool:
    return all(report.visit.value_of(quantity) is None for quantity in together)
