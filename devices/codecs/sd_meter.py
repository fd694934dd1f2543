"""SD Biosensor meters on their USB cable: ``START DIRECTION LEN MSG XOR AA``, said right after power on.

LEN counts the message and the two bytes behind it; the exclusive-or is over the message only. A stray 00 may
come before the first frame and belongs to it. What a record holds is each model's own affair.
Source: a complete public reader of the CURO L7 and the glucometerutils reader of its sister, the CodeFree.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import xor

import msgspec

from devices.framing import Cut, Frame, Kind, Look
from devices.reading import Quantity
from devices.session import Reason, RefusedError

END = 0xAA
HOST = 0x10
"""The direction byte of a host; a meter's own differs between models."""

GREETING = bytes((0x10, 0x30))
ACCEPT = bytes((0x10, 0x40))
NEXT = bytes((0x10, 0x60))
BYE = bytes((0x10, 0x70))
_COUNT = 0x30
_COUNT_FILL = bytes((END,)) * 19
_LONGEST = 64
_HEAD = 3


class Dialect(msgspec.Struct, frozen=True):
    """What differs between two models of the family: the first byte, and the direction byte of the meter."""

    start: int
    meter: int

    def say(self, message: bytes, way: int = HOST) -> bytes:
        """The message as a frame, from the host unless ``way`` is the meter's."""
        return bytes((self.start, way, len(message) + 2)) + message + bytes((_checksum(message), END))

    @property
    def look(self) -> Look:
        """Frames of the meter, each with the stray 00 before it."""
        head = bytes((self.start, self.meter))

        def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
            begin = 0 if held[0] else 1
            if held[begin : begin + 2] == head[: len(held) - begin]:
                return _look_at_frame(held, begin)
            after = [place for place in (held.find(b"\x00", 1), held.find(head[:1], 1)) if place > 0]
            return Cut(Kind.JUNK, min(after, default=len(held)))

        return look


class Measured(msgspec.Struct, frozen=True):
    """One record: when by the meter's clock, and what in mg/dL; None where it was not measured."""

    taken: datetime
    values: tuple[tuple[Quantity, Decimal | None], ...]


ReadRecord = Callable[[bytes], Measured]
"""A record's message into what was measured. Raises ``RefusedError`` (shape, date)."""


def _look_at_frame(held: bytes, begin: int) -> Cut | None:
    if len(held) < begin + _HEAD:
        return None
    size = begin + _HEAD + held[begin + 2]
    if not 2 < held[begin + 2] <= _LONGEST:
        return Cut(Kind.JUNK, begin + 1)
    if len(held) < size:
        return None
    return Cut(Kind.FRAME, size) if held[size - 1] == END else Cut(Kind.JUNK, begin + 1)


def _checksum(message: bytes) -> int:
    return reduce(xor, message, 0)


def unwrap(frame: Frame) -> bytes:
    """The message. Raises ``RefusedError`` (checksum)."""
    begin = 0 if frame.data[0] else 1
    message, said = frame.data[begin + _HEAD : -2], frame.data[-2]
    if _checksum(message) != said:
        raise RefusedError(Reason.CHECKSUM)
    return message


def counted(message: bytes) -> int:
    """How many records the meter will say. Raises ``RefusedError`` (shape)."""
    if len(message) < 3 or message[0] != _COUNT:
        raise RefusedError(Reason.SHAPE)
    return int.from_bytes(message[1:3], "big")


def count_message(records: int) -> bytes:
    """The meter's own count, filled up as it does."""
    return bytes((_COUNT,)) + records.to_bytes(2, "big") + _COUNT_FILL


def civil_time(five: bytes) -> datetime:
    """Year since 2000, month, day, hour, minute, a byte each. Raises ``RefusedError`` (date)."""
    year, month, day, hour, minute = five
    try:
        return datetime(2000 + year, month, day, hour, minute)  # noqa: DTZ001 - the meter knows no zone
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def five_bytes(taken: datetime) -> bytes:
    """The reverse of ``civil_time``."""
    return bytes((taken.year - 2000, taken.month, taken.day, taken.hour, taken.minute))
