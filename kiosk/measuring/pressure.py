"""Two seated readings, a third if they differ: the series of one pressure step.

How long to rest, how far apart readings are, when a third is needed and which are averaged is the protocol
of the pressure rule's edition; nothing of it stands here. Pure: no instrument, no clock, no screen.
"""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.reading import Quantity, Reading, Remark
from health.pressure import Pair, mean_of, needs_third
from health.quantity import half_up
from health.rule import Protocol
from health.visit import Method, Observation, Sample

URGENT_SYSTOLIC = Decimal(180)
URGENT_DIASTOLIC = Decimal(110)
"""国家基本公共卫生服务规范(第三版) 2017: >= 180 and/or >= 110 mm[Hg] is the crisis row."""


class CuffReading(msgspec.Struct, frozen=True):
    """One run of the cuff. ``rested`` False when less than the whole rest or gap went before it."""

    systolic: Reading
    diastolic: Reading
    pulse: Reading | None
    at: datetime
    rested: bool

    @property
    def pair(self) -> Pair:
        """Systolic and diastolic, mm[Hg]."""
        return self.systolic.value, self.diastolic.value

    @property
    def urgent(self) -> bool:
        """Whether this run alone lies in the crisis row."""
        return self.systolic.value >= URGENT_SYSTOLIC or self.diastolic.value >= URGENT_DIASTOLIC

    @property
    def printed(self) -> str:
        """``146/75``."""
        return f"{self.systolic.value}/{self.diastolic.value}"


class PressureSeries(msgspec.Struct, frozen=True):
    """The runs so far, oldest first. ``wanted`` readings: 2 by the guideline, 1 for a quick one."""

    protocol: Protocol
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
        """Systolic, diastolic and pulse as they are printed: the mean the protocol asks for, half-up."""
        if not self.runs:
            return ()
        systolic, diastolic = mean_of([run.pair for run in self.runs], self.protocol)
        found = [
            self._made(Quantity.SYSTOLIC, systolic, [(r, r.systolic) for r in self.runs], instrument),
            self._made(Quantity.DIASTOLIC, diastolic, [(r, r.diastolic) for r in self.runs], instrument),
        ]
        pulses = [(r, r.pulse) for r in self.runs if r.pulse is not None]
        if pulses:
            last = [pulse.value for _, pulse in pulses][-self.protocol.mean_of_last :]
            mean = half_up(sum(last, Decimal(0)) / len(last), 0)
            found.append(self._made(Quantity.PULSE, mean, pulses, instrument))
        return tuple(found)

    def _far_apart(self) -> bool:
        return len(self.runs) >= 2 and needs_third(self.runs[0].pair, self.runs[1].pair, self.protocol)

    def _made(
        self, quantity: Quantity, value: Decimal, said: list[tuple[CuffReading, Reading]], instrument: str
    ) -> Observation:
        return Observation(
            quantity=quantity,
            value=value,
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
