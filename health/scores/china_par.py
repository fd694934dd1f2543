"""China-PAR 2016: ten-year risk of ASCVD for Chinese adults. A formula over fitted coefficients.

The coefficients are a fit to the project's own tool, not the published ones (see the TOML). Waist has a
negative coefficient for men: it is never to be shown as something that lowers the risk. This module must not
know a visit.
"""

from math import exp, log

import msgspec


class Coefficients(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sex. Factors of natural logarithms, of yes (1) or no (0), and of products with the log of age."""

    age: float
    treated: float
    untreated: float
    total_cholesterol: float
    hdl: float
    waist: float
    smoker: float
    diabetes: float
    north: float
    urban: float
    family_history: float
    age_treated: float
    age_untreated: float
    age_smoker: float
    age_family_history: float
    constant: float


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lowest and highest value the project's tool accepts (mmHg, mmol/L, cm)."""

    systolic: tuple[float, float]
    total_cholesterol: tuple[float, float]
    hdl: tuple[float, float]
    waist: tuple[float, float]


class ChinaPar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``china_par_2016.toml``."""

    title: str
    source: str
    evidence: str
    age_from: int
    age_below: int
    bands: tuple[int, ...]
    mmol_per_mg_dl: float
    male: Coefficients
    female: Coefficients
    limits: Limits


class Profile(msgspec.Struct, frozen=True):
    """What one person brings: cholesterol and HDL in mmol/L, waist in cm, pressure in mmHg, age in years."""

    age: float
    systolic: float
    total_cholesterol: float
    hdl: float
    waist: float
    treated: bool
    smoker: bool
    diabetes: bool
    north: bool
    urban: bool
    family_history: bool


def percent(model: ChinaPar, c: Coefficients, who: Profile) -> float:
    """Ten-year risk in percent, unrounded."""
    age, pressure = log(who.age), log(who.systolic)
    cholesterol, hdl = (log(v / model.mmol_per_mg_dl) for v in (who.total_cholesterol, who.hdl))
    medicine = (c.treated + c.age_treated * age) if who.treated else (c.untreated + c.age_untreated * age)
    z = c.constant + c.age * age + medicine * pressure
    z += c.total_cholesterol * cholesterol + c.hdl * hdl + c.waist * log(who.waist)
    z += who.smoker * (c.smoker + c.age_smoker * age) + who.diabetes * c.diabetes
    z += who.north * c.north + who.urban * c.urban
    z += who.family_history * (c.family_history + c.age_family_history * age)
    return 100 * (1 - exp(-exp(z)))
