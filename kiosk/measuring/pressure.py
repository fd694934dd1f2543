"""Two seated readings, a third if they differ: the series of one pressure step.

Protocol of the Chinese primary-care guideline 2025 (国家基层高血压防治管理指南 2025版): 5 minutes of seated
rest, readings about a minute apart, a third if systolic or diastolic differ by more than 10 mm[Hg], the
printed value is the mean of the last two. Pure; it must not know an instrument, a clock or a screen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from devices.reading import Quantity, Reading, Remark
from health.visit import Method, Observation, Sample

REST_SECONDS = 300
GAP_SECONDS = 60
THIRD_WHEN_OVER = Decimal(10)
URGENT_SYSTOLIC = Decimal(180)
URGENT_DIASTOLIC = Decimal(110)
"""国家基本公共卫生服务规范(第三版) 2017: >= 180 and/or >= 110 mm[Hg] is the crisis row."""


@dataclass(frozen=True, slots=True)
class CuffReading:
    """One run of the cuff. ``rested`` False when less than the whole rest or gap went before it."""

    systolic: Reading
    diastolic: Reading
    pulse: Reading | None
    at: datetime
    rested: bool

    @property
    def urgent(self) -> bool:
        """Whether this run alone lies in the crisis row."""
        return self.systolic.value >= URGENT_SYSTOLIC or self.diastolic.value >= URGENT_DIASTOLIC

    @property
    def printed(self) -> str:
        """``146/75``."""
        return f"{self.systolic.value}/{self.diastolic.value}"


@dataclass(frozen=True, slots=True)
class PressureSeries:
    """The runs so far, oldest first. ``wanted`` readings: 2 by the guideline, 1 for a quick one."""

    wanted: int = 2
    runs: tuple[CuffReading, ...] = ()

    def with_run(self, run: CuffReading) -> "PressureSeries":
        """The series with one more run."""
        return replace(self, runs=(*self.runs, run))

    @property
    def planned(self) -> int:
        """How many runs the series will have, as far as is known now."""
        if any(run.urgent for run in self.runs):
            return max(2, self.wanted, 3 if self._far_apart() else 0)
        return 3 if self.wanted >= 2 and self._far_apart() else self.wanted

    @property
    def complete(self) -> bool:
        """Whether no further run is needed."""
        return len(self.runs) >= self.planned

    @property
    def confirmed_urgent(self) -> bool:
        """Whether a crisis value was confirmed by a second one."""
        return sum(run.urgent for run in self.runs) >= 2

    @property
    def method(self) -> Method:
        """``guideline`` only when every run was rested and there were at least two."""
        kept = len(self.runs) >= 2 and all(run.rested for run in self.runs)
        return Method.GUIDELINE if kept else Method.QUICK

    def observations(self, instrument: str) -> tuple[Observation, ...]:
        """Systolic, diastolic and pulse as they are printed: the mean of the last two runs, half-up."""
        if not self.runs:
            return ()
        found = [
            self._mean(Quantity.SYSTOLIC, [(r, r.systolic) for r in self.runs], instrument),
            self._mean(Quantity.DIASTOLIC, [(r, r.diastolic) for r in self.runs], instrument),
        ]
        pulses = [(r, r.pulse) for r in self.runs if r.pulse is not None]
        if pulses:
            found.append(self._mean(Quantity.PULSE, pulses, instrument))
        return tuple(found)

    def _far_apart(self) -> bool:
        if len(self.runs) < 2:
            return False
        first, second = self.runs[0], self.runs[1]
        return (
            abs(first.systolic.value - second.systolic.value) > THIRD_WHEN_OVER
            or abs(first.diastolic.value - second.diastolic.value) > THIRD_WHEN_OVER
        )

    def _mean(
        self, quantity: Quantity, said: list[tuple[CuffReading, Reading]], instrument: str
    ) -> Observation:
        last = [reading.value for _, reading in said][-2:]
        mean = (sum(last, Decimal(0)) / len(last)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return Observation(
            quantity=quantity,
            value=mean,
            unit=said[0][1].unit,
            method=self.method,
            at=said[-1][0].at,
            instrument=instrument,
            samples=tuple(_sample(run, reading) for run, reading in said),
        )


def moved(reading: Reading) -> bool:
    """Whether the instrument counted body movement during this run."""
    return Remark.MOVEMENT in reading.remarks


def _sample(run: CuffReading, reading: Reading) -> Sample:
    return Sample(
        value=reading.value,
        unit=reading.unit,
        comparator=reading.comparator,
        at=run.at,
        device_time=reading.device_time,
        remarks=reading.remarks,
        frame=reading.frame,
    )
