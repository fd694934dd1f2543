"""How a number is marked in FHIR: with its unit and comparator, interpretation, range, or why it is absent.

It says with codes what a finding said with words, and nothing more. This module must not classify.
"""

from decimal import Decimal

from devices.reading import Comparator, Quantity
from health.assessment import Direction, Finding, Level
from health.fhir.codes import ABSENT, INTERPRETATION, UCUM, coded
from health.fhir.parts import Amount, Concept, Range
from health.fhir.setting import Setting
from health.quantity import MEASURES, converted, printed, printed_value
from health.visit import Observation, Sample

_NAMES = {
    "N": "Normal",
    "L": "Low",
    "H": "High",
    "LL": "Critical low",
    "HH": "Critical high",
    "<": "Off scale low",
    ">": "Off scale high",
    "A": "Abnormal",
    "QCF": "Quality control failure",
}


def amount(value: Decimal, unit: str, comparator: Comparator | None = None) -> Amount:
    """A number with its UCUM unit."""
    sign = None if comparator is None else str(comparator)
    return Amount(value=value, comparator=sign, unit=unit, system=UCUM, code=unit)


def shown(observation: Observation) -> Amount:
    """The number that was printed."""
    return amount(printed_value(observation), MEASURES[observation.quantity].unit, observation.comparator)


def shown_sample(quantity: Quantity, sample: Sample) -> Amount:
    """One reading as it would be printed."""
    value = printed(quantity, converted(quantity, sample.value, sample.unit))
    return amount(value, MEASURES[quantity].unit, sample.comparator)


def absent(code: str) -> Concept:
    """Why there is no value."""
    return coded(ABSENT, code)


def interpreted(code: str) -> Concept:
    """One interpretation."""
    return coded(INTERPRETATION, code, _NAMES[code])


def interpretation(finding: Finding | None, comparator: Comparator | None = None) -> tuple[Concept, ...]:
    """What the finding says of the value, then whether it lies off the scale."""
    codes = [] if finding is None else [_letter(finding)]
    if comparator is not None:
        codes.append(str(comparator))
    return tuple(interpreted(code) for code in codes)


def _letter(finding: Finding) -> str:
    if finding.level is Level.NORMAL or finding.direction is None:
        return "N"
    letter = "L" if finding.direction is Direction.LOW else "H"
    return 2 * letter if finding.level is Level.NOW else letter


def said_of(setting: Setting, quantity: Quantity) -> Finding | None:
    """The finding on the measured value of ``quantity`` itself, not on a pair or a derived one."""
    stem = "grip" if quantity in {Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT} else str(quantity)
    return next(
        (
            f
            for f in setting.record.assessment.findings
            if f.quantity is quantity and f.rule.startswith(f"{stem}/") and f.about is None
        ),
        None,
    )


def said_about(setting: Setting, name: str) -> Finding | None:
    """The finding on the derived value ``name``."""
    return next((f for f in setting.record.assessment.findings if f.about == name), None)


def usual(finding: Finding | None) -> tuple[Range, ...]:
    """The normal stretch of the finding's ruler, both ends included as FHIR means them."""
    if finding is None:
        return ()
    measure = MEASURES[finding.quantity]
    step = Decimal(1).scaleb(-measure.decimals)
    low_included = True
    for zone in finding.zones:
        if zone.level is Level.NORMAL:
            low = None if zone.low is None else zone.low + (0 if low_included else step)
            high = None if zone.high is None else zone.high - (0 if zone.high_included else step)
            return (_range(finding, low, high),)
        low_included = not zone.high_included
    return ()


def _range(finding: Finding, low: Decimal | None, high: Decimal | None) -> Range:
    quantity = finding.quantity
    ends = [None if v is None else amount(printed(quantity, v), MEASURES[quantity].unit) for v in (low, high)]
    return Range(low=ends[0], high=ends[1], text=finding.edition)
