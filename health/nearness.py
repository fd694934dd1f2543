"""Whether a value lies so near a limit that the method's own error could have put it on the other side.

For the doctor's page only; a resident is never told a doubt she cannot act on. It must not change a level.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import msgspec

from devices.reading import Quantity
from health.assessment import Zone


class Error(msgspec.Struct, frozen=True):
    """Allowed error: ``fixed`` (in the printed unit) up to ``upto``, the share ``relative`` above it."""

    relative: Decimal
    fixed: Decimal = Decimal(0)
    upto: Decimal = Decimal(0)

    def at(self, limit: Decimal) -> Decimal:
        """How far a value of ``limit`` may honestly be off."""
        return self.fixed if limit <= self.upto else limit * self.relative


# Total error of WS/T 403-2024 (in force 2024-11-01); glucose: the row for portable meters, bias. Read in
# public code that transcribes the standard, not in the standard itself.
ALLOWED: Mapping[Quantity, Error] = MappingProxyType(
    {
        Quantity.TOTAL_CHOLESTEROL: Error(Decimal("0.09")),
        Quantity.TRIGLYCERIDES: Error(Decimal("0.14")),
        Quantity.HDL: Error(Decimal("0.20"), Decimal("0.16"), Decimal("0.8")),
        Quantity.LDL: Error(Decimal("0.20"), Decimal("0.4"), Decimal(2)),
        Quantity.GLUCOSE: Error(Decimal("0.15"), Decimal("0.83"), Decimal("5.5")),
    }
)


def near_limit(quantity: Quantity, value: Decimal, zones: tuple[Zone, ...]) -> bool:
    """Whether a limit of ``zones`` lies within the allowed error of ``value``; never where none is known."""
    error = ALLOWED.get(quantity)
    if error is None:
        return False
    return any(abs(value - zone.high) <= error.at(zone.high) for zone in zones if zone.high is not None)
