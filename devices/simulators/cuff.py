"""A cuff whose key is pressed and that speaks once, at the end: what several makers share."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from devices.codecs.cuff import Cuff, mean_of
from devices.session import Say
from devices.simulators.acts import TakePressure
from devices.simulators.stage import Simulator, Wait, order

CUFF_SECONDS = 35.0
"""Inflation, measurement and deflation; such cuffs take 30-60 s."""


def speaking(line: Callable[[TakePressure, frozenset[str]], bytes], speed: float) -> Simulator:
    """One line a measurement. ``speed`` divides the time it takes."""
    while True:
        got = yield from order()
        if isinstance(got.act, TakePressure):
            yield Wait(CUFF_SECONDS / speed)
            yield Say(line(got.act, got.faults))


def found(act: TakePressure, faults: frozenset[str]) -> Cuff:
    """What the cuff found; ``out_of_range`` and ``shifted`` are what a misread field would look like."""
    systolic = 999 if "out_of_range" in faults else act.systolic
    mean = mean_of(act.systolic, act.diastolic)
    diastolic = Decimal(act.diastolic)
    if "shifted" in faults:
        mean, diastolic = diastolic, mean
    taken = datetime.now().replace(microsecond=0)  # noqa: DTZ005 - civil time, as the reading says
    return Cuff(Decimal(systolic), mean, diastolic, Decimal(act.pulse), taken)
