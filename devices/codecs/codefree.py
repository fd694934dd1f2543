"""SD CodeFree: a record of 17 bytes, big-endian, mg/dL, in the frames of ``sd_meter``.

Two unknown bytes, ``YY MM DD hh mm``, glucose, meal (00 none, 10 before, 20 after), seven unknown bytes.
Whether somebody had eaten is asked by the house; the meter's key for it is pressed by few.
Source: glucometerutils, the CodeFree reader.
"""

from decimal import Decimal

from devices.codecs.sd_meter import Dialect, Measured, civil_time, five_bytes
from devices.reading import Quantity
from devices.session import Reason, RefusedError

DIALECT = Dialect(start=0x53, meter=0x20)
_SIZE = 17
_MEALS = (0x00, 0x10, 0x20)


def parse(message: bytes) -> Measured:
    """What the record says. Raises ``RefusedError`` (shape, date)."""
    if len(message) != _SIZE or message[9] not in _MEALS:
        raise RefusedError(Reason.SHAPE)
    value = int.from_bytes(message[7:9], "big")
    return Measured(civil_time(message[2:7]), ((Quantity.GLUCOSE, Decimal(value) if value else None),))


def build(measured: Measured) -> bytes:
    """The record as the meter says it."""
    value = int(dict(measured.values)[Quantity.GLUCOSE] or 0)
    return bytes(2) + five_bytes(measured.taken) + value.to_bytes(2, "big") + bytes(8)
