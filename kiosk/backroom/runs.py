"""A control run as it comes in: one level after another, each with a sample number of its own.

Pure. Of each level every test of the lot is awaited; a value that comes twice is the later one, because staff
may have put the material in again.
"""

import msgspec
from msgspec.structs import replace

from devices.control import Lot, Result, Target
from devices.reading import Reading
from kiosk.backroom.chart_views import Dot, RunValue, RunView
from kiosk.backroom.shift import Shift

_SHOWN = 5


class Running(msgspec.Struct, frozen=True):
    """The run so far: ``level`` counts the levels of the lot from 0."""

    lot: Lot
    level: int
    results: tuple[Result, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of the lot, in the order of the sheet."""
        return tuple(dict.fromkeys(target.material for target in self.lot.targets))

    @property
    def material(self) -> str:
        """The level that is to be put in now."""
        return self.levels[min(self.level, len(self.levels) - 1)]

    @property
    def specimen(self) -> str:
        """Its sample number, which no ticket of a person ever has."""
        return f"QC-{self.material}"

    @property
    def targets(self) -> tuple[Target, ...]:
        """What this level should read."""
        return tuple(target for target in self.lot.targets if target.material == self.material)

    @property
    def whole(self) -> bool:
        """Whether every level is in."""
        return self.level >= len(self.levels)

    def value_of(self, target: Target) -> Result | None:
        """What came for ``target``."""
        mine = (target.material, target.quantity)
        return next((one for one in self.results if (one.material, one.quantity) == mine), None)

    def with_reading(self, reading: Reading) -> "Running":
        """A value of this level came; one the lot does not control is not of this run."""
        target = next((t for t in self.targets if t.quantity is reading.kind), None)
        if self.whole or target is None or target.unit != reading.unit:
            return self
        result = Result(self.material, reading.kind, reading.unit, reading.value, reading.comparator)
        others = tuple(
            one for one in self.results if (one.material, one.quantity) != (self.material, reading.kind)
        )
        now = replace(self, results=(*others, result))
        if all(now.value_of(t) is not None for t in now.targets):
            return replace(now, level=now.level + 1)
        return now


def run_view(shift: Shift, running: Running) -> RunView:
    """The screen of the level that is to be put in, with what came of it."""
    say = shift.say
    values = tuple(_value(shift, running, target) for target in running.targets[:_SHOWN])
    missing = sum(one.value is None for one in values)
    begun = missing < len(values)
    title = say("run.title_level", level=running.material)
    waiting = say("run.part", count=str(missing)) if begun else say("run.waiting")
    return RunView(title, say("run.sentence"), running.specimen, values, waiting, shift.notice)


def _value(shift: Shift, running: Running, target: Target) -> RunValue:
    result = running.value_of(target)
    low, high = target.mean - 2 * target.sd, target.mean + 2 * target.sd
    said = shift.say("run.target", low=str(low), high=str(high), unit=target.unit)
    name = shift.say(f"quantity.{target.quantity}")
    if result is None:
        return RunValue(name, said, None, None, str(target.mean), target.quantity)
    value = f"{result.comparator or ''}{result.value}"
    return RunValue(name, said, value, _dot(result, target), str(target.mean), target.quantity)


def _dot(result: Result, target: Target) -> Dot:
    """Where one value lies by itself; the verdict on the run is the desk's."""
    if result.comparator is not None:
        return Dot.OFF_SCALE
    far = abs(result.value - target.mean)
    return Dot.GOOD if far < 2 * target.sd else Dot.WARNED if far < 3 * target.sd else Dot.REJECTED
