"""When a weight is at rest, for scales that stream and never say so.

The more she sways, the longer it must go on: a quiet second is enough, a swaying person needs two and a half,
and a hand on a rail wanders more than any of the bands below allows. What is taken is a weight the scale
said, the one nearest to the mean of the quiet stretch; nothing unsteady is ever averaged. Pure: no clock, and
no instrument. Its limits come from synthetic traces (``benchmarks/weighing.py``), not from people.
"""

from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.reading import Reading


class Band(msgspec.Struct, frozen=True):
    """A stretch of so many seconds within which the weight moved no more than ``kg`` from end to end."""

    seconds: float
    kg: Decimal


BANDS = (
    Band(0.8, Decimal("0.1")),
    Band(1.1, Decimal("0.2")),
    Band(1.6, Decimal("0.3")),
    Band(2.4, Decimal("0.5")),
)
FEWEST = 8
"""Weights a stretch must hold, however slowly the scale speaks: three alike come by chance."""

DRIFT = Decimal("0.06")
"""Kilograms by which the means of the stretch's two halves may differ; more is on its way somewhere."""

REMEMBERED = 4.0
"""Seconds that are kept, more than the longest band."""


class Said(msgspec.Struct, frozen=True):
    """A weight in kilograms, when it was heard (monotonic seconds), and the reading it was."""

    at: float
    kg: Decimal
    reading: Reading


class Stillness(msgspec.Struct, frozen=True):
    """The last weights of one person on the platform, oldest first."""

    said: tuple[Said, ...] = ()

    def with_weight(self, at: float, kg: Decimal, reading: Reading) -> "Stillness":
        """With one more; what is long past is dropped."""
        kept = [one for one in self.said[-FEWEST:] if one.at <= at - REMEMBERED]
        kept += [one for one in self.said if one.at > at - REMEMBERED]
        return replace(self, said=(*kept, Said(at, kg, reading)))

    def at_rest(self) -> Said | None:
        """The weight that may be taken now, None while it moves."""
        for band in BANDS:
            stretch = self._last(band.seconds)
            if stretch and _quiet(stretch, band.kg):
                return _middle(self._as_far_back(stretch))
        return None

    def _last(self, seconds: float) -> tuple[Said, ...]:
        """What was said in the last ``seconds``, at least ``FEWEST``; empty while there is not so much."""
        if len(self.said) <= FEWEST:
            return ()
        begins = self.said[-1].at - seconds
        first = next((i for i, one in enumerate(self.said) if one.at >= begins), 0)
        first = min(first, len(self.said) - FEWEST)
        return self.said[first:] if first > 0 else ()

    def _as_far_back(self, stretch: tuple[Said, ...]) -> tuple[Said, ...]:
        """The stretch, and whatever lay within the same two weights before it."""
        low, high = min(one.kg for one in stretch), max(one.kg for one in stretch)
        first = len(self.said) - len(stretch)
        while first > 0 and low <= self.said[first - 1].kg <= high:
            first -= 1
        return self.said[first:]


def _quiet(stretch: tuple[Said, ...], most: Decimal) -> bool:
    weights = [one.kg for one in stretch]
    half = len(weights) // 2
    apart = abs(_mean(weights[:half]) - _mean(weights[-half:]))
    return max(weights) - min(weights) <= most and apart <= DRIFT


def _middle(stretch: tuple[Said, ...]) -> Said:
    mean = _mean([one.kg for one in stretch])
    return min(stretch, key=lambda one: abs(one.kg - mean))


def _mean(weights: list[Decimal]) -> Decimal:
    return sum(weights, Decimal(0)) / len(weights)
