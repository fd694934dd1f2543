"""OMRON HBP-9030 USB output, function item 32, format 5: one line of exactly 53 bytes per measurement.

``YYYY,MM,DD,hh,mm,<20-byte id>,E,SYS,DIA,PR,M``. E is the error number, 0 for good; with an error the three
vitals are three spaces each. M counts body movements. There is no checksum.
Source: OMRON manual 2873643-0F p. 20, as cited by BP_checker; the MDI client agrees on the positions.
"""

import re
from datetime import datetime
from decimal import Decimal

import msgspec

from devices.blanking import lines
from devices.codecs.numbers import fence
from devices.framing import Frame
from devices.session import Reason, RefusedError

LIMIT = 256
SYSTOLIC = fence("60", "260")
DIASTOLIC = fence("30", "215")
PULSE = fence("40", "180")

_ID_BYTES = 20
_ID_AT = 17
_LINE = re.compile(
    rb"(\d{4}),(\d\d),(\d\d),(\d\d),(\d\d),[\x20-\x2b\x2d-\x7e]{20},"
    rb"(\d),(\d{3}|   ),(\d{3}|   ),(\d{3}|   ),(\d)"
)


class Pressure(msgspec.Struct, frozen=True):
    """mmHg, mmHg, beats a minute, and how often the body moved."""

    systolic: Decimal
    diastolic: Decimal
    pulse: Decimal
    movements: int
    taken: datetime


class CuffError(msgspec.Struct, frozen=True):
    """The instrument could not measure; ``number`` is its own error number 1-9."""

    number: int
    taken: datetime


def parse(frame: Frame) -> Pressure | CuffError:
    """What the line says. Raises ``RefusedError`` (shape, date, range)."""
    found = _LINE.fullmatch(frame.data)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    texts = [text.decode("ascii") for text in found.groups()]
    taken = _civil_time(*texts[:5])
    error, vitals, movements = int(texts[5]), texts[6:9], int(texts[9])
    if error:
        return CuffError(error, taken)
    if any(text.isspace() for text in vitals):
        raise RefusedError(Reason.SHAPE)
    systolic, diastolic, pulse = (Decimal(text) for text in vitals)
    SYSTOLIC.check(systolic)
    DIASTOLIC.check(diastolic)
    PULSE.check(pulse)
    if diastolic >= systolic:
        raise RefusedError(Reason.RANGE)
    return Pressure(systolic, diastolic, pulse, movements, taken)


def _civil_time(year: str, month: str, day: str, hour: str, minute: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}")
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def blanked(data: bytes) -> bytes:
    """The line with the id overwritten by spaces."""
    return data[:_ID_AT] + b" " * _ID_BYTES + data[_ID_AT + _ID_BYTES :]


blank = lines(_LINE, blanked)
"""Of a line with another shape, where the id stands is not known: all of it is masked."""


def build(said: Pressure | CuffError, patient: str = "") -> bytes:
    """The line with its CR LF, 55 bytes."""
    if isinstance(said, CuffError):
        tail = f"{said.number},   ,   ,   ,0"
    else:
        vitals = ",".join(f"{int(value):03}" for value in (said.systolic, said.diastolic, said.pulse))
        tail = f"0,{vitals},{said.movements}"
    return f"{said.taken:%Y,%m,%d,%H,%M},{patient:>20},{tail}\r\n".encode("ascii")
