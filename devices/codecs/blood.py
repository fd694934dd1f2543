"""What is common to every instrument that measures blood: its units, and the fences around what can be meant.

No codes and no frames: how a test is called on the wire is each family's own affair.
"""

from collections.abc import Mapping
from decimal import Decimal

from devices.codecs.numbers import Fence, fence
from devices.reading import Quantity
from devices.session import Reason, RefusedError

UNITS = {"mmol/l": "mmol/L", "mg/dl": "mg/dL"}
"""A unit as printed, in lower case, and its UCUM word."""

FENCES: Mapping[str, Mapping[Quantity, Fence]] = {
    "mmol/L": {
        Quantity.TOTAL_CHOLESTEROL: fence("0.5", "30"),
        Quantity.HDL: fence("0.1", "8"),
        Quantity.TRIGLYCERIDES: fence("0.1", "60"),
        Quantity.LDL: fence("0.1", "25"),
        Quantity.GLUCOSE: fence("0.3", "60"),
    },
    "mg/dL": {
        Quantity.TOTAL_CHOLESTEROL: fence("31", "1200"),
        Quantity.HDL: fence("9", "310"),
        Quantity.TRIGLYCERIDES: fence("16", "5400"),
        Quantity.LDL: fence("9", "970"),
        Quantity.GLUCOSE: fence("9", "1100"),
    },
}
"""Wider than any analyser's measuring range: they tell a unit fault (5.2 mg/dL, 201 mmol/L), no illness."""

_FACTORS = {Quantity.GLUCOSE: Decimal("18.016"), Quantity.TRIGLYCERIDES: Decimal("88.57")}
_CHOLESTEROL = Decimal("38.67")


def within(kind: Quantity, value: Decimal, unit: str) -> Decimal:
    """The value itself. Raises ``RefusedError`` (unit, range)."""
    if unit not in FENCES or kind not in FENCES[unit]:
        raise RefusedError(Reason.UNIT)
    return FENCES[unit][kind].check(value)


def as_mg_dl(kind: Quantity, mmol: Decimal) -> Decimal:
    """Whole mg/dL, as an American meter shows it; for simulators, a reading keeps the unit it came in.

    Cholesterol 38.67 and triglycerides 88.57 mg/dL per mmol/L; glucose by its molar mass of 180.16 g.
    """
    return (mmol * _FACTORS.get(kind, _CHOLESTEROL)).quantize(Decimal(1), rounding="ROUND_HALF_UP")
