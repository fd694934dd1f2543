"""The GRIP line of a load-cell dynamometer: ``GRIP,<L|R>,<kg.d>,<live|peak>*<XOR>`` and CR LF.

The format is this project's own and is described in ``docs/grip-line.md``. The two hexadecimal digits are the
exclusive-or of every byte before the star.
"""

import re
from decimal import Decimal
from functools import reduce
from operator import xor

import msgspec

from devices.codecs.numbers import fence, tenths
from devices.framing import Frame
from devices.reading import Quantity
from devices.session import Reason, RefusedError

LIMIT = 64
FORCE_KG = fence("0", "120")
"""No healthy adult of the normative tables reaches 80 kg; more than 120 is a unit fault (newton)."""

HANDS = {b"L": Quantity.GRIP_LEFT, b"R": Quantity.GRIP_RIGHT}

_LINE = re.compile(rb"(GRIP,([LR]),(\d{1,3}\.\d),(live|peak))\*([0-9A-F]{2})")


class Grip(msgspec.Struct, frozen=True):
    """Force in kg of one hand (``grip_left``, ``grip_right``); ``peak``: the highest of one squeeze."""

    kind: Quantity
    kg: Decimal
    peak: bool


def checksum(data: bytes) -> int:
    """Exclusive-or of all bytes."""
    return reduce(xor, data, 0)


def parse(frame: Frame) -> Grip:
    """What the line says. Raises ``RefusedError`` (shape, checksum, range)."""
    found = _LINE.fullmatch(frame.data)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    body, hand, kg, phase, said = found.groups()
    if checksum(body) != int(said, 16):
        raise RefusedError(Reason.CHECKSUM)
    return Grip(HANDS[hand], FORCE_KG.check(Decimal(kg.decode("ascii"))), phase == b"peak")


def build(grip: Grip) -> bytes:
    """The line with its checksum and CR LF."""
    hand = next(letter for letter, kind in HANDS.items() if kind is grip.kind)
    phase = b"peak" if grip.peak else b"live"
    body = b",".join((b"GRIP", hand, str(tenths(grip.kg)).encode("ascii"), phase))
    return body + f"*{checksum(body):02X}\r\n".encode("ascii")
