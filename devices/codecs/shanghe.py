"""Shanghe (上禾) SH series: ``W:065.5 H:170.5``, kg and cm, fifteen characters.

The terminator was never seen: CR, LF, both or none are accepted. Over Bluetooth bridges the line comes in
20-byte pieces. There is no checksum, so the whole shape and both fences must hold.
Source: the line and its fixed offsets as read by a Chinese check-up app (com.qpsoft.cdc, SH01DataParser).
"""

import re
from decimal import Decimal

import msgspec

from devices.codecs.numbers import HEIGHT_CM, WEIGHT_KG, tenths
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

_PATTERN = b"W:000.0 H:000.0"
_LINE = re.compile(rb"W:(\d{3}\.\d) H:(\d{3}\.\d)")


class Standing(msgspec.Struct, frozen=True):
    """One completed measurement: kg and cm, one decimal each."""

    weight: Decimal
    height: Decimal


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Fifteen characters of the shape are a frame, wherever they stand."""
    if held[0] in b"\r\n":
        return Cut(Kind.SKIP, 1)
    start = _start(held)
    if start:
        return Cut(Kind.JUNK, start)
    fitting = _fitting(held)
    if fitting == len(_PATTERN):
        return Cut(Kind.FRAME, fitting)
    return None if fitting == len(held) else Cut(Kind.JUNK, 1)


def _start(held: bytes) -> int:
    """Bytes before the next possible ``W:`` or line end."""
    places = [held.find(mark) for mark in (b"W", b"\r", b"\n")]
    return min((place for place in places if place >= 0), default=len(held))


def _fitting(held: bytes) -> int:
    """How many leading bytes fit the pattern; ``0`` stands for any digit."""
    count = 0
    for byte, wanted in zip(held, _PATTERN, strict=False):
        fits = byte in b"0123456789" if wanted == ord("0") else byte == wanted
        if not fits:
            break
        count += 1
    return count


def parse(frame: Frame) -> Standing:
    """Weight and height. Raises ``RefusedError`` (shape, range)."""
    found = _LINE.fullmatch(frame.data)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    weight, height = (Decimal(text.decode("ascii")) for text in found.groups())
    return Standing(WEIGHT_KG.check(weight), HEIGHT_CM.check(height))


def build(standing: Standing, end: bytes = b"\r\n") -> bytes:
    """The line as the instrument says it."""
    return f"W:{tenths(standing.weight):05} H:{tenths(standing.height):05}".encode("ascii") + end
