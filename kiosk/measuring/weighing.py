"""One weighing is one reading: what the stand step accepts.

Only a reading heard after the step began counts, only a stable one, and only the first of each quantity:
repeats and recalled values change nothing. Pure.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from devices.reading import Quantity, Reading
from health.quantity import converted
from health.visit import Observation, Sample

STANDING = (Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT)
LIMITS = {
    Quantity.BODY_WEIGHT: (Decimal(20), Decimal(300)),
    Quantity.BODY_HEIGHT: (Decimal(100), Decimal(230)),
}
"""Kilograms and centimetres outside of which the reading is a fault of unit or format, not a person."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the stand step has so far. ``since`` is the monotonic second at which the step began."""

    since: float
    expects: tuple[Quantity, ...] = STANDING
    observations: tuple[Observation, ...] = ()

    def with_reading(self, reading: Reading, at: float, moment: datetime, instrument: str) -> "Weighing":
        """The weighing with this reading in it, or unchanged where it does not count."""
        if not self._counts(reading, at):
            return self
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
        return replace(self, observations=(*self.observations, observation))

    def value_of(self, quantity: Quantity) -> Observation | None:
        """The accepted observation of ``quantity``, or None."""
        return next((o for o in self.observations if o.quantity is quantity), None)

    @property
    def complete(self) -> bool:
        """Whether every quantity this instrument can give is there."""
        return all(self.value_of(quantity) is not None for quantity in self.expects)

    def _counts(self, reading: Reading, at: float) -> bool:
        if reading.kind not in STANDING or reading.stable is False or at < self.since:
            return False
        low, high = LIMITS[reading.kind]
        value = converted(reading.kind, reading.value, reading.unit)
        return self.value_of(reading.kind) is None and low <= value <= high
