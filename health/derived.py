"""Values calculated from measured ones, each within its own limits of validity.

Arithmetic is done on unrounded values and rounded once, at the end; only BMI starts from the printed height
and weight, so that anybody can recompute it from the paper. A value off an instrument's scale never enters.
This module must not judge a value.
"""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from devices.reading import Quantity
from health.assessment import Derived, NotAssessed, Reason
from health.bands import bmi_of
from health.inputs import Gap, Inputs
from health.ldl import friedewald, martin_hopkins, sampson
from health.quantity import CHOLESTEROL_MG_DL, TRIGLYCERIDES_MG_DL, half_up
from health.visit import Question

LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES)
PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


class Calculation(msgspec.Struct, frozen=True):
    """How one derived value is named, printed and made. ``make`` gives the value, rounded, or why not."""

    name: str
    unit: str
    make: Callable[[Inputs], Decimal | Gap]


def _bmi(inputs: Inputs) -> Decimal | Gap:
    found = inputs.numbers((Quantity.BODY_HEIGHT, Quantity.BODY_WEIGHT))
    return found if isinstance(found, Gap) else bmi_of(found[0].printed, found[1].printed)


def _non_hdl(inputs: Inputs) -> Decimal | Gap:
    found = inputs.numbers(LIPIDS[:2])
    return found if isinstance(found, Gap) else half_up(found[0].exact - found[1].exact, 2)


def _pulse_pressure(inputs: Inputs) -> Decimal | Gap:
    found = inputs.numbers(PRESSURES)
    return found if isinstance(found, Gap) else found[0].printed - found[1].printed


def _mean_pressure(inputs: Inputs) -> Decimal | Gap:
    found = inputs.numbers(PRESSURES)
    if isinstance(found, Gap):
        return found
    systolic, diastolic = found[0].printed, found[1].printed
    # Diastole lasts about two thirds of a beat at rest: the usual estimate, not what a cuff measures.
    return half_up(diastolic + (systolic - diastolic) / 3, 0)


def _ldl(inputs: Inputs, equation: Callable[[Decimal, Decimal, Decimal], Decimal | None]) -> Decimal | Gap:
    found = inputs.numbers(LIPIDS)
    if isinstance(found, Gap):
        return found
    total, hdl, triglycerides = (each.exact for each in found)
    result = equation(total * CHOLESTEROL_MG_DL, hdl * CHOLESTEROL_MG_DL, triglycerides * TRIGLYCERIDES_MG_DL)
    if result is None:
        return Gap(Reason.INPUT_OUT_OF_RANGE, Quantity.TRIGLYCERIDES)
    return half_up(result / CHOLESTEROL_MG_DL, 2)


def _friedewald(inputs: Inputs) -> Decimal | Gap:
    # The fixed ratio of triglycerides to VLDL is that of a fasting sample (Friedewald 1972).
    if inputs.answer(Question.FASTING) is False:
        return Gap(Reason.NOT_FASTING, Question.FASTING)
    return _ldl(inputs, friedewald)


CALCULATIONS = (
    Calculation("bmi", "kg/m2", _bmi),
    Calculation("pulse_pressure", "mm[Hg]", _pulse_pressure),
    Calculation("mean_pressure", "mm[Hg]", _mean_pressure),
    Calculation("non_hdl", "mmol/L", _non_hdl),
    Calculation("ldl_sampson", "mmol/L", lambda inputs: _ldl(inputs, sampson)),
    Calculation("ldl_friedewald", "mmol/L", _friedewald),
    Calculation("ldl_martin_hopkins", "mmol/L", lambda inputs: _ldl(inputs, martin_hopkins)),
)


def derive(inputs: Inputs) -> tuple[tuple[Derived, ...], tuple[NotAssessed, ...]]:
    """All derived values, and of each that could not be made the reason."""
    made: list[Derived] = []
    silent: list[NotAssessed] = []
    for calculation in CALCULATIONS:
        result = calculation.make(inputs)
        if isinstance(result, Gap):
            silent.append(NotAssessed(calculation.name, result.reason, result.needs))
        else:
            made.append(Derived(calculation.name, result, calculation.unit))
    return tuple(made), tuple(silent)
