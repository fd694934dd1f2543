"""Synthetic traces of people who step on a scale, and the filter that knows everything about them.

No person was weighed for these. A trace is a rise with an overshoot that rings out; sway as the force of
three slow waves (a body that moves slowly presses hardly more, so little of it lies below half a hertz);
tremor; noise; and for a third of the people a hand on a rail for one to six seconds. A hand that steadies
wanders by a quarter to half of what it carries; one that bore a constant weight no rule could find.
"""

import math
import random
from dataclasses import dataclass

DIVISION = 0.1
"""Kilograms; what such a scale prints."""

SECONDS = 25.0
_TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Trace:
    """What a scale prints, (second, kg), of somebody who weighs ``truth``; still from ``clean`` on."""

    truth: float
    said: tuple[tuple[float, float], ...]
    clean: float

    def oracle(self) -> float:
        """The earliest second from which the mean since ``clean`` stays within half a division."""
        good, total, many = math.inf, 0.0, 0
        for second, kg in self.said:
            if second < self.clean:
                continue
            total, many = total + kg, many + 1
            if abs(total / many - self.truth) > DIVISION / 2:
                good = math.inf
            elif good == math.inf:
                good = second
        return good


@dataclass(slots=True)
class _Rail:
    """A hand on a rail: what it takes off the scale."""

    until: float
    release: float
    carries: float
    wander: float
    pace: float
    now: float = 0.0

    def takes(self, second: float, step: float, chance: random.Random) -> float:
        fades = math.exp(-step / self.pace)
        self.now = self.now * fades + self.wander * math.sqrt(1 - fades * fades) * chance.gauss(0, 1)
        if second >= self.until + self.release:
            return 0.0
        share = 1.0 if second < self.until else 1 - (second - self.until) / self.release
        return share * (self.carries + self.now)


def trace(seed: int, rate: float = 10.0) -> Trace:
    """The person of ``seed`` on a scale that prints ``rate`` times a second."""
    chance = random.Random(seed)  # noqa: S311 - the same traces every time, no secret
    truth, rise = chance.uniform(38, 105), chance.uniform(0.4, 1.2)
    ring = (chance.uniform(0.02, 0.08) * truth, chance.uniform(1.5, 3), chance.uniform(0.2, 0.45))
    sway = chance.choice((0.02, 0.05, 0.08, 0.12)) * chance.uniform(0.7, 1.3) * math.sqrt(2)
    waves = [
        (chance.uniform(low, high), share * sway, chance.uniform(0, _TURN))
        for low, high, share in ((0.2, 0.35, 0.25), (0.5, 1.0, 0.7), (0.9, 1.5, 0.67))
    ]
    waves.append((chance.uniform(4, 8), chance.choice((0.0, 0.0, 0.03, 0.08)), 0.0))
    rail = _rail(chance, rise)
    said, clean = [], 0.0
    for number in range(int(SECONDS * rate)):
        second = number / rate
        kg, disturbed = _rising(second, truth, rise, ring)
        taken = rail.takes(second, 1 / rate, chance)
        kg += sum(size * math.sin(_TURN * pace * second + phase) for pace, size, phase in waves)
        kg += chance.gauss(0, 0.02) - taken
        if disturbed > DIVISION / 2 or taken:
            clean = (number + 1) / rate
        said.append((second, max(0.0, round(kg / DIVISION) * DIVISION)))
    return Trace(truth, tuple(said), clean)


def _rail(chance: random.Random, rise: float) -> _Rail:
    holds = chance.random() < 1 / 3
    carries = chance.uniform(1.5, 8)
    return _Rail(
        until=rise + chance.uniform(1, 6) if holds else -1.0,
        release=chance.uniform(0.3, 0.6),
        carries=carries,
        wander=carries * chance.uniform(0.25, 0.5),
        pace=chance.uniform(0.5, 1.2),
    )


def _rising(
    second: float, truth: float, rise: float, ring: tuple[float, float, float]
) -> tuple[float, float]:
    """The force of the step itself, and how far it may be from the truth."""
    if second < rise:
        return truth * (second / rise) ** 1.5, math.inf
    size, pace, fades = ring
    left = size * math.exp(-(second - rise) / fades)
    return truth + left * math.sin(_TURN * pace * (second - rise)), left
