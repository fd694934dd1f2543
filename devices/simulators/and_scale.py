"""An A&D scale in its stream mode: ten lines a second, whether anybody stands there or not."""

from devices.codecs.and_scale import build, build_long
from devices.simulators.platform import Standing, indicator
from devices.simulators.stage import Simulator

SCENARIOS = (
    "default",
    "long_format",
    "pounds",
    "overload",
    "wrong_unit",
    "out_of_range",
    "unsteady",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled, never the rate of its lines."""
    standing = Standing(speed, streaming=True)

    def line() -> bytes:
        if standing.meets("overload"):
            return build(None)
        return build_long(standing.load()) if standing.meets("long_format") else build(standing.load())

    def deaf(_data: bytes) -> bytes:
        return b""

    return indicator(standing, deaf, line)
