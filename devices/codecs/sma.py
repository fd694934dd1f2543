"""SMA SCP-0499, levels 1 and 2: commands ``LF c CR``, answers ``LF s r n m f wwwwwwwwww uuu CR``, 20 bytes.

s status, r range, n gross or net, m ``M`` in motion, f reserved; weight right-justified in ten characters,
unit in three. O, U, E, I and T in place of s say that there is no weight. Frames here are without LF and CR.
Source: the standard as printed in Sartorius PR5220, B-TEK T419S, Fairbanks FB2550 and Cardinal 190 manuals.
"""

import re
from decimal import Decimal

import msgspec

from devices.codecs.load import UNITS, Load
from devices.framing import Frame
from devices.session import Reason, RefusedError

WEIGH, ZERO, ABORT = b"\nW\r", b"\nZ\r", b"\x1b"
LIMIT = 64
UNKNOWN, LINE_ERROR = b"?", b"!"
COMPLAINTS = {"O": "overload", "U": "underload", "E": "zero_error", "I": "zero_error", "T": "tare_error"}
"""E and I: the scale could not be zeroed, by command or at power on."""

_DASHES = "-" * 10
_ANSWER = re.compile(r"([ ZOUEIT])([1-9 ])([GNTgn])([M ])(.)([ .\d-]{10})(.{3})")
_WEIGHT = re.compile(r" *(-?)(\d{1,7}(?:\.\d{1,4})?)")


class CannotWeigh(msgspec.Struct, frozen=True):
    """A word of ``COMPLAINTS``, or ``unknown_command`` or ``line_error``."""

    code: str


def parse(frame: Frame) -> Load | CannotWeigh:
    """What the answer says. Raises ``RefusedError`` (shape, unit, no value)."""
    if frame.data in (UNKNOWN, LINE_ERROR):
        return CannotWeigh("unknown_command" if frame.data == UNKNOWN else "line_error")
    found = _ANSWER.fullmatch(frame.data.decode("latin-1"))
    if found is None:
        raise RefusedError(Reason.SHAPE)
    status, _, kind, motion, _, weight, unit = found.groups()
    if status in COMPLAINTS:
        return CannotWeigh(COMPLAINTS[status])
    if kind == "T":
        raise RefusedError(Reason.NO_VALUE)
    if unit.strip() not in UNITS:
        raise RefusedError(Reason.UNIT)
    return Load(_number(weight), unit.strip(), stable=motion == " ")


def _number(text: str) -> Decimal:
    found = _WEIGHT.fullmatch(text)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    return Decimal(found[1] + found[2])


def build(load: Load, status: str = " ", kind: str = "G") -> bytes:
    """The answer with LF and CR; ``status`` O and U keep the weight, E, I, T put dashes; ``kind`` G, N, T."""
    weight = _DASHES if status in "EIT" else f"{load.weight:>10}"
    motion = "M" if load.stable is False else " "
    return f"\n{status}1{kind}{motion} {weight}{load.unit:<3}\r".encode("ascii")
