"""An OMRON HBP-9020 in mode 5: the key is pressed, one line comes when the cuff has opened."""

from devices.codecs.omron9020 import build
from devices.simulators.acts import TakePressure
from devices.simulators.cuff import found, speaking
from devices.simulators.stage import Simulator

SCENARIOS = (
    "default",
    "out_of_range",
    "shifted",
    "bad_date",
    "short_line",
    "slow",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_DATE_AT = 24


def simulator(speed: float) -> Simulator:
    """The cuff. ``speed`` divides the time of a measurement."""
    return speaking(_line, speed)


def _line(act: TakePressure, faults: frozenset[str]) -> bytes:
    line = build(found(act, faults))
    if "bad_date" in faults:
        return line[:_DATE_AT] + b"2026/02/30" + line[_DATE_AT + 10 :]
    return line[1:] if "short_line" in faults else line
