"""Health o meter Professional (Pelstar) ESC packets: ``ESC R`` … ``ESC E``, no line end, no checksum.

Fields in order R I W H B [T] N E, each letter behind an ESC. The "L" serials begin the first packet of a
stream with an ASCII ``6`` in place of the first ESC. H and B are 0 until BMI mode is used: 0 means absent.
Source: Pelstar Communication Protocols REV20230711; ProPlus 1100KL manual p. 33-35.
"""

import re
from decimal import Decimal

import msgspec

from devices.codecs.load import KG_PER_LB
from devices.codecs.numbers import HEIGHT_CM, WEIGHT_KG, plain
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

LIMIT = 96
"""Longest packet held, bytes; the longest documented one has 48."""

_BEGIN = b"\x1bR"
_ODD_BEGIN = b"6R\x1bI"
_END = b"\x1bE"
_PACKET = re.compile(
    rb"(?:\x1b|6)R\x1bI(?P<id>[ -~]{10})\x1bW(?P<weight>[\d.]{1,7})\x1bH(?P<height>[\d.]{1,6})"
    rb"\x1bB(?P<bmi>[\d.]{1,6})(?:\x1bT[\d.]{1,7})?\x1bN(?P<units>[mc])\x1bE"
)
_ID = re.compile(rb"(\x1bI)([^\x1b]*)")
_INK, _BEYOND = re.compile(rb"[ -~]"), re.compile(rb"[\x80-\xff]")
_CM_PER_IN = Decimal("2.54")


class Packet(msgspec.Struct, frozen=True):
    """One packet. ``metric``: kg and cm, else lb and in. None where the scale says 0."""

    weight: Decimal | None
    height: Decimal | None
    metric: bool


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """From a begin to the next ``ESC E``, unless another begin comes first."""
    start = _start(held)
    if start is None:
        loose = len(held) - _tail(held)
        return Cut(Kind.JUNK, loose) if loose else None
    if start:
        return Cut(Kind.JUNK, start)
    end = held.find(_END, 2, LIMIT)
    again = _start(held[2 : end if end > 0 else LIMIT])
    if again is not None:
        return Cut(Kind.JUNK, 2 + again)
    if end > 0:
        return Cut(Kind.FRAME, end + 2)
    return Cut(Kind.JUNK, 2) if len(held) > LIMIT else None


def _start(held: bytes) -> int | None:
    places = [place for place in (held.find(_BEGIN), held.find(_ODD_BEGIN)) if place >= 0]
    return min(places) if places else None


def _tail(held: bytes) -> int:
    """How many last bytes may be the beginning of a begin."""
    for size in (3, 2, 1):
        if len(held) >= size and (_ODD_BEGIN.startswith(held[-size:]) or _BEGIN.startswith(held[-size:])):
            return size
    return 0


def parse(frame: Frame) -> Packet:
    """What the packet says of somebody who stands there. Raises ``RefusedError`` (shape, range)."""
    packet = read(frame)
    if packet.weight is not None:
        WEIGHT_KG.check(packet.weight if packet.metric else packet.weight * KG_PER_LB)
    return packet


def read(frame: Frame) -> Packet:
    """What the packet says, whatever lies on the scale. Raises ``RefusedError`` (shape)."""
    found = _PACKET.fullmatch(frame.data)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    metric = found["units"] == b"m"
    weight = _absent_if_zero(plain(found["weight"].decode("ascii")))
    height = _absent_if_zero(plain(found["height"].decode("ascii")))
    plain(found["bmi"].decode("ascii"))
    return Packet(weight, height, metric)


def check_height(packet: Packet) -> None:
    """Raises ``RefusedError`` (range) where the rod sent what no person measures."""
    if packet.height is not None:
        HEIGHT_CM.check(packet.height if packet.metric else packet.height * _CM_PER_IN)


def blanked(data: bytes) -> bytes:
    """The packet with the patient number overwritten by spaces; what can be no number's stays impossible."""
    return _ID.sub(lambda found: found[1] + _INK.sub(b" ", _BEYOND.sub(b"\xff", found[2])), data)


def build(
    packet: Packet,
    patient: str = "0000000000",
    *,
    odd_begin: bool = False,
    decimals: int = 1,
    tare: bool = True,
) -> bytes:
    """The packet as a 1100 series scale says it; BMI is computed, 0.0 without a height.

    ``decimals`` 2 and no ``tare``: a 498KL. One decimal and no ``tare``: a 597, 599, 752 or 600KL.
    """
    shown = [
        _shown(number or Decimal(0), decimals) for number in (packet.weight, packet.height, _bmi(packet))
    ]
    fields = [f"I{patient:>10}", *(letter + text for letter, text in zip("WHB", shown, strict=True))]
    fields += ["T0.0"] if tare else []
    fields.append("Nm" if packet.metric else "Nc")
    text = "".join(f"\x1b{field}" for field in fields)
    return (b"6R" if odd_begin else _BEGIN) + text.encode("ascii") + _END


def _shown(number: Decimal, decimals: int) -> str:
    return str(number.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP"))


def _bmi(packet: Packet) -> Decimal:
    if packet.weight is None or packet.height is None:
        return Decimal(0)
    kg = packet.weight if packet.metric else packet.weight * KG_PER_LB
    cm = packet.height if packet.metric else packet.height * _CM_PER_IN
    return kg * 10000 / (cm * cm)


def _absent_if_zero(value: Decimal) -> Decimal | None:
    return None if value == 0 else value
