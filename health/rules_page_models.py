"""The part of ``docs/rules.md`` on what is calculated: ranges believed, derived values, risk models.

It must not hold a limit: every figure is read from the code that uses it.
"""

from collections.abc import Iterator
from itertools import pairwise

from health.ldl import FRIEDEWALD_TG, SAMPSON_TG
from health.ldl_table import HIGHEST, ROWS
from health.nearness import ALLOWED
from health.plausible import RANGES
from health.quantity import CHOLESTEROL_MG_DL, GLUCOSE_MG_DL, MEASURES, TRIGLYCERIDES_MG_DL
from health.scores.china_par import ChinaPar
from health.scores.scoring import LAB, NONLAB, PAR, Models
from health.scores.who_cvd import WhoCvd

_SAMPSON = (
    "| LDL, Sampson-NIH 2020 (mg/dL) | TC/0.948 − HDL/0.971 − (TG/8.56 + TG·nonHDL/2140 − TG²/16100) − 9.44"
)


def ranges() -> Iterator[str]:
    """What is measured again instead of judged."""
    yield "\n## What is not believed\n\nOur own choice: no guideline gives these. Outside the "
    yield "range a value is "
    yield "refused and never judged; beyond the inner limits it is measured once more.\n\n"
    yield "| value | refused outside | measured again below | above |\n|---|---|---|---|\n"
    for quantity, span in RANGES.items():
        again = ["–" if v is None else str(v) for v in (span.repeat_low, span.repeat_high)]
        yield f"| {quantity} ({MEASURES[quantity].sign}) | {span.low}–{span.high} | {again[0]} | "
        yield f"{again[1]} |\n"
    yield "\n## How near to a limit is near\n\nFor the doctor's page only. Total error of WS/T "
    yield "403-2024 (glucose: bias "
    yield "of portable meters), read in public code that transcribes it, not in the standard.\n\n"
    yield "| value | allowed error |\n|---|---|\n"
    for quantity, error in ALLOWED.items():
        fixed = f"{error.fixed} up to {error.upto}, above " if error.fixed else ""
        yield f"| {quantity} | {fixed}{error.relative * 100:.0f} % |\n"


def calculations() -> Iterator[str]:
    """The derived values, their formulas and their limits of validity."""
    yield f"""
## Calculated values

A value off an instrument's scale never enters. mg/dL per mmol/L: cholesterol {CHOLESTEROL_MG_DL},
triglycerides {TRIGLYCERIDES_MG_DL}, glucose {GLUCOSE_MG_DL}. Converted once, calculated unrounded, rounded
at the end.

| value | formula | valid |
|---|---|---|
| BMI | printed kg / (printed m)² | always |
| pulse pressure | systolic − diastolic, as printed | always |
| mean pressure | diastolic + (systolic − diastolic) / 3 | an estimate; a cuff's own would stand apart |
| non-HDL | total − HDL | always |
| LDL, Friedewald 1972 (mg/dL) | TC − HDL − TG/5 | TG up to {FRIEDEWALD_TG:.1f} mg/dL, not after a meal |
{_SAMPSON} | TG up to {SAMPSON_TG} mg/dL |
| LDL, Martin-Hopkins 2013 (mg/dL) | nonHDL − TG/factor, 180 factors | TG {ROWS[0]} to under {HIGHEST} mg/dL |

The meter's own LDL is kept apart and judged; without one the Sampson value of a fasting sample is. A result
that is not above zero or exceeds non-HDL gives no value.
"""


def models(said: Models) -> Iterator[str]:
    """The risk models: for whom, from what, and how well checked."""
    yield "\n## Ten-year risk\n\nOnly for people without known heart attack or stroke, with "
    yield "every answer given; never from "
    yield "a value off scale, out of control or doubtful. From 75 on no percentage: no model is "
    yield "valid there. The "
    yield "continuous value is shown; the chart's cell stands beside it for the doctor.\n"
    yield from _who(said.who)
    yield from _par(said.par)


def _who(model: WhoCvd) -> Iterator[str]:
    yield f"\n### `{LAB}`, `{NONLAB}` · {model.title}\n\n"
    yield f"- Ages {model.age_from} to under {model.age_below}. Heart attack or stroke.\n"
    yield "- Laboratory: age, sex, systolic, smoking, total cholesterol, diabetes. Other: BMI in "
    yield "place of the last two.\n"
    yield f"- Bands, %: {_bands(model.bands)}\n- Source: {model.source}\n- Evidence: {model.evidence}\n"


def _par(model: ChinaPar) -> Iterator[str]:
    limits = model.limits
    yield f"\n### `{PAR}` · {model.title}\n\n"
    yield f"- Ages {model.age_from} to under {model.age_below}. Atherosclerotic cardiovascular disease.\n"
    yield "- Age, sex, systolic, treatment of pressure, total cholesterol, HDL, waist, smoking, "
    yield "diabetes, north or south, "
    yield "and for men urban or rural and family history.\n"
    yield f"- Accepted: systolic {_span(limits.systolic)} mmHg, total cholesterol "
    yield f"{_span(limits.total_cholesterol)}, HDL "
    yield f"{_span(limits.hdl)} mmol/L, waist {_span(limits.waist)} cm.\n"
    yield f"- Bands, %: {_bands(model.bands)}\n- Source: {model.source}\n- Evidence: {model.evidence}\n"


def _bands(limits: tuple[int, ...]) -> str:
    inner = [f"{low} to under {high}" for low, high in pairwise(limits)]
    return " · ".join((f"under {limits[0]}", *inner, f"{limits[-1]} and more"))


def _span(limits: tuple[float, float]) -> str:
    return f"{limits[0]:g}–{limits[1]:g}"
