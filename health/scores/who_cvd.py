"""The WHO CVD risk 2019 for East Asia, with and without blood values: a formula over coefficients.

Who may have a number at all is decided by ``scoring``; this module must not know a visit. It works in binary
floats, as the authors' program does, and rounds once.
"""

from decimal import Decimal
from math import exp, log

import msgspec

from health.quantity import half_up

AGES = (42.5, 47.5, 52.5, 57.5, 62.5, 67.5, 72.5)
PRESSURES = ((120, 110.0), (140, 130.0), (160, 150.0), (180, 170.0))
HIGHEST_PRESSURE = 190.0
CHOLESTEROLS = ((4, 3.5), (5, 4.5), (6, 5.5), (7, 6.5))
HIGHEST_CHOLESTEROL = 7.5
BODIES = ((20, 17.5), (25, 22.5), (30, 27.5), (35, 32.5))
HIGHEST_BODY = 37.5


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Coefficients of one end point for one sex; ``shift`` and ``slope`` recalibrate it to the region."""

    survival: float
    age: float
    x: float
    pressure: float
    diabetes: float
    smoker: float
    age_x: float
    age_pressure: float
    age_diabetes: float
    age_smoker: float
    shift: float
    slope: float


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both end points of one sex."""

    coronary: Part
    stroke: Part


class Sexes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both sexes of one variant of the model."""

    male: Parts
    female: Parts


class WhoCvd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``who_cvd_2019.toml``. Ages are included from ``age_from``, not from ``age_below`` on."""

    title: str
    source: str
    evidence: str
    age_from: int
    age_below: int
    bands: tuple[int, ...]
    lab: Sexes
    nonlab: Sexes


class Risk(msgspec.Struct, frozen=True):
    """What one person brings: ``x`` is total cholesterol in mmol/L (lab) or BMI in kg/m2 (nonlab)."""

    age: float
    pressure: float
    x: float
    smoker: bool
    diabetes: bool = False


def percent(parts: Parts, centre: float, risk: Risk) -> float:
    """Ten-year risk in percent, unrounded. ``centre`` is 6 mmol/L (lab) or 25 kg/m2 (nonlab)."""
    spared = (1 - _calibrated(parts.coronary, centre, risk)) * (1 - _calibrated(parts.stroke, centre, risk))
    return 100 * (1 - spared)


def _calibrated(part: Part, centre: float, risk: Risk) -> float:
    a, b, x = risk.age - 60, risk.pressure - 120, risk.x - centre
    main = (
        part.age * a
        + part.x * x
        + part.pressure * b
        + part.diabetes * risk.diabetes
        + part.smoker * risk.smoker
    )
    with_age = (
        part.age_x * x
        + part.age_pressure * b
        + part.age_diabetes * risk.diabetes
        + part.age_smoker * risk.smoker
    )
    raw = 1 - part.survival ** exp(main + a * with_age)
    return 1 - exp(-exp(part.shift + part.slope * log(-log(1 - raw))))


def chart_cell(parts: Parts, centre: float, risk: Risk) -> int:
    """The whole percent printed in the chart's cell for this person: the model at the middle of the cell."""
    steps, last = (CHOLESTEROLS, HIGHEST_CHOLESTEROL) if centre == LAB_CENTRE else (BODIES, HIGHEST_BODY)
    middle = Risk(
        age=AGES[int((risk.age - 40) // 5)],
        pressure=_middle(risk.pressure, PRESSURES, HIGHEST_PRESSURE),
        x=_middle(risk.x, steps, last),
        smoker=risk.smoker,
        diabetes=risk.diabetes,
    )
    return int(half_up(Decimal(percent(parts, centre, middle)), 0))


LAB_CENTRE = 6.0
NONLAB_CENTRE = 25.0


def _middle(value: float, steps: tuple[tuple[int, float], ...], last: float) -> float:
    return next((middle for below, middle in steps if value < below), last)
