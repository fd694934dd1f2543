"""A Pelstar scale with the binary packet: one a second while empty, two a second while not."""

import msgspec

from devices.codecs.pelstar_binary import build
from devices.simulators.platform import Standing, indicator
from devices.simulators.stage import Simulator

EMPTY, LOADED = 10, 5
"""Ticks between two packets."""

SCENARIOS = (
    "default",
    "pounds",
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
        load = self.standing.load()
        return b"" if self.ticks % (LOADED if load.weight else EMPTY) else build(load)


def _deaf(_data: bytes) -> bytes:
    return b""


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled, never the rate of its packets."""
    scale = _Scale(Standing(speed, streaming=True))
    return indicator(scale.standing, _deaf, scale.tell)
