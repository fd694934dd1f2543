"""TaiDoc TD-42xx glucose meters: eight bytes each way, ``51 CMD d0 d1 d2 d3 A3 SUM``, from the meter with A5.

SUM is the sum of the seven bytes before it. Values are mg/dL, little-endian; a date word holds year since
2000, month and day in 7, 4 and 5 bits. Record 0 is the newest.
Source: glucometerutils td42xx and its test; a second reader that cites the meter's interface document.
"""

from datetime import datetime
from decimal import Decimal

import msgspec

from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

START, HOST, METER = 0x51, 0xA3, 0xA5
CONNECT, CLOCK, MODEL, TIME, VALUE, COUNT, READY = 0x22, 0x23, 0x24, 0x25, 0x26, 0x2B, 0x54
"""READY: the meter says by itself that it listens."""

FRAME_BYTES = 8
NEWEST = bytes(4)


class Reply(msgspec.Struct, frozen=True):
    """The command it answers, and its four bytes."""

    command: int
    data: bytes


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Eight bytes from a 51, with an A5 in its place."""
    if held[0] != START:
        after = held.find(START, 1)
        return Cut(Kind.JUNK, after if after > 0 else len(held))
    if len(held) < FRAME_BYTES:
        return None
    return Cut(Kind.FRAME, FRAME_BYTES) if held[6] == METER else Cut(Kind.JUNK, 1)


def parse(frame: Frame) -> Reply:
    """Command and data. Raises ``RefusedError`` (checksum)."""
    if sum(frame.data[:-1]) % 256 != frame.data[-1]:
        raise RefusedError(Reason.CHECKSUM)
    return Reply(frame.data[1], frame.data[2:6])


def request(command: int, data: bytes = bytes(4)) -> bytes:
    """The host's side of it."""
    return _framed(command, data, HOST)


def build(reply: Reply) -> bytes:
    """The reply as the meter says it."""
    return _framed(reply.command, reply.data, METER)


def _framed(command: int, data: bytes, way: int) -> bytes:
    body = bytes((START, command)) + data + bytes((way,))
    return body + bytes((sum(body) % 256,))


def civil_time(data: bytes) -> datetime:
    """Date word, minute, hour. Raises ``RefusedError`` (date)."""
    word = int.from_bytes(data[:2], "little")
    try:
        year, month, day = 2000 + (word >> 9), word >> 5 & 0x0F, word & 0x1F
        return datetime(year, month, day, data[3], data[2])  # noqa: DTZ001 - the meter knows no zone
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def four_bytes(taken: datetime) -> bytes:
    """The reverse of ``civil_time``."""
    word = (taken.year - 2000) << 9 | taken.month << 5 | taken.day
    return word.to_bytes(2, "little") + bytes((taken.minute, taken.hour))


def milligrams(data: bytes) -> Decimal:
    """Glucose in mg/dL of a value reply; the meal mark in its last byte is left alone."""
    return Decimal(int.from_bytes(data[:2], "little"))
