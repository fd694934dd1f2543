"""What a rule judges, found in a visit: one measured value, one derived value, or the best of two hands.

It answers with the number that is shown and the row it stands in. It must not know limits.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from devices.reading import Comparator, Quantity
from health.assessment import Reason
from health.inputs import Gap, Inputs, Known
from health.visit import Question

BMI = "bmi"
NON_HDL = "non_hdl"
GRIP = "grip"
CALCULATED_LDL = "ldl_sampson"
HANDS = (Quantity.GRIP_RIGHT, Quantity.GRIP_LEFT)


class Subject(msgspec.Struct, frozen=True):
    """The printed ``value`` to judge, the ``quantity`` whose row it stands in, ``about`` if derived."""

    value: Decimal
    quantity: Quantity
    comparator: Comparator | None = None
    about: str | None = None


def subject_of(judges: str, inputs: Inputs, derived: Mapping[str, Decimal | Gap]) -> Subject | Gap:
    """The value that a rule on ``judges`` is about, or why there is none."""
    if judges == GRIP:
        return _best_hand(inputs)
    if judges == BMI:
        return _derived(BMI, Quantity.BODY_WEIGHT, derived)
    if judges == NON_HDL:
        return _derived(NON_HDL, Quantity.TOTAL_CHOLESTEROL, derived)
    quantity = Quantity(judges)
    found = inputs.value(quantity)
    if isinstance(found, Known):
        return Subject(found.printed, quantity, found.comparator)
    if quantity is Quantity.LDL and found.reason is Reason.MISSING_INPUT:
        return _calculated_ldl(inputs, derived)
    return found


def _derived(name: str, quantity: Quantity, derived: Mapping[str, Decimal | Gap]) -> Subject | Gap:
    value = derived[name]
    return value if isinstance(value, Gap) else Subject(value, quantity, about=name)


def _calculated_ldl(inputs: Inputs, derived: Mapping[str, Decimal | Gap]) -> Subject | Gap:
    # The equations were fitted on fasting samples; after a meal a calculated value is printed, not classed.
    if inputs.answer(Question.FASTING) is False and not isinstance(derived[CALCULATED_LDL], Gap):
        return Gap(Reason.NOT_FASTING, Question.FASTING)
    return _derived(CALCULATED_LDL, Quantity.LDL, derived)


def _best_hand(inputs: Inputs) -> Subject | Gap:
    hands = [(hand, inputs.value(hand)) for hand in HANDS]
    known = [(found, hand) for hand, found in hands if isinstance(found, Known)]
    if known:
        best, hand = max(known, key=lambda each: each[0].printed)
        return Subject(best.printed, hand, best.comparator)
    gaps = [found for _, found in hands if isinstance(found, Gap)]
    # One hand was tried and refused: that is the reason to tell, not that the other was never tried.
    told = next((g for g in gaps if g.reason is not Reason.MISSING_INPUT), None)
    return told or Gap(Reason.MISSING_INPUT, GRIP)
