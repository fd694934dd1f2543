"""Whether a code exists and its unit fits: LOINC by check digit and table, HL7 codes by their lists.

Lists: FHIR 4.0.1 value sets data-absent-reason, v3-ObservationInterpretation (the part used here) and
observation-category. This module must not read a bundle.
"""

from collections.abc import Iterator

from health.fhir.codes import (
    ABSENT,
    ALL,
    CATEGORY,
    INTERPRETATION,
    LOCAL,
    LOCAL_UNITS,
    LOINC,
    MASS_TWINS,
    TOTALS_LOCAL,
    TOTALS_WITHOUT_CODE,
    UCUM,
    check_digit,
)
from health.fhir.parts import Amount, Concept

LISTS = {
    ABSENT: frozenset(
        [
            "unknown",
            "asked-unknown",
            "temp-unknown",
            "not-asked",
            "asked-declined",
            "masked",
            "not-applicable",
            "unsupported",
            "as-text",
            "error",
            "not-a-number",
            "negative-infinity",
            "positive-infinity",
            "not-performed",
            "not-permitted",
        ]
    ),
    INTERPRETATION: frozenset(["N", "L", "H", "LL", "HH", "A", "AA", "<", ">", "IND", "QCF", "U", "D"]),
    CATEGORY: frozenset(
        [
            "social-history",
            "vital-signs",
            "imaging",
            "laboratory",
            "procedure",
            "survey",
            "exam",
            "therapy",
            "activity",
        ]
    ),
    LOCAL: frozenset(LOCAL_UNITS),
    TOTALS_LOCAL: frozenset(TOTALS_WITHOUT_CODE),
}
UNITS = {(LOINC, t.code): t.unit for t in ALL} | {(LOCAL, name): unit for name, unit in LOCAL_UNITS.items()}
UNITS |= {(TOTALS_LOCAL, name): "{score}" for name in TOTALS_WITHOUT_CODE}
DISPLAYS = {t.code: t.display for t in ALL}


def code_faults(concept: Concept) -> Iterator[str]:
    """What is wrong with the codes of a concept."""
    if not concept.coding:
        yield "a code is missing"
    for coding in concept.coding:
        if coding.system == LOINC:
            yield from _loinc_faults(coding.code, coding.display)
        elif coding.system in LISTS and coding.code not in LISTS[coding.system]:
            yield f"{coding.code} is no code of {coding.system}"


def _loinc_faults(code: str, display: str | None) -> Iterator[str]:
    if not check_digit(code):
        yield f"{code} is no LOINC code: its check digit does not fit"
    elif code in MASS_TWINS:
        yield f"{code} is for mg/dL; values here are in mmol/L"
    elif code not in DISPLAYS:
        yield f"{code} is not a code this house uses"
    elif display is not None and display != DISPLAYS[code]:
        yield f"{code} is not called that"


def unit_faults(concept: Concept, value: Amount | None) -> Iterator[str]:
    """What is wrong with the unit of a value under this code."""
    if value is None:
        return
    if value.system != UCUM or value.unit is None:
        yield "a number without a UCUM unit"
    allowed = {UNITS.get((c.system, c.code)) for c in concept.coding} - {None}
    if allowed != {value.code}:
        yield f"the unit {value.code} does not belong to this code"
    if value.comparator not in {None, "<", ">"}:
        yield f"{value.comparator} is no comparator of an instrument here"
