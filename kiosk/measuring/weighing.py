"""One weighing is one reading: what the stand step accepts.

Only what was heard after the step began counts, only from a platform that was empty since then, only a
settled weight, and only the first of each quantity: repeats, recalled values and whoever stood there before
change nothing. Of a scale that repeats itself without a checksum, only what came again and again. Pure.
"""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.model import Weighs
from devices.reading import Quantity, Reading, Remark
from health.quantity import converted
from health.visit import Observation, Sample
from kiosk.measuring.stillness import Stillness

STANDING = (Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT)
LIMITS = {
    Quantity.BODY_WEIGHT: (Decimal(20), Decimal(300)),
    Quantity.BODY_HEIGHT: (Decimal(100), Decimal(230)),
}
"""Kilograms and centimetres outside of which the reading is a fault of unit or format, not a person."""

PLAIN, MOVING = Weighs(), Stillness()
COMPANY = Decimal("1.3")
"""A weight that rose by 30 % while somebody stood there is not one person's (or she was held up before)."""

COMPANY_SECONDS = 2.0
"""How long the lower weight must have lasted: stepping up with one foot is over sooner."""

SAME_LEVEL = Decimal("0.1")
"""Part of a weight by which somebody who stands there may sway and still stand there."""


class Level(msgspec.Struct, frozen=True):
    """A weight that lasted from ``first`` to ``last``."""

    kg: Decimal
    first: float
    last: float

    def then(self, kg: Decimal, at: float) -> "Level":
        """The same level a little later, or a new one."""
        if abs(kg - self.kg) <= self.kg * SAME_LEVEL:
            return replace(self, last=at)
        return Level(kg, at, at)

    def joined_by(self, kg: Decimal) -> bool:
        """Whether so much more stands there now that somebody or something has come."""
        return kg > self.kg * COMPANY and self.last - self.first >= COMPANY_SECONDS


class Weighing(msgspec.Struct, frozen=True):
    """What the stand step has so far. ``since`` is the monotonic second at which the step began.

    ``fresh``: the platform was empty since then, or its scale says nothing of an empty one. ``on_since``:
    when somebody was first felt there, None while nobody is. ``live`` is the latest weight, as it was said;
    ``said`` what a scale that repeats itself has settled on and must still repeat.
    """

    since: float
    expects: tuple[Quantity, ...] = STANDING
    weighs: Weighs = PLAIN
    fresh: bool = True
    on_since: float | None = None
    live: Reading | None = None
    level: Level | None = None
    company: bool = False
    stillness: Stillness = MOVING
    said: tuple[Reading, ...] = ()
    observations: tuple[Observation, ...] = ()

    def with_reading(self, reading: Reading, at: float, moment: datetime, instrument: str) -> "Weighing":
        """The weighing with this reading in it, or unchanged where it does not count."""
        if reading.kind not in STANDING or at < self.since or not plausible(reading):
            return self
        if reading.kind is Quantity.BODY_WEIGHT:
            return self._weighed(reading, at, moment, instrument)
        in_turn = self.weighs.marks_still or self.value_of(Quantity.BODY_WEIGHT) is not None
        if not self.fresh or reading.stable is False or not in_turn:
            return self
        return _taking(self, reading, moment, instrument)

    def repeated(self, moment: datetime, instrument: str) -> "Weighing":
        """What it said last was said again and again: that is taken."""
        taken = replace(self, said=())
        for reading in self.said:
            taken = _with(taken, reading, moment, instrument)
        return taken

    def emptied(self) -> "Weighing":
        """Nobody stands there any more: a weight taken stands, all else begins anew."""
        taken = self.observations if self.value_of(Quantity.BODY_WEIGHT) is not None else ()
        return Weighing(self.since, self.expects, self.weighs, observations=taken)

    def value_of(self, quantity: Quantity) -> Observation | None:
        """The accepted observation of ``quantity``, or None."""
        return next((o for o in self.observations if o.quantity is quantity), None)

    def remarked(self, remark: Remark | None) -> "Weighing":
        """The weighing with ``remark`` on its weight."""
        if remark is None:
            return self
        return replace(self, observations=tuple(_remarked(one, remark) for one in self.observations))

    @property
    def complete(self) -> bool:
        """Whether every quantity this instrument can give is there."""
        return all(self.value_of(quantity) is not None for quantity in self.expects)

    def _weighed(self, reading: Reading, at: float, moment: datetime, instrument: str) -> "Weighing":
        if self.value_of(Quantity.BODY_WEIGHT) is not None:
            return self
        felt = self._felt(reading, at)
        if not self.fresh:
            return felt
        if self.weighs.marks_still:
            taken = None if reading.stable is False else reading
        else:
            rest = felt.stillness.at_rest()
            taken = None if rest is None else rest.reading
        return felt if taken is None else _taking(felt, taken, moment, instrument)

    def _felt(self, reading: Reading, at: float) -> "Weighing":
        """Somebody is there, and this is what she weighs at the moment."""
        kg = converted(reading.kind, reading.value, reading.unit)
        level = Level(kg, at, at) if self.level is None else self.level.then(kg, at)
        joined = self.level is not None and self.level.joined_by(kg)
        return replace(
            self,
            on_since=at if self.on_since is None else self.on_since,
            live=reading,
            level=level,
            company=self.company or joined,
            stillness=self.stillness.with_weight(at, kg, reading),
        )


def _taking(weighing: Weighing, reading: Reading, moment: datetime, instrument: str) -> Weighing:
    """Take it, or keep it in mind where it must come again."""
    if not weighing.weighs.repeats:
        return _with(weighing, reading, moment, instrument)
    others = tuple(one for one in weighing.said if one.kind is not reading.kind)
    return replace(weighing, said=(*others, reading))


def _with(weighing: Weighing, reading: Reading, moment: datetime, instrument: str) -> Weighing:
    if weighing.value_of(reading.kind) is not None:
        return weighing
    sample = Sample(
        reading.value, reading.unit, at=moment, device_time=reading.device_time, frame=reading.frame
    )
    observation = Observation(
        quantity=reading.kind,
        value=reading.value,
        unit=reading.unit,
        at=moment,
        instrument=instrument,
        samples=(sample,),
    )
    return replace(weighing, observations=(*weighing.observations, observation))


def _remarked(observation: Observation, remark: Remark) -> Observation:
    if observation.quantity is not Quantity.BODY_WEIGHT:
        return observation
    samples = tuple(replace(one, remarks=(*one.remarks, remark)) for one in observation.samples)
    return replace(observation, samples=samples)


def plausible(reading: Reading) -> bool:
    """Whether a person can weigh or measure so much; what is not is a fault, never a finding."""
    low, high = LIMITS[reading.kind]
    return low <= converted(reading.kind, reading.value, reading.unit) <= high
