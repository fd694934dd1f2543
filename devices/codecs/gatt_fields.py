"""Fields that Bluetooth health characteristics share, read one after the other.

All little-endian. An SFLOAT is a signed exponent in the high four bits and a signed mantissa in the low
twelve; five words are no numbers, and a naive reader makes 2047 mmHg of one of them.
Source: IEEE 11073-20601 SFLOAT-Type; Bluetooth GATT Date Time; openScale, Nordic nRF5 ble_bps.
"""

from datetime import datetime
from decimal import Decimal

import msgspec

from devices.reading import Confidential
from devices.session import Reason, RefusedError

NO_NUMBERS = frozenset((0x07FF, 0x0800, 0x07FE, 0x0802, 0x0801))
"""NaN, not at this resolution, plus and minus infinity, reserved."""

NOT_MEASURED = 0xFFFF


def sfloat(data: bytes) -> Decimal | None:
    """Two bytes into a number, None for a special value. Raises ``RefusedError`` (shape)."""
    if len(data) != 2:
        raise RefusedError(Reason.SHAPE)
    word = int.from_bytes(data, "little")
    mantissa, exponent = word & 0x0FFF, word >> 12
    if word in NO_NUMBERS:
        return None
    signed = mantissa - 0x1000 if mantissa & 0x0800 else mantissa
    return Decimal(signed).scaleb(exponent - 16 if exponent & 0x8 else exponent)


class Fields(Confidential, msgspec.Struct):
    """What is left of one characteristic's value. Every read raises ``RefusedError`` (shape) at its end."""

    left: bytes

    def take(self, size: int) -> bytes:
        """The next so many bytes."""
        if len(self.left) < size:
            raise RefusedError(Reason.SHAPE)
        taken, self.left = self.left[:size], self.left[size:]
        return taken

    def word(self) -> int:
        """Unsigned, two bytes."""
        return int.from_bytes(self.take(2), "little")

    def sfloat(self) -> Decimal | None:
        """A number or None."""
        return sfloat(self.take(2))

    def scaled(self, step: str) -> Decimal | None:
        """A word in steps of so much, None where it was not measured."""
        word = self.word()
        return None if word == NOT_MEASURED else word * Decimal(step)

    def civil_time(self) -> datetime | None:
        """Seven bytes; None where year, month or day is not known (0). Raises ``RefusedError`` (date)."""
        year = self.word()
        month, day, hour, minute, second = self.take(5)
        if not (year and month and day):
            return None
        try:
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the instrument says no zone
        except ValueError as error:
            raise RefusedError(Reason.DATE) from error

    def end(self) -> None:
        """Nothing may be left."""
        if self.left:
            raise RefusedError(Reason.SHAPE)
