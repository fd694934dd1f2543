"""A Shanghe SH stand: one line when both weight and ultrasonic height are settled."""

from decimal import Decimal

from devices.codecs.shanghe import Standing, build
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait, order

MEASURE_SECONDS = 3.0
"""From stepping on to the line; not documented, as such stands behave."""

SWAYING_SECONDS = 20.0
PIECE = 20
"""Bytes in one piece of a Bluetooth bridge."""

SCENARIOS = (
    "default",
    "no_terminator",
    "glued",
    "zero",
    "out_of_range",
    "unsteady",
    "slow",
    "wrong_speed",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


def simulator(speed: float) -> Simulator:
    """The stand. ``speed`` divides the time a measurement takes."""
    while True:
        got = yield from order()
        if not isinstance(got.act, StepOn):
            continue
        swaying = SWAYING_SECONDS if "unsteady" in got.faults else 0.0
        off = yield Wait((MEASURE_SECONDS + swaying) / speed, acts=True)
        if isinstance(off, Order) and isinstance(off.act, StepOff):
            continue
        for piece in _pieces(_line(got.act, got.faults)):
            yield Say(piece)


def _line(act: StepOn, faults: frozenset[str]) -> bytes:
    standing = Standing(act.weight, act.height)
    if "out_of_range" in faults:
        standing = Standing(act.weight, Decimal("17.2"))
    if "zero" in faults:
        standing = Standing(Decimal(0), Decimal(0))
    if "glued" in faults:
        return build(standing, b"") + build(standing)
    return build(standing, b"" if "no_terminator" in faults else b"\r\n")


def _pieces(line: bytes) -> tuple[bytes, ...]:
    return tuple(line[start : start + PIECE] for start in range(0, len(line), PIECE))
