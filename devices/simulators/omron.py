"""An OMRON HBP-9030: the arm goes in, the key is pressed, one line comes a second after the cuff opens."""

from datetime import datetime
from decimal import Decimal

from devices.codecs.omron import CuffError, Pressure, build
from devices.session import Say
from devices.simulators.acts import TakePressure
from devices.simulators.stage import Simulator, Wait, order

CUFF_SECONDS = 35.0
"""Inflation, measurement and deflation; the model takes 30-40 s."""

LINE_SECONDS = 1.0
SCENARIOS = (
    "default",
    "device_error",
    "movement",
    "out_of_range",
    "bad_date",
    "short_line",
    "slow",
    "wrong_speed",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


def simulator(speed: float) -> Simulator:
    """The cuff. ``speed`` divides the time of a measurement."""
    while True:
        got = yield from order()
        if not isinstance(got.act, TakePressure):
            continue
        yield Wait((CUFF_SECONDS + LINE_SECONDS) / speed)
        yield Say(_line(got.act, got.faults))


def _line(act: TakePressure, faults: frozenset[str]) -> bytes:
    taken = _minute()
    if "device_error" in faults:
        return build(CuffError(5, taken))
    systolic = 261 if "out_of_range" in faults else act.systolic
    movements = 3 if "movement" in faults else 0
    line = build(Pressure(Decimal(systolic), Decimal(act.diastolic), Decimal(act.pulse), movements, taken))
    if "bad_date" in faults:
        return b"2026,02,30" + line[10:]
    return line[1:] if "short_line" in faults else line


def _minute() -> datetime:
    """The instrument's own clock, which knows no zone."""
    return datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - civil time, as the reading says
