"""CURO L7 and LipidoCare: a record of 21 bytes, big-endian, mg/dL, in the frames of ``sd_meter``.

``21 90 YY MM DD hh mm TC TG HDL 0 0 01 FLAG 00 00``; zero is not measured. FLAG 07 and 1F were seen, their
meaning is unknown. The meter's own LDL is not on the wire.
Source: a complete public reader of the CURO L7.
"""

from decimal import Decimal

from devices.codecs.sd_meter import Dialect, Measured, civil_time, five_bytes
from devices.reading import Quantity
from devices.session import Reason, RefusedError

DIALECT = Dialect(start=0x73, meter=0x50)
_MARK = bytes((0x21, 0x90))
_SIZE = 21
_KINDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.TRIGLYCERIDES, Quantity.HDL)
_TAIL = bytes((0, 0, 0, 0, 0x01, 0x07, 0, 0))


def parse(message: bytes) -> Measured:
    """What the record says. Raises ``RefusedError`` (shape, date)."""
    if len(message) != _SIZE or message[:2] != _MARK:
        raise RefusedError(Reason.SHAPE)
    words = [int.from_bytes(message[place : place + 2], "big") for place in (7, 9, 11)]
    values = tuple(Decimal(word) if word else None for word in words)
    return Measured(civil_time(message[2:7]), tuple(zip(_KINDS, values, strict=True)))


def build(measured: Measured) -> bytes:
    """The record as the meter says it."""
    said = dict(measured.values)
    words = b"".join(int(said.get(kind) or 0).to_bytes(2, "big") for kind in _KINDS)
    return _MARK + five_bytes(measured.taken) + words + _TAIL
