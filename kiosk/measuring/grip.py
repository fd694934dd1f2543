"""Two squeezes a hand, the best counts: the plan of the grip step.

Two tries a hand and the best of each: our choice, since the primary text of AWGS 2019 could not be read;
the count is a parameter. Pure; it must not know an instrument, a clock or a screen.
"""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.reading import Quantity, Reading
from health.quantity import converted
from health.visit import Observation, Sample

TRIES_A_HAND = 2
BAR_FULL = Decimal(50)
"""Kilograms at the right end of the live bar."""


class Squeeze(msgspec.Struct, frozen=True):
    """One finished try: its peak and when."""

    reading: Reading
    at: datetime


class GripPlan(msgspec.Struct, frozen=True):
    """The tries so far, in the order left, left, right, right."""

    tries: int = TRIES_A_HAND
    done: tuple[Squeeze, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every planned try was made."""
        return len(self.done) >= 2 * self.tries

    @property
    def hand(self) -> Quantity:
        """The hand whose turn it is."""
        return Quantity.GRIP_LEFT if len(self.done) < self.tries else Quantity.GRIP_RIGHT

    def with_squeeze(self, squeeze: Squeeze) -> "GripPlan":
        """The plan with one more try. The other hand's squeeze does not count and changes nothing."""
        if self.complete or squeeze.reading.kind is not self.hand:
            return self
        return replace(self, done=(*self.done, squeeze))

    def best(self, hand: Quantity) -> Reading | None:
        """The strongest try of ``hand``, or None before the first."""
        tries = [s.reading for s in self.done if s.reading.kind is hand]
        return max(tries, key=_kilograms, default=None)

    def observations(self, instrument: str) -> tuple[Observation, ...]:
        """One observation a hand that was tried: its best, with every try as a sample."""
        return tuple(
            self._observation(hand, instrument)
            for hand in (Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT)
            if self.best(hand) is not None
        )

    def _observation(self, hand: Quantity, instrument: str) -> Observation:
        tries = [s for s in self.done if s.reading.kind is hand]
        best = max(tries, key=lambda squeeze: _kilograms(squeeze.reading))
        return Observation(
            quantity=hand,
            value=best.reading.value,
            unit=best.reading.unit,
            comparator=best.reading.comparator,
            at=best.at,
            instrument=instrument,
            samples=tuple(_sample(one) for one in tries),
        )


def _kilograms(reading: Reading) -> Decimal:
    """What is compared, whatever unit the handle speaks; ``>`` the end of its range is the most."""
    return converted(reading.kind, reading.value, reading.unit)


def _sample(squeeze: Squeeze) -> Sample:
    said = squeeze.reading
    return Sample(
        said.value,
        said.unit,
        comparator=said.comparator,
        at=squeeze.at,
        device_time=said.device_time,
        remarks=said.remarks,
        frame=said.frame,
    )
