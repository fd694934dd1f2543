"""What a weighing indicator says lies on it: the one shape that the scale families share."""

from decimal import Decimal

import msgspec

KG_PER_LB = Decimal("0.45359237")
"""International pound, exact."""

UNITS = {"kg": "kg", "lb": "[lb_av]"}
"""What a scale prints, and the UCUM word for it. Grams, ounces and stones are no setting for people."""


class Load(msgspec.Struct, frozen=True):
    """``weight`` in ``kg`` or ``lb``, digits as printed. ``stable`` is None where the scale does not say."""

    weight: Decimal
    unit: str
    stable: bool | None = None

    @property
    def said(self) -> tuple[Decimal, str]:
        """The number with its unit: the same digits in pounds are another weight."""
        return self.weight, self.unit

    @property
    def kg(self) -> Decimal:
        """In kilograms, not rounded."""
        return self.weight if self.unit == "kg" else self.weight * KG_PER_LB
