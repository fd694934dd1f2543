"""One finger in a clip is one reading: the first value that held still, told once until the finger has gone.

What comes before is told as live (``stable`` False). A sample that is missing, moved or weak is no value
and begins the stillness anew. Not every format has a checksum, so the saturation told is one that came
``ALIKE`` times running, and the pulse the middle one of those samples: one damaged sample is neither.
"""

from collections import deque
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from devices.codecs.nonin import Pulse
from devices.drivers.weighing import ALIKE
from devices.framing import Frame
from devices.reading import Quantity, Reading
from devices.session import Complaint, Tell

STILL_SECONDS = 8
"""Long enough for the averages of four and eight beats to be of this finger only."""

STILL_PERCENT = Decimal(2)
"""How far the saturation may wander meanwhile: the accuracy such clips are sold with."""


class Sample(msgspec.Struct, frozen=True):
    """A saturation and a pulse that were said together."""

    spo2: Decimal
    pulse: Decimal
    frame: Frame


class Finger(msgspec.Struct):
    """What has been heard since the finger went in, ``per_second`` samples a second."""

    per_second: int
    run: deque[Sample] = msgspec.field(default_factory=deque)
    live: tuple[Decimal, Decimal] | None = None
    told: bool = False
    complaints: set[str] = msgspec.field(default_factory=set)

    def hear(self, said: Pulse, frame: Frame) -> Iterator[Tell]:
        """What is new in this sample."""
        yield from self._complain("sensor_fault", frame, wrong=said.fault)
        yield from self._complain("battery_low", frame, wrong=said.low_battery)
        if not said.finger:
            self.live, self.told = None, False
        if said.spo2 is None or said.pulse is None or said.weak or said.fault or not said.finger:
            self.run.clear()
            return
        sample = Sample(said.spo2, said.pulse, frame)
        self.run.append(sample)
        while len(self.run) > STILL_SECONDS * self.per_second:
            self.run.popleft()
        if self.told:
            return
        self.told = self._still()
        if self.told:
            sample = sorted(self._latest(), key=lambda one: one.pulse)[ALIKE // 2]
        if self.told or (said.spo2, said.pulse) != self.live:
            self.live = (sample.spo2, sample.pulse)
            data = sample.frame.data
            yield Tell(Reading(Quantity.SPO2, sample.spo2, "%", stable=self.told, frame=data))
            yield Tell(Reading(Quantity.PULSE, sample.pulse, "/min", stable=self.told, frame=data))

    def interrupted(self) -> None:
        """Bytes were lost: whatever stood still has to do so anew."""
        self.run.clear()

    def _still(self) -> bool:
        if len(self.run) < STILL_SECONDS * self.per_second:
            return False
        said = [one.spo2 for one in self.run]
        alike = len({one.spo2 for one in self._latest()}) == 1
        return alike and max(said) - min(said) <= STILL_PERCENT

    def _latest(self) -> list[Sample]:
        return list(self.run)[-ALIKE:]

    def _complain(self, code: str, frame: Frame, *, wrong: bool) -> Iterator[Tell]:
        if not wrong:
            self.complaints.discard(code)
        elif code not in self.complaints:
            self.complaints.add(code)
            yield Tell(Complaint(code, len(frame.data), frame.at))
