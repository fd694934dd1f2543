"""A finger in a clip while she rests: oxygen comes by itself, and nothing waits for it.

One finger is one reading, by the clip's own driver: what still moves is not taken. The clip's pulse is left
to the cuff, which measures it at the same time as the pressure. It must not hold her up.
"""

from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity
from health.visit import Observation, Sample, Skip
from kiosk.attendance import Attendance
from kiosk.flow.steps import Step
from kiosk.measuring.printing import as_printed

SITTING = frozenset({Step.REST, Step.PRESSURE, Step.GAP})


class Oxygen:
    """The clip beside the chair, where the station has one."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def hear(self, heard: Heard, moment: datetime) -> None:
        """Take the first settled saturation of this sitting."""
        said = heard.reading
        fresh = self._at.step in SITTING and heard.at >= self._at.sitting.sat_since
        settled = said.kind is Quantity.SPO2 and said.stable is True
        if not fresh or not settled or self._at.keeping or measured(self._at) is not None:
            return
        sample = Sample(said.value, said.unit, at=moment, device_time=said.device_time, frame=said.frame)
        found = Observation(
            Quantity.SPO2, said.value, said.unit, at=moment, instrument=heard.instrument, samples=(sample,)
        )
        self._at.accept([as_printed(found)])

    def begin(self) -> None:
        """Remember when she sat down, and that there is no value yet."""
        self._at.sitting.sat_since = self._at.clock.monotonic()
        if self._at.bench.model(Role.OXYGEN) is not None:
            there = self._at.bench.available(Role.OXYGEN)
            self.leave_out(Skip.NO_RESULT if there else Skip.INSTRUMENT_AWAY)

    def leave_out(self, reason: Skip) -> None:
        """Note why there is no value, where the station has a clip and there is none."""
        if self._at.bench.model(Role.OXYGEN) is not None:
            self._at.sitting.visit = self._at.sitting.visit.with_missing(Quantity.SPO2, reason)


def asks_for_finger(at: Attendance) -> bool:
    """Whether a clip is there and still waits for a finger."""
    return at.bench.available(Role.OXYGEN) and measured(at) is None


def measured(at: Attendance) -> Observation | None:
    """The saturation of this visit."""
    return at.sitting.visit.value_of(Quantity.SPO2)
