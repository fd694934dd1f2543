"""Chinese second-generation identity card reader (SAM/SDT): length-prefixed frames with an exclusive-or.

Request ``AA AA AA 96 69 LEN LEN CMD PARA CHK``, reply ``AA AA AA 96 69 LEN LEN SW SW SW data CHK``; LEN
counts what follows it, CHK is the exclusive-or from LEN on. The text is UTF-16LE in fixed fields (GA/T 490).
Nothing of a card may be logged or kept; the photograph is not even looked at.
Source: vendor protocol notes for SDT modules (HuaShi 100D and others); field order widely used, not verified.
"""

import re
from datetime import date
from functools import reduce
from operator import xor

import msgspec

from devices.framing import Cut, Frame, Kind
from devices.reading import Card, Confidential
from devices.session import Reason, RefusedError

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
LIMIT = 4096
"""Longest frame taken, bytes; text, photo and fingerprints together have 2321."""

OK = bytes((0x00, 0x00, 0x90))
FOUND = bytes((0x00, 0x00, 0x9F))
NO_CARD = bytes((0x00, 0x00, 0x80))
SELECTED_DATA = bytes(8)
FOUND_DATA = bytes(4)
TEXT_BYTES = 256
PHOTO_BYTES = 1024

_HEAD = len(PREAMBLE) + 2
_SEX = {"1": "male", "2": "female"}
_FIELDS = (30, 2, 4, 16, 70, 36, 30, 16, 16, 36)
"""Bytes of name, sex, nationality, birth, address, number, issuer, valid from, valid to, spare."""


class Reply(Confidential, msgspec.Struct, frozen=True):
    """Status word and data of one reply. No ``repr``: the data may be a person."""

    status: bytes
    data: bytes


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Preamble, length, and as much as the length says."""
    start = held.find(PREAMBLE)
    if start < 0:
        loose = len(held) - _tail(held)
        return Cut(Kind.JUNK, loose) if loose else None
    if start:
        return Cut(Kind.JUNK, start)
    if len(held) < _HEAD:
        return None
    size = _HEAD + int.from_bytes(held[len(PREAMBLE) : _HEAD], "big")
    if size > LIMIT or size < _HEAD + 3:
        return Cut(Kind.JUNK, len(PREAMBLE))
    return Cut(Kind.FRAME, size) if len(held) >= size else None


def _tail(held: bytes) -> int:
    for size in range(min(len(PREAMBLE) - 1, len(held)), 0, -1):
        if PREAMBLE.startswith(held[-size:]):
            return size
    return 0


def checksum(data: bytes) -> int:
    """Exclusive-or of all bytes."""
    return reduce(xor, data, 0)


def _wrap(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes((checksum(counted),))


def request(command: int, parameter: int) -> bytes:
    """One request to the reader."""
    return _wrap(bytes((command, parameter)))


FIND = request(0x20, 0x01)
SELECT = request(0x20, 0x02)
READ = request(0x30, 0x01)


def parse(frame: Frame) -> Reply:
    """Status and data. Raises ``RefusedError`` (checksum, shape)."""
    counted = frame.data[len(PREAMBLE) :]
    if checksum(counted[:-1]) != counted[-1]:
        raise RefusedError(Reason.CHECKSUM)
    if len(counted) < 6:
        raise RefusedError(Reason.SHAPE)
    return Reply(counted[2:5], counted[5:-1])


def build(reply: Reply) -> bytes:
    """The reply as the reader says it."""
    return _wrap(reply.status + reply.data)


def read_card(reply: Reply) -> Card:
    """The card's text of a read reply. Raises ``RefusedError`` (shape, date)."""
    sizes = reply.data[:2], reply.data[2:4]
    if sizes != (TEXT_BYTES.to_bytes(2, "big"), PHOTO_BYTES.to_bytes(2, "big")):
        raise RefusedError(Reason.SHAPE)
    name, sex, _, birth, _, number, *_ = _texts(reply.data[4 : 4 + TEXT_BYTES])
    if not name or sex not in _SEX or not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise RefusedError(Reason.SHAPE)
    return Card(name, _SEX[sex], _birth(birth), number)


def _birth(text: str) -> date:
    if not re.fullmatch(r"[0-9]{8}", text):
        raise RefusedError(Reason.DATE)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def _texts(data: bytes) -> list[str]:
    texts = []
    for size in _FIELDS:
        try:
            texts.append(data[:size].decode("utf-16-le").strip(" \x00"))
        except UnicodeDecodeError as error:
            raise RefusedError(Reason.SHAPE) from error
        data = data[size:]
    return texts


def card_reply(card: Card) -> Reply:
    """A read reply for a synthetic card: no address, no issuer, an empty photograph."""
    sex = next(code for code, word in _SEX.items() if word == card.sex)
    said = (card.name, sex, "01", f"{card.birth_date:%Y%m%d}", "", card.number, "", "20200101", "长期", "")
    text = b"".join(_padded(word, size) for word, size in zip(said, _FIELDS, strict=True))
    sizes = TEXT_BYTES.to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big")
    return Reply(OK, sizes + text + bytes(PHOTO_BYTES))


def _padded(word: str, size: int) -> bytes:
    return (word.encode("utf-16-le") + " ".encode("utf-16-le") * size)[:size]
