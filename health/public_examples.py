"""The worked examples that others published, each run through the code that ships.

``docs/rules.md`` prints ours beside theirs, and a test compares them. An example whose inputs were not
published in full is not here. This module must not hold a formula.
"""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from health.bands import bmi_of
from health.ldl import friedewald, martin_hopkins, sampson
from health.pressure import mean_of
from health.quantity import TRIGLYCERIDES_MG_DL, half_up
from health.rule import Protocol
from health.scores import china_par, who_cvd
from health.scores.china_par import Profile
from health.scores.scoring import Models
from health.scores.who_cvd import LAB_CENTRE, NONLAB_CENTRE, Risk


class Example(msgspec.Struct, frozen=True):
    """One example: where it was published, what went in, what they print and what this code gives."""

    source: str
    inputs: str
    theirs: str
    ours: str


WHO = "WHO CVD risk chart, East Asia"
# sex, age, systolic, cholesterol or BMI, diabetes, smoker, printed cell
CELLS = (
    ("lab", "man", 62.5, 130.0, 5.5, False, False, 11),
    ("lab", "woman", 72.5, 150.0, 5.5, False, False, 20),
    ("lab", "man", 67.5, 150.0, 5.5, True, False, 27),
    ("lab", "woman", 52.5, 190.0, 7.5, True, True, 42),
    ("nonlab", "man", 67.5, 150.0, 27.5, False, False, 19),
    ("nonlab", "woman", 72.5, 150.0, 22.5, False, False, 21),
)
LDL_MG_DL = Decimal(200), Decimal(50), Decimal(150)


def examples(models: Models, protocol: Protocol) -> tuple[Example, ...]:
    """Every published example with our answer."""
    return (
        *(_cell(models, *cell) for cell in CELLS),
        _china_par(models),
        *(_ldl(name, theirs, equation) for name, theirs, equation in _LDL),
        Example("arithmetic, halves up (31.25 by hand)", "72.2 kg, 152 cm", "31.3", _bmi("152", "72.2")),
        _mean(protocol),
        _limit("4.5", "398.6"),
        _limit("9.03", "799.8"),
    )


def _cell(
    models: Models,
    variant: str,
    who: str,
    age: float,
    pressure: float,
    x: float,
    diabetes: bool,  # noqa: FBT001 - a row of a table
    smoker: bool,  # noqa: FBT001
    cell: int,
) -> Example:
    sexes = models.who.lab if variant == "lab" else models.who.nonlab
    parts = sexes.male if who == "man" else sexes.female
    centre = LAB_CENTRE if variant == "lab" else NONLAB_CENTRE
    risk = Risk(age, pressure, x, smoker, diabetes)
    third = f"cholesterol {x} mmol/L" if variant == "lab" else f"BMI {x}"
    habits = "".join(f", {name}" for said, name in ((diabetes, "diabetes"), (smoker, "smoker")) if said)
    exact = who_cvd.percent(parts, centre, risk)
    ours = f"{who_cvd.chart_cell(parts, centre, risk)} % ({exact:.2f})"
    return Example(WHO, f"{who} {age}, {pressure:.0f} mmHg, {third}{habits}", f"{cell} %", ours)


def _china_par(models: Models) -> Example:
    man = Profile(
        age=40,
        systolic=145,
        total_cholesterol=5.2,
        hdl=1.3,
        waist=80,
        treated=False,
        smoker=False,
        diabetes=False,
        north=True,
        urban=True,
        family_history=True,
    )
    ours = half_up(Decimal(china_par.percent(models.par, models.par.male, man)), 1)
    return Example(
        "中国心血管病风险评估和管理指南 2019, worked example (China-PAR)",
        "man 40, north, urban, waist 80 cm, cholesterol 5.2, HDL 1.3 mmol/L, 145 mmHg "
        "untreated, family history",
        "4.7 %",
        f"{ours} %",
    )


_LDL: tuple[tuple[str, str, Callable[[Decimal, Decimal, Decimal], Decimal | None]], ...] = (
    ("Friedewald", "120.0", friedewald),
    ("Sampson-NIH 2020", "123.4", sampson),
    ("Martin-Hopkins", "123.7", martin_hopkins),
)


def _ldl(name: str, theirs: str, equation: Callable[[Decimal, Decimal, Decimal], Decimal | None]) -> Example:
    found = equation(*LDL_MG_DL)
    ours = "none" if found is None else f"{half_up(found, 1)} mg/dL"
    inputs = "total 200, HDL 50, triglycerides 150 mg/dL"
    return Example(f"public LDL calculators, {name}", inputs, f"{theirs} mg/dL", ours)


def _bmi(height: str, weight: str) -> str:
    return str(bmi_of(Decimal(height), Decimal(weight)))


def _mean(protocol: Protocol) -> Example:
    readings = [(Decimal(s), Decimal(80)) for s in (152, 140, 136)]
    ours = mean_of(readings, protocol)[0]
    return Example(
        "primary-care guideline 2025, mean of the last two (the 2018 mean of three would be 143)",
        "systolic 152, 140, 136",
        "138",
        str(ours),
    )


def _limit(mmol: str, mg: str) -> Example:
    ours = half_up(Decimal(mmol) * TRIGLYCERIDES_MG_DL, 1)
    return Example("factor 88.57, triglycerides", f"{mmol} mmol/L", f"{mg} mg/dL", f"{ours} mg/dL")
