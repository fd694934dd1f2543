"""A Health o meter scale with firmware that streams: a few packets a second, moving, settled or zero."""

from decimal import Decimal

import msgspec

from devices.codecs.pelstar import Packet, build
from devices.simulators.platform import Standing, indicator
from devices.simulators.stage import Simulator

EVERY = 3
"""Ticks between two packets."""

SCENARIOS = (
    "default",
    "pounds",
    "garbage_height",
    "out_of_range",
    "unsteady",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


class _Scale(msgspec.Struct):
    standing: Standing
    ticks: int = 0

    def tell(self) -> bytes:
        self.ticks += 1
        if self.ticks % EVERY:
            return b""
        load = self.standing.load()
        height = Decimal("17.2") if self.standing.meets("garbage_height") else None
        return build(Packet(load.weight, height, load.unit == "kg"), tare=False)


def _deaf(_data: bytes) -> bytes:
    return b""


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled, never the rate of its packets."""
    scale = _Scale(Standing(speed, streaming=True))
    return indicator(scale.standing, _deaf, scale.tell)
