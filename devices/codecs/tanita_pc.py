"""Tanita PC mode (MC-980; MC-780 and DC-430 alike): short ASCII commands, answers and errors, CR LF.

``M1`` enters, ``D0``…``D4`` say tare, sex, body type, height and age, ``G`` starts. The answer is the
command's letters, ``!`` behind them a bad parameter, ``!`` alone unknown or not now, ``@`` ready, ``E0`` to
``E9`` an error. Not less than 100 ms between commands; nothing while it weighs. The result is the usual line.
Source: MC-980 "Instructions for PC mode"; ``G`` and ``@`` from a public script for the MC-780 alone.
"""

import re
from decimal import Decimal

from devices.codecs.numbers import fence, tenths
from devices.framing import Frame
from devices.session import Body, Reason, RefusedError

ENTER, GO = b"M1\r\n", b"G\r\n"
READY, NOT_NOW = b"@", b"!"
STANDARD = b"D21\r\n"
"""Body type standard: nobody here is measured as an athlete."""

HEIGHT = fence("90", "249")
AGE = fence("5", "99")
ERRORS = {
    "E0": "internal",
    "E1": "overload",
    "E2": "impedance",
    "E3": "zero_error",
    "E4": "no_body",
    "E5": "not_zeroed",
    "E6": "data_incomplete",
    "E7": "fat_error",
    "E8": "memory",
    "E9": "underload",
}
_AGREED = re.compile(r"[MDG]\d?|@")


def commands(body: Body) -> tuple[bytes, ...]:
    """All that comes before the start. Raises ``RefusedError`` (range) for a body it cannot be told of."""
    HEIGHT.check(body.height)
    AGE.check(Decimal(body.age))
    texts = ("D000.0", f"D1{1 if body.male else 2}")
    rest = (f"D3{tenths(body.height):05}", f"D4{body.age:02}")
    said = [f"{text}\r\n".encode("ascii") for text in (*texts, *rest)]
    return (ENTER, *said[:2], STANDARD, *said[2:])


def complaint(frame: Frame) -> str | None:
    """The word for what went wrong, or None for an agreement. Raises ``RefusedError`` (shape)."""
    text = frame.data.decode("latin-1")
    if text in ERRORS:
        return ERRORS[text]
    if text == "!":
        return "not_now"
    if re.fullmatch(r"D\d!", text):
        return "bad_parameter"
    if _AGREED.fullmatch(text):
        return None
    raise RefusedError(Reason.SHAPE)
