"""iBodyinfo BCM-H10 module: ``A5 5A LEN MODE FUNC [data] CS`` to it, ``A5 5A LEN ID data CS`` from it.

LEN counts everything behind it; CS is the sum of all bytes before it plus 1, modulo 256; numbers are
big-endian. Requests are the vendor's. Of the replies only the one to zeroing was published: the others, their
ids and their units, are the guess of ``GUESSED`` and need the vendor's document.
Source: protocol V4.22 (2020-09-04), an excerpt; datasheet V4.0.
"""

from decimal import Decimal

import msgspec

from devices.codecs.numbers import HEIGHT_CM, WEIGHT_KG, Fence
from devices.framing import Cut, Frame, Kind
from devices.reading import Quantity
from devices.session import Reason, RefusedError

HEAD = b"\xa5\x5a"
LONGEST = 64
"""Bytes behind LEN; the longest published frame has nine."""

COMMAND, HANDS, FEET, BODY = 0x03, 0x01, 0x03, 0x08
"""MODE of all that is no impedance measurement, and the electrodes of one that is."""

_LINK, _ZERO, _WEIGH, _HEIGHT, _COMPOSITION, _RESULT = 0x3C, 0x34, 0x36, 0x35, 0x37, 0x38
_CALIBRATE_WEIGHT, _CALIBRATE_HEIGHT = 0x3B, 0x33
ZEROED = 0x64
"""Published: the reply to zeroing, with one byte 01."""


class Meaning(msgspec.Struct, frozen=True):
    """What a two-byte reply would be: tenths of ``unit``."""

    kind: Quantity
    unit: str
    fence: Fence


GUESSED: dict[int, Meaning] = {
    _WEIGH + 0x30: Meaning(Quantity.BODY_WEIGHT, "kg", WEIGHT_KG),
    _HEIGHT + 0x30: Meaning(Quantity.BODY_HEIGHT, "cm", HEIGHT_CM),
}
"""Not published. Zeroing is 34 and its reply 64, so the others are taken to be 30 above too; the units are
those in which the requests carry weight (0.1 kg) and height (mm)."""


class Said(msgspec.Struct, frozen=True):
    """A good frame: its id (MODE and FUNC of a request are id and first data byte) and its data."""

    id: int
    data: bytes


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """From the two head bytes as far as LEN says."""
    start = held.find(HEAD)
    if start < 0:
        loose = len(held) - held.endswith(HEAD[:1])
        return Cut(Kind.JUNK, loose) if loose else None
    if start:
        return Cut(Kind.JUNK, start)
    if len(held) <= len(HEAD):
        return None
    length = held[len(HEAD)]
    if not 2 <= length <= LONGEST:
        return Cut(Kind.JUNK, 1)
    stop = len(HEAD) + 1 + length
    return Cut(Kind.FRAME, stop) if len(held) >= stop else None


def parse(frame: Frame) -> Said:
    """The frame's content. Raises ``RefusedError`` (checksum)."""
    if checksum(frame.data[:-1]) != frame.data[-1]:
        raise RefusedError(Reason.CHECKSUM)
    return Said(frame.data[3], frame.data[4:-1])


def value(said: Said) -> tuple[Meaning, Decimal]:
    """What a reply would be. Raises ``RefusedError`` (unknown code, shape, range)."""
    meaning = GUESSED.get(said.id)
    if meaning is None:
        raise RefusedError(Reason.UNKNOWN_CODE, f"{said.id:02X}")
    if len(said.data) != 2:
        raise RefusedError(Reason.SHAPE)
    tenths = int.from_bytes(said.data, "big")
    return meaning, meaning.fence.check(Decimal(tenths).scaleb(-1))


def checksum(data: bytes) -> int:
    """Sum of all bytes plus 1, modulo 256."""
    return (sum(data) + 1) % 256


def build(content: bytes) -> bytes:
    """Head, length and checksum around ``content``."""
    data = HEAD + bytes((len(content) + 1,)) + content
    return data + bytes((checksum(data),))


def _request(function: int, data: bytes = b"", mode: int = COMMAND) -> bytes:
    return build(bytes((mode, function)) + data)


LINK = _request(_LINK)
ZERO = _request(_ZERO)
WEIGH = _request(_WEIGH)
MEASURE_HEIGHT = _request(_HEIGHT)


def composition(*, male: bool, age: int, millimetres: int, hectograms: int, electrodes: int) -> bytes:
    """The request for a body composition. It sends a current through the person."""
    person = (b"M" if male else b"W") + bytes((age,))
    return _request(
        _COMPOSITION, person + millimetres.to_bytes(2, "big") + hectograms.to_bytes(2, "big"), electrodes
    )


def result(indicator: int) -> bytes:
    """The request for one result of a body composition; 01 is water in per cent."""
    return _request(_RESULT, bytes((indicator,)))


def calibrate_weight(hectograms: int) -> bytes:
    """The request to take what stands there for so many tenths of a kilogram."""
    return _request(_CALIBRATE_WEIGHT, hectograms.to_bytes(2, "big"))


def calibrate_height(millimetres: int) -> bytes:
    """The request to take what stands there for so many millimetres; 0 with nobody under the sensor."""
    return _request(_CALIBRATE_HEIGHT, millimetres.to_bytes(2, "big"))
