"""A&D TM-2655P and TM-2657P, RB format: fields between RS, from STX to ETX; a start, a stop, an answer.

Fields by index and letter, never by column: 0 model, 1 yymmddHHMM, 4 Exx, 5 S, 6 M, 7 D, 8 P; widths were not
verified, 2 and 3 only have to be there and what follows is ignored. Behind ETX comes one byte or none; it
may be an exclusive-or from behind STX, but that was not verified either, so nothing is refused by it.
Source: a Kotlin driver and the MDI client, independent, same indexes.
"""

import re
from decimal import Decimal
from functools import reduce
from operator import xor

import msgspec

from devices.codecs.cuff import Cuff, check, civil_time
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

START = bytes.fromhex("16 16 01 30 30 02 53 54 03 07")
STOP = bytes.fromhex("16 16 01 30 30 02 53 50 03 03")
ACK = b"\x06"
ANSWER = bytes.fromhex("16 16 01 30 30 06")
"""The answer to both. Only its last byte, ACK, was verified; the five before it are the likely ones."""

LIMIT = 192
STX, RS, ETX = b"\x02", b"\x1e", b"\x03"
_INSIDE = re.compile(rb"\x02[\x20-\x7e\x1e]*")
_FIELDS = 9
_UNKNOWN = (2, 3)
_INK = re.compile(rb"[!-~]")


class CuffError(msgspec.Struct, frozen=True):
    """The instrument could not measure: ``number`` is its own, ``44`` movement and so on."""

    number: str


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """A result from STX to ETX, an answer, or an ACK alone; anything else is junk."""
    if held.startswith(STX):
        return _look_at_result(held)
    if held.startswith(ACK):
        return Cut(Kind.FRAME, 1)
    if held[:1] == ANSWER[:1]:
        return _look_at_answer(held)
    places = [held.find(mark) for mark in (STX, ACK, ANSWER[:1])]
    return Cut(Kind.JUNK, min((place for place in places if place >= 0), default=len(held)))


def _look_at_result(held: bytes) -> Cut | None:
    inside = _INSIDE.match(held)
    stop = len(inside[0]) if inside else 1
    if stop > LIMIT:
        return Cut(Kind.JUNK, 1)
    if stop == len(held):
        return None
    return Cut(Kind.FRAME, stop + 1) if held[stop : stop + 1] == ETX else Cut(Kind.JUNK, stop)


def _look_at_answer(held: bytes) -> Cut | None:
    if held.startswith(ANSWER):
        return Cut(Kind.FRAME, len(ANSWER))
    return None if ANSWER.startswith(held) else Cut(Kind.JUNK, 1)


def parse(frame: Frame) -> Cuff | CuffError:
    """What a result says. Raises ``RefusedError`` (shape, date, range)."""
    fields = [field.replace(" ", "") for field in frame.data[1:-1].decode("ascii", "replace").split("\x1e")]
    if len(fields) < _FIELDS or not all(fields[:4]):
        raise RefusedError(Reason.SHAPE)
    error = re.fullmatch(r"E(\d\d)", fields[4])
    if error is None:
        raise RefusedError(Reason.SHAPE)
    if error[1] != "00":
        return CuffError(error[1])
    if not re.fullmatch(r"\d{10}", fields[1], re.ASCII):
        raise RefusedError(Reason.SHAPE)
    taken = civil_time(fields[1], "%y%m%d%H%M")
    systolic, mean, diastolic, pulse = (
        _number(letter, text) for letter, text in zip("SMDP", fields[5:], strict=False)
    )
    return check(Cuff(systolic, mean, diastolic, pulse, taken))


def _number(letter: str, text: str) -> Decimal:
    if not re.fullmatch(rf"{letter}\d{{1,3}}", text, re.ASCII):
        raise RefusedError(Reason.SHAPE)
    return Decimal(text[1:])


def blanked(data: bytes) -> bytes:
    """The result with fields 2 and 3 overwritten by noughts: what they say was never verified."""
    fields = data.split(RS)
    return RS.join(
        _INK.sub(b"0", field) if place in _UNKNOWN else field for place, field in enumerate(fields)
    )


def checksum(data: bytes) -> int:
    """Exclusive-or of all bytes."""
    return reduce(xor, data, 0)


def build(cuff: Cuff, error: str = "00") -> bytes:
    """A result as the simulator says it; with an error the vitals are blank. Widths are invented."""
    vitals = (cuff.systolic, cuff.mean, cuff.diastolic, cuff.pulse)
    numbers = [f"{int(value):4}" if error == "00" else "    " for value in vitals]
    letters = [letter + number for letter, number in zip("SMDP", numbers, strict=True)]
    fields = [
        "2655P ",
        f"{cuff.taken:%y%m%d%H%M}",
        "  00",
        "    00",
        f"E{error}",
        *letters,
        "L 180",
        "O  22",
        "",
    ]
    body = RS.join(field.encode("ascii") for field in fields) + ETX
    return STX + body + bytes((checksum(body),))
