"""OMRON HBP-9020, mode 5 (F3): ``bp,<20-byte id>,YYYY/MM/DD,hh:mm,SYS,MAP,DIA,PR,n`` and CR LF, no checksum.

What the last digit says was never read; it is not told. Nor is it known how this mode reports a failure.
Source: a captured line and the one public client that reads it.
"""

import re
from decimal import Decimal

from devices.blanking import lines
from devices.codecs.cuff import Cuff, check, civil_time
from devices.framing import Frame
from devices.session import Reason, RefusedError

LIMIT = 256
_ID_BYTES = 20
_ID_AT = 3
_LINE = re.compile(
    r"bp,[\x20-\x2b\x2d-\x7e]{20},(\d{4}/\d\d/\d\d,\d\d:\d\d),(\d{3}),(\d{3}),(\d{3}),(\d{3}),\d"
)
_WIRE = re.compile(_LINE.pattern.encode("ascii"))


def parse(frame: Frame) -> Cuff:
    """What the line says. Raises ``RefusedError`` (shape, date, range)."""
    found = _LINE.fullmatch(frame.data.decode("latin-1"))
    if found is None or not found[0].isascii():
        raise RefusedError(Reason.SHAPE)
    taken = civil_time(found[1], "%Y/%m/%d,%H:%M")
    systolic, mean, diastolic, pulse = (Decimal(text) for text in found.groups()[1:])
    return check(Cuff(systolic, mean, diastolic, pulse, taken))


def blanked(data: bytes) -> bytes:
    """The line with the id overwritten by spaces."""
    return data[:_ID_AT] + b" " * _ID_BYTES + data[_ID_AT + _ID_BYTES :]


blank = lines(_WIRE, blanked)
"""Of a line with another shape, where the id stands is not known: all of it is masked."""


def build(cuff: Cuff, patient: str = "9" * 20) -> bytes:
    """The line with its CR LF, 62 bytes."""
    vitals = (cuff.systolic, cuff.mean, cuff.diastolic, cuff.pulse)
    numbers = ",".join(f"{int(value):03}" for value in vitals)
    return f"bp,{patient:>20},{cuff.taken:%Y/%m/%d,%H:%M},{numbers},3\r\n".encode("ascii")
