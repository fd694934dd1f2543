"""ASTM E1381 / CLSI LIS01-A2 frames: ``STX FN text ETB|ETX C1 C2 CR LF`` and the control bytes around them.

FN is 0-7 and begins with 1 behind each ENQ; the checksum is the sum from FN to ETB or ETX, modulo 256, as two
upper-case hexadecimal digits. Who answers what, and when, is the driver's affair.
Source: LIS01-A2 sections 5.2 and 6.2-6.6; ASTM E1381-95.
"""

import re

import msgspec

from devices.framing import Cut, Frame, Kind
from devices.reading import Confidential
from devices.session import Reason, RefusedError

STX, ETX, EOT, ENQ, ACK, NAK, ETB = (bytes((code,)) for code in (0x02, 0x03, 0x04, 0x05, 0x06, 0x15, 0x17))
CONTROLS = (ENQ, EOT, ACK, NAK)
LIMIT = 64_000
"""Longest frame, bytes: LIS01-A2. E1381-95 gear keeps to 247, of which 240 are text."""

TEXT_BYTES = 240
_ENDS = (ETB, ETX)
_AFTER_END = 2
_FRAME = re.compile(rb"\x02([0-7])(.*)([\x03\x17])([0-9A-F]{2})\r?\n?", re.DOTALL)


class Block(Confidential, msgspec.Struct, frozen=True):
    """One good frame: its number, its text, and whether the message's last. No ``repr``: it may name."""

    number: int
    text: bytes
    last: bool


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Control bytes stand alone; a frame goes from STX to behind its checksum, a new STX cuts it off."""
    first = held[:1]
    if first == STX:
        return _look_at_block(held)
    if first in CONTROLS:
        return Cut(Kind.FRAME, 1)
    if first in b"\r\n":
        return Cut(Kind.SKIP, 1)
    places = [held.find(mark) for mark in (STX, *CONTROLS, b"\r", b"\n")]
    return Cut(Kind.JUNK, min((place for place in places if place >= 0), default=len(held)))


def _look_at_block(held: bytes) -> Cut | None:
    end = min((place for place in (held.find(mark, 1, LIMIT) for mark in _ENDS) if place >= 0), default=-1)
    again = held.find(STX, 1, end if end > 0 else LIMIT)
    if again > 0:
        return Cut(Kind.JUNK, _before_bid(held, again))
    if end < 0:
        return Cut(Kind.JUNK, 1) if len(held) > LIMIT else None
    return _behind_checksum(held, end + 1 + _AFTER_END)


def _before_bid(held: bytes, again: int) -> int:
    """An EOT and ENQ right before the new STX belong to what comes, not to the frame that was cut off."""
    while again > 1 and held[again - 1 : again] in (ENQ, EOT):
        again -= 1
    return again


def _behind_checksum(held: bytes, stop: int) -> Cut | None:
    """CR and LF are taken with the frame where they come."""
    for mark in (b"\r", b"\n"):
        if len(held) <= stop:
            return None
        if held[stop : stop + 1] != mark:
            break
        stop += 1
    return Cut(Kind.FRAME, stop)


def parse(frame: Frame) -> Block:
    """The frame's content. Raises ``RefusedError`` (shape, checksum)."""
    found = _FRAME.fullmatch(frame.data)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    number, text, end, said = found.groups()
    if checksum(number + text + end) != said:
        raise RefusedError(Reason.CHECKSUM)
    return Block(int(number), text, last=end == ETX)


def checksum(counted: bytes) -> bytes:
    """Two upper-case hexadecimal digits of the sum of all bytes."""
    return f"{sum(counted) % 256:02X}".encode("ascii")


def build(block: Block) -> bytes:
    """The frame as it goes on the wire."""
    counted = str(block.number).encode("ascii") + block.text + (ETX if block.last else ETB)
    return STX + counted + checksum(counted) + b"\r\n"


def blocks(records: tuple[bytes, ...], text_bytes: int = TEXT_BYTES) -> tuple[Block, ...]:
    """One record a frame, split by ETB where it is longer than ``text_bytes``; numbers from 1, modulo 8."""
    pieces: list[tuple[bytes, bool]] = []
    for record in records:
        starts = range(0, len(record), text_bytes)
        pieces += [
            (record[start : start + text_bytes], start + text_bytes >= len(record)) for start in starts
        ]
    return tuple(Block(place % 8, text, last) for place, (text, last) in enumerate(pieces, start=1))
