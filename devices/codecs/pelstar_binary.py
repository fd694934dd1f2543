"""Pelstar's binary packet of chair and baby scales: ``STX unit D7 E4 weight CR``, no checksum.

Unit 80 lb, 82 kg; B0 and B2 the same below zero (Doran). Five characters ``xxx.x`` from a chair scale, seven
``xxx.xxx`` from a baby scale, which may also begin with 01.
Source: Pelstar Communication Protocols REV20230711 (2595KL, 522, 524, 553); Doran DS8030 manual p. 13-14.
"""

import re
from decimal import Decimal

from devices.codecs.load import Load
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

_BEGINS = (b"\x02", b"\x01")
_UNITS = {0x80: ("lb", 1), 0x82: ("kg", 1), 0xB0: ("lb", -1), 0xB2: ("kg", -1)}
_BEGUN = re.compile(rb"[\x01\x02](?:[\x80\x82\xb0\xb2](?:\xd7(?:\xe4[ 0-9.]{0,7})?)?)?")
_PACKET = re.compile(rb"[\x01\x02]([\x80\x82\xb0\xb2])\xd7\xe4( {0,2}\d{1,3}\.\d| {0,2}\d{1,3}\.\d{3})")
_LENGTHS = (9, 11)


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Four bytes of head, five or seven characters, and a CR behind them."""
    if held[0] in b"\r\n":
        return Cut(Kind.SKIP, 1)
    if not held.startswith(_BEGINS):
        places = [held.find(mark) for mark in (*_BEGINS, b"\r", b"\n")]
        return Cut(Kind.JUNK, min((place for place in places if place >= 0), default=len(held)))
    begun = _BEGUN.match(held)
    stop = len(begun[0]) if begun else 1
    if stop == len(held):
        return None
    whole = stop in _LENGTHS and held[stop : stop + 1] == b"\r"
    return Cut(Kind.FRAME, stop) if whole else Cut(Kind.JUNK, 1)


def parse(frame: Frame) -> Load:
    """The load; whether it moves is not said. Raises ``RefusedError`` (shape)."""
    found = _PACKET.fullmatch(frame.data)
    if found is None or len(frame.data) not in _LENGTHS:
        raise RefusedError(Reason.SHAPE)
    unit, sign = _UNITS[found[1][0]]
    return Load(sign * Decimal(found[2].decode("ascii").strip()), unit)


def build(load: Load) -> bytes:
    """The packet of a chair scale with its CR."""
    byte = next(code for code, (unit, _) in _UNITS.items() if unit == load.unit)
    if load.weight < 0:
        byte |= 0x30
    return bytes((0x02, byte, 0xD7, 0xE4)) + f"{abs(load.weight):05.1f}\r".encode("ascii")
