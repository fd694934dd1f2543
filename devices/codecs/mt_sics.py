"""Mettler-Toledo MT-SICS: one command at a time, lines ended by CR LF, no checksum.

``SI`` asks for the weight now: ``S S      65.50 kg`` stable, ``S D`` moving, ``S I`` busy, ``S +`` and
``S -`` out of range, ``S S Error 10b`` hardware. ``Z`` zeroes: ``Z A`` done, ``Z I`` not now. ES, ET and EL
say that a command was not understood.
Source: MT document 11781363 as cited by PyLabRobot.
"""

import re
from decimal import Decimal

import msgspec

from devices.codecs.load import UNITS, Load
from devices.framing import Frame
from devices.session import Reason, RefusedError

WEIGH, ZERO = b"SI\r\n", b"Z\r\n"
LIMIT = 64
_STATES = {"I": "busy", "L": "bad_parameter", "+": "overload", "-": "underload"}
_WORDS = {"ES": "unknown_command", "ET": "line_error", "EL": "logical_error"}
_WEIGHT = re.compile(r"S ([SD]) {1,10}(-?\d{1,7}(?:\.\d{1,4})?) ([A-Za-z]{1,4})")
_HARDWARE = re.compile(r"S S Error (\d{1,3})[bt]")
_STATE = re.compile(r"([SZ]) ([A-Z+-])")


class Answered(msgspec.Struct, frozen=True):
    """No weight: ``code`` says why, or is None where the scale did as it was told."""

    code: str | None


def parse(frame: Frame) -> Load | Answered:
    """What the answer says. Raises ``RefusedError`` (shape, unit)."""
    text = frame.data.decode("latin-1").rstrip(" ")
    weight = _WEIGHT.fullmatch(text)
    if weight is not None:
        if weight[3] not in UNITS:
            raise RefusedError(Reason.UNIT)
        return Load(Decimal(weight[2]), weight[3], stable=weight[1] == "S")
    if text in _WORDS:
        return Answered(_WORDS[text])
    hardware = _HARDWARE.fullmatch(text)
    if hardware is not None:
        return Answered(f"error_{hardware[1]}")
    return _state(text)


def _state(text: str) -> Answered:
    found = _STATE.fullmatch(text)
    if found is None:
        raise RefusedError(Reason.SHAPE)
    asked, state = found.groups()
    if state in _STATES:
        return Answered("zero_error" if asked == "Z" else _STATES[state])
    if asked != "Z" or state != "A":
        raise RefusedError(Reason.SHAPE)
    return Answered(None)


def build(load: Load) -> bytes:
    """The answer to SI."""
    state = "D" if load.stable is False else "S"
    return f"S {state} {load.weight:>10} {load.unit}\r\n".encode("ascii")
