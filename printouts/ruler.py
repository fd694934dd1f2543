"""The fixed rulers of the roads: from where to where each quantity is drawn.

A ruler never stretches to the data: it depends on quantity, sex and height only, so two sheets lie side by
side. It must not know a limit or a level; those come with the finding (``Zone``).
"""

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from devices.reading import Quantity
from health.visit import Sex


class Ruler(msgspec.Struct, frozen=True):
    """The two ends of a road, in the unit the value is printed in; ``low < high``."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies on the ruler, ends included."""
        return self.low <= value <= self.high

    def place(self, value: Decimal, width_mm: float) -> float:
        """Where ``value`` lies, in mm from the low end; outside the ruler it is the end."""
        inside = min(max(value, self.low), self.high)
        return float((inside - self.low) / (self.high - self.low)) * width_mm


def _ruler(low: str, high: str) -> Ruler:
    return Ruler(Decimal(low), Decimal(high))


# Our choice, to be tried with readers over 75: each ruler holds all limits of its rule and the values that
# community health checks commonly see. Units: mm[Hg], /min, %, mmol/L, kg, cm.
RULERS = {
    Quantity.SYSTOLIC: _ruler("80", "200"),
    Quantity.DIASTOLIC: _ruler("40", "120"),
    Quantity.PULSE: _ruler("40", "140"),
    Quantity.SPO2: _ruler("85", "100"),
    Quantity.GLUCOSE: _ruler("2.5", "13"),
    Quantity.TOTAL_CHOLESTEROL: _ruler("2.5", "9"),
    Quantity.LDL: _ruler("1", "6.5"),
    Quantity.HDL: _ruler("0.4", "2.6"),
    Quantity.TRIGLYCERIDES: _ruler("0.5", "6.5"),
    Quantity.BODY_FAT: _ruler("5", "50"),
}
NON_HDL = _ruler("1.5", "7.5")
BMI = _ruler("14", "36")
_BY_SEX = {
    (Quantity.GRIP_LEFT, Sex.FEMALE): _ruler("0", "40"),
    (Quantity.GRIP_LEFT, Sex.MALE): _ruler("0", "60"),
    (Quantity.GRIP_RIGHT, Sex.FEMALE): _ruler("0", "40"),
    (Quantity.GRIP_RIGHT, Sex.MALE): _ruler("0", "60"),
    (Quantity.WAIST, Sex.FEMALE): _ruler("60", "110"),
    (Quantity.WAIST, Sex.MALE): _ruler("65", "115"),
}
_BMI_ENDS = (Decimal("15"), Decimal("34.5"))


def ruler_of(quantity: Quantity, sex: Sex | None = None, height_cm: Decimal | None = None) -> Ruler | None:
    """The ruler of ``quantity``; None where none is fixed (grip without sex, weight without height)."""
    if quantity in RULERS:
        return RULERS[quantity]
    if quantity is Quantity.BODY_WEIGHT:
        return None if height_cm is None else _weight_ruler(height_cm)
    return None if sex is None else _BY_SEX.get((quantity, sex))


def _weight_ruler(height_cm: Decimal) -> Ruler:
    """BMI 15 to 34.5 at this height, to the nearest 5 kg."""
    squared = (height_cm / 100) ** 2
    low, high = ((end * squared / 5).quantize(Decimal(1), ROUND_HALF_UP) * 5 for end in _BMI_ENDS)
    return Ruler(low, high)
