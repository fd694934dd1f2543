"""Printed digits into exact numbers, and the fences that tell a unit or format fault from a value.

A fence is as wide as people and instruments are; it is no clinical limit. Beyond it a frame is refused, never
clipped.
"""

import re
from decimal import Decimal

import msgspec

from devices.session import Reason, RefusedError

_PLAIN = re.compile(r"\d{1,6}(\.\d{1,4})?")


class Fence(msgspec.Struct, frozen=True):
    """Lowest and highest value that can be meant, both included."""

    low: Decimal
    high: Decimal

    def check(self, value: Decimal) -> Decimal:
        """The value itself. Raises ``RefusedError`` (range)."""
        if not self.low <= value <= self.high:
            raise RefusedError(Reason.RANGE)
        return value


def fence(low: str, high: str) -> Fence:
    """A fence from printed numbers."""
    return Fence(Decimal(low), Decimal(high))


WEIGHT_KG = fence("20", "300")
"""Shanghe SH series and Pelstar platforms carry up to 300 kg; a standing adult or child weighs 20 or more."""

HEIGHT_CM = fence("60", "230")
"""Range of the ultrasonic and rod stadiometers."""


def plain(text: str) -> Decimal:
    """Digits with at most one point. No sign, no exponent, no space. Raises ``RefusedError`` (shape)."""
    if not _PLAIN.fullmatch(text) or not text.isascii():
        raise RefusedError(Reason.SHAPE)
    return Decimal(text)


def tenths(value: Decimal) -> Decimal:
    """Rounded as an instrument prints it: one decimal, half up."""
    return value.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
