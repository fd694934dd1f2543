"""Time, taken often enough to say something: a figure is a ratio against what it must keep up with.

Milliseconds wander by a factor of two on a shared machine; a ratio far from 1 does not. This module must not
know what is measured.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result. ``times``: how often the part does what it must do once; over 1 it keeps up.

    None: it was not measured here, ``measured`` says why, and the run as a whole has failed.
    """

    name: str
    measured: str
    against: str
    times: float | None


def durations(
    work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Seconds of each of ``rounds`` calls, after one that warms up; sorted.

    ``clock`` may be ``time.process_time``, which other programs on the machine do not slow.
    """
    work()
    taken: list[float] = []
    for _ in range(rounds):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return sorted(taken)


def median(taken: list[float]) -> float:
    """The middle of sorted seconds."""
    return statistics.median(taken)


def p95(taken: list[float]) -> float:
    """The time that 95 of 100 calls stay under; ``taken`` is sorted."""
    return taken[min(len(taken) - 1, int(len(taken) * 0.95))]
