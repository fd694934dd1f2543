"""CardioChek PA and Plus: what the meter says to its label printer, in EPL2 label commands, a line each.

``N`` begins a label, ``A60,00yyyy,0,4,1,1,N,"text"`` prints a line of it, ``P1`` prints it. Lines end by LF;
runs of NUL come anywhere and mean nothing. Five lines of header (serial, date, time, user, lot, in the
meter's language) stand before the results, so only a result line may be kept. There is no checksum.
Source: two check-up applications that parse the stream, one with a captured dump.
"""

import re
from datetime import datetime
from decimal import Decimal

import msgspec

from devices.blanking import masked
from devices.codecs.blood import UNITS, within
from devices.codecs.lines import line_look
from devices.framing import Cut, Kind
from devices.reading import Comparator, Confidential, Quantity
from devices.session import Reason, RefusedError

LIMIT = 2048
"""Longest line taken, bytes; a line of a label has under eighty, the rest is room for runs of NUL."""

BEGIN, PRINT = b"N", b"P1"
STEP = 40
"""From one line of a label to the next, in dots."""

HEADER_LINES = 5
LABELS = {
    "CHOL": Quantity.TOTAL_CHOLESTEROL,
    "HDL CHOL": Quantity.HDL,
    "TRIG": Quantity.TRIGLYCERIDES,
    "CALC LDL": Quantity.LDL,
    "GLUCOSE": Quantity.GLUCOSE,
}
RATIO = "TC/HDL"
"""Printed too; whoever wants it divides."""

_PRINTED = re.compile(rb'A60,(\d{6}),0,4,1,1,N,"([^"]*)"')
_RESULT = re.compile(r"([A-Z/ ]{8}): *([<>])? *(\d{1,4}(?:\.\d{1,2})?|-{2,}) *(mmol/L|mg/dL)?\s*", re.ASCII)
_DATE = re.compile(r"(?<!\d)(\d{4})[ ./-](\d\d)[ ./-](\d\d)(?!\d)", re.ASCII)
_TIME = re.compile(r"(?<!\d)(\d\d):(\d\d)(?!\d)", re.ASCII)


class Printed(Confidential, msgspec.Struct, frozen=True):
    """One line of a label and how far down it stands, in dots. No ``repr``: a header line may name."""

    down: int
    text: str


class Result(msgspec.Struct, frozen=True):
    """One value as printed, in ``mmol/L`` or ``mg/dL``."""

    kind: Quantity
    value: Decimal
    unit: str
    comparator: Comparator | None = None


_line = line_look(LIMIT)


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Lines. A NUL between them stands alone, so that a run of them behind the last line is no half line."""
    if held[0] == 0 and not after_junk:
        return Cut(Kind.FRAME, 1)
    return _line(held, after_junk)


def printed(line: bytes) -> Printed:
    """A text command, without the NULs. Raises ``RefusedError`` (shape)."""
    found = _PRINTED.fullmatch(line)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    return Printed(int(found[1]), found[2].decode("latin-1"))


def result(text: str) -> Result | None:
    """A result line; None for the ratio. Raises ``RefusedError`` (shape, code, no value, unit, range)."""
    found = _RESULT.fullmatch(text)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    label, sign, number, unit = found[1].strip(), found[2], found[3], found[4]
    if label == RATIO:
        return None
    if label not in LABELS:
        raise RefusedError(Reason.UNKNOWN_CODE, label)
    if number.startswith("-"):
        raise RefusedError(Reason.NO_VALUE, label)
    if unit is None:
        raise RefusedError(Reason.UNIT, label)
    kind, ucum = LABELS[label], UNITS[unit.lower()]
    return Result(kind, within(kind, Decimal(number), ucum), ucum, Comparator(sign) if sign else None)


def taken(header: tuple[str, ...]) -> datetime | None:
    """The meter's own clock from the header, None where it prints none. Raises ``RefusedError`` (date)."""
    text = "\n".join(header)
    day, hour = _DATE.search(text), _TIME.search(text)
    if day is None or hour is None:
        return None
    try:
        return datetime.fromisoformat(f"{day[1]}-{day[2]}-{day[3]}T{hour[1]}:{hour[2]}")
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def blank(line: bytes) -> bytes:
    """A line of the label's header without its letters and digits, but for a date and a time; NULs stay.

    The header may name who was measured, and in any language, so nothing of it is known to be harmless.
    """
    bare = bytes(line.replace(b"\x00", b"")).strip(b"\r\n")
    found = _PRINTED.fullmatch(bare)
    if found is None:
        return line if bare in (b"", BEGIN, PRINT) else masked(line)
    if int(found[1]) > HEADER_LINES * STEP:
        return line
    text = bare.decode("latin-1")
    kept = {at for shape in (_DATE, _TIME) for hit in shape.finditer(text) for at in range(*hit.span())}
    kept |= set(range(found.start(2)))
    inked = iter(range(len(bare)))
    return bytes(
        byte if byte in b"\x00\r\n" or next(inked) in kept else masked(bytes((byte,)))[0] for byte in line
    )


def result_text(label: str, number: str, unit: str) -> str:
    """A result line as the meter sets it: label to eight characters, number to six, its sign before it."""
    sign, bare = (number[0], number[1:]) if number[:1] in ("<", ">") else ("", number)
    return f"{label:<8}:{sign and ' ' + sign}{bare:>6} {unit}"


def build(texts: tuple[str, ...]) -> bytes:
    """The whole stream: LF, the label of these lines, and the blank label behind it."""
    lines = [_command(place * STEP, text) for place, text in enumerate(texts, start=1)]
    blank = [_command(place * STEP, "") for place in range(1, 13)]
    label = b"\n".join([BEGIN, *lines, PRINT])
    return b"\n" + label + b"\n\n" + b"\n".join([BEGIN, *blank]) + b"\n\n" + BEGIN + b"\n"


def _command(down: int, text: str) -> bytes:
    return f'A60,{down:06},0,4,1,1,N,"{text}"'.encode("latin-1")
