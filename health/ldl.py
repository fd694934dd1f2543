"""LDL cholesterol by three published equations, all in mg/dL.

Each gives None where its authors did not validate it, and where the result cannot be true; a clipped value is
never returned. Conversion and rounding are the caller's, once, at the end. The meter's own LDL comes first,
then Sampson; the other two are kept for the doctor.
"""

from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal

from health.ldl_table import COLUMNS, FACTORS, HIGHEST, ROWS

# Friedewald is valid to 4.5 mmol/L, as the guidelines print it; Sampson to 800 mg/dL, which is 9.03 mmol/L.
FRIEDEWALD_TG = Decimal("4.5") * Decimal("88.57")
SAMPSON_TG = Decimal(800)
ONE = Decimal(1)


def friedewald(total: Decimal, hdl: Decimal, triglycerides: Decimal) -> Decimal | None:
    """TC - HDL - TG/5. Friedewald WT et al., Clin Chem 1972;18:499. Fasting samples, TG to 400 mg/dL."""
    if triglycerides > FRIEDEWALD_TG:
        return None
    return _believed(total - hdl - triglycerides / 5, total - hdl)


def sampson(total: Decimal, hdl: Decimal, triglycerides: Decimal) -> Decimal | None:
    """NIH equation 2. Sampson M et al., JAMA Cardiol 2020;5:540. TG to 800 mg/dL."""
    # In whole mg/dL as the authors wrote it, so that 800 converted there and back is still 800.
    if _whole(triglycerides) > SAMPSON_TG:
        return None
    non_hdl = total - hdl
    very_low = (
        triglycerides / Decimal("8.56")
        + triglycerides * non_hdl / 2140
        - triglycerides * triglycerides / 16100
    )
    return _believed(total / Decimal("0.948") - hdl / Decimal("0.971") - very_low - Decimal("9.44"), non_hdl)


def martin_hopkins(total: Decimal, hdl: Decimal, triglycerides: Decimal) -> Decimal | None:
    """Non-HDL - TG/factor, factor from the 180-cell table. Martin SS et al., JAMA 2013;310:2061.

    The look-up takes whole mg/dL, else 49.5 would fall between two rows. From 400 mg/dL on the factor is one
    row for everything, so no value is given there.
    """
    non_hdl = total - hdl
    row, column = _whole(triglycerides), _whole(non_hdl)
    if not ROWS[0] <= row < HIGHEST:
        return None
    factor = FACTORS[bisect_right(ROWS, row) - 1][bisect_right(COLUMNS, column)]
    return _believed(non_hdl - triglycerides / factor, non_hdl)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(ONE, rounding=ROUND_HALF_UP)


def _believed(ldl: Decimal, non_hdl: Decimal) -> Decimal | None:
    """LDL is part of non-HDL; a result that is not, or not above zero, is none."""
    return ldl if 0 < ldl <= non_hdl else None
