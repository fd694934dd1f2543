"""Terumo BP-500, BR-500, ES-P2020: ``STX R1,<9>,yymmdd,hhmmss,SYS,MAP,DIA,PR,0000,0000,00000,000 ETX BCC``.

No line end, so what cuts at CR LF waits for ever. BCC is the sum from STX to ETX, modulo 256. What the last
four fields say was never read.
Source: two public clients and a captured frame.
"""

import re
from decimal import Decimal

from devices.blanking import masked
from devices.codecs.cuff import Cuff, check, civil_time
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

LIMIT = 128
STX, ETX = b"\x02", b"\x03"
_FRAME = re.compile(
    r"\x02R1,([ -~]{9}),(\d{6},\d{6}),(\d{3}),(\d{3}),(\d{3}),(\d{3}),\d{4},\d{4},\d{5},\d{3}\x03"
)
_ID_AT = 4
_ID_BYTES = 9


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """From STX to the byte behind ETX; another STX first cuts it off."""
    if held[0] in b"\r\n":
        return Cut(Kind.SKIP, 1)
    if not held.startswith(STX):
        places = [held.find(mark) for mark in (STX, b"\r", b"\n")]
        return Cut(Kind.JUNK, min((place for place in places if place >= 0), default=len(held)))
    end = held.find(ETX, 1, LIMIT)
    again = held.find(STX, 1, end if end > 0 else LIMIT)
    if again > 0:
        return Cut(Kind.JUNK, again)
    if end < 0:
        return Cut(Kind.JUNK, 1) if len(held) >= LIMIT else None
    return Cut(Kind.FRAME, end + 2) if len(held) >= end + 2 else None


def parse(frame: Frame) -> Cuff:
    """What the frame says. Raises ``RefusedError`` (shape, checksum, date, range)."""
    data, said = frame.data[:-1], frame.data[-1]
    if checksum(data) != said:
        raise RefusedError(Reason.CHECKSUM)
    found = _FRAME.fullmatch(data.decode("latin-1"))
    if found is None:
        raise RefusedError(Reason.SHAPE)
    taken = civil_time(found[2], "%y%m%d,%H%M%S")
    systolic, mean, diastolic, pulse = (Decimal(text) for text in found.groups()[2:])
    return check(Cuff(systolic, mean, diastolic, pulse, taken))


def checksum(data: bytes) -> int:
    """Sum of all bytes, modulo 256."""
    return sum(data) % 256


def blanked(data: bytes) -> bytes:
    """The frame with its number of nine characters overwritten by spaces; all text in any other shape.

    Line ends around it stay; a good BCC stays good, a wrong one wrong.
    """
    start = data.find(STX)
    end = data.find(ETX, start + 1)
    if start < 0 or end < 0 or len(data) < end + 2:
        return masked(data)
    body = data[start : end + 1]
    if _FRAME.fullmatch(body.decode("latin-1")):
        covered = body[:_ID_AT] + b" " * _ID_BYTES + body[_ID_AT + _ID_BYTES :]
    else:
        covered = masked(body)
    bcc = (data[end + 1] + checksum(covered) - checksum(body)) % 256
    return data[:start] + covered + bytes((bcc,)) + data[end + 2 :]


def build(cuff: Cuff, patient: str = "0" * 9) -> bytes:
    """The frame with its BCC."""
    vitals = (cuff.systolic, cuff.mean, cuff.diastolic, cuff.pulse)
    numbers = ",".join(f"{int(value):03}" for value in vitals)
    text = f"R1,{patient},{cuff.taken:%y%m%d,%H%M%S},{numbers},0000,0000,00000,000"
    data = STX + text.encode("ascii") + ETX
    return data + bytes((checksum(data),))
