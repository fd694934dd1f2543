"""PN532 reader on its high-speed UART: ``00 00 FF LEN LCS TFI data DCS 00``.

LEN and LCS add up to 0 modulo 256, so do TFI, data and DCS. TFI is D4 from the host, D5 from the reader, 7F
for an error; a reply's first byte is the command's plus one. ``00 00 FF 00 FF 00`` acknowledges, and from
the host calls off.
Source: nfcpy. The wake-up and the reply with a card's number are widely used and were not checked in a
document.
"""

import msgspec

from devices.framing import Cut, Frame, Kind
from devices.reading import Carrier, Code, Confidential
from devices.session import Reason, RefusedError

START = b"\x00\x00\xff"
ACK = START + b"\x00\xff\x00"
_NACK = START + b"\xff\x00\x00"
_HEAD, _TAIL = 5, 2
_HOST, READER, ERROR = 0xD4, 0xD5, 0x7F
CONFIGURED, FOUND = 0x15, 0x4B
_TARGET = 6
"""Bytes of a found card before its number: how many, which, two of SENS_RES, SEL_RES, length."""

_SIZES = (4, 7, 10)
_RANDOM = 0x08
"""ISO 14443-3: a four-byte number that begins so is another one each time."""


class Reply(Confidential, msgspec.Struct, frozen=True):
    """TFI, command plus one, data. No ``repr``: the data may be a card's number."""

    sender: int
    command: int
    data: bytes


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Start code, lengths that agree, and as much as they say."""
    start = held.find(START)
    if start < 0:
        loose = len(held) - _begun(held)
        return Cut(Kind.JUNK, loose) if loose else None
    if start:
        return Cut(Kind.JUNK, start)
    if len(held) < len(ACK):
        return None
    if held[: len(ACK)] in (ACK, _NACK):
        return Cut(Kind.FRAME, len(ACK))
    if (held[3] + held[4]) % 256 or held[3] < 2:
        return Cut(Kind.JUNK, 1)
    size = _HEAD + held[3] + _TAIL
    if len(held) < size:
        return None
    return Cut(Kind.FRAME, size) if held[size - 1] == 0 else Cut(Kind.JUNK, 1)


def _begun(held: bytes) -> int:
    return next((size for size in (2, 1) if held.endswith(START[:size])), 0)


def parse(frame: Frame) -> Reply | None:
    """The reply, None for an acknowledgement. Raises ``RefusedError`` (checksum)."""
    if len(frame.data) <= len(ACK):
        return None
    if sum(frame.data[_HEAD:-1]) % 256:
        raise RefusedError(Reason.CHECKSUM)
    return Reply(frame.data[_HEAD], frame.data[_HEAD + 1], frame.data[_HEAD + 2 : -_TAIL])


def chip(reply: Reply) -> Code | None:
    """The number of the first card found, None where none was. Raises ``RefusedError`` (shape, no value)."""
    if reply.data[:1] == b"\x00":
        return None
    size = reply.data[_TARGET - 1] if len(reply.data) >= _TARGET else 0
    number = reply.data[_TARGET : _TARGET + size]
    if size not in _SIZES or len(number) != size:
        raise RefusedError(Reason.SHAPE)
    if size == _SIZES[0] and number[0] == _RANDOM:
        raise RefusedError(Reason.NO_VALUE, "random number")
    return Code(number.hex().upper(), Carrier.CHIP)


def found(number: bytes) -> Reply:
    """A reply with one card."""
    return Reply(READER, FOUND, bytes((1, 1, 0x00, 0x04, 0x08, len(number))) + number)


def build(reply: Reply) -> bytes:
    """The frame."""
    body = bytes((reply.sender, reply.command)) + reply.data
    return START + bytes((len(body), -len(body) % 256)) + body + bytes((-sum(body) % 256, 0))


def request(command: int, data: bytes = b"") -> bytes:
    """A command of the host."""
    return build(Reply(_HOST, command, data))


FIRMWARE = request(0x02)
CONFIGURE = request(0x14, b"\x01")
"""Without a security module: the reader may answer."""

LIST = request(0x4A, b"\x01\x00")
"""One card of ISO 14443 type A; it waits until one comes. Chinese identity cards are type B: not seen."""

WAKE = b"\x55\x55" + bytes(14)
