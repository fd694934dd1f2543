"""How long to wait before trying again: full jitter, longer each time, at most 15 minutes, without end.

Full jitter (Brooker, "Exponential Backoff and Jitter", AWS 2015): each wait is drawn evenly between nothing
and a limit that doubles. So 240 stations that lost one clinic do not come back together. No clock in here.
"""

import random
from collections.abc import Callable
from uuid import UUID

import msgspec

FIRST_S = 2.0
CAP_S = 15 * 60.0
_MOST_DOUBLINGS = 16


def wait_after(failures: int, draw: Callable[[], float] = random.random) -> float:
    """Seconds to wait after ``failures`` in a row (>= 1). ``draw`` gives 0 <= x < 1."""
    return draw() * min(CAP_S, FIRST_S * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))


def wait_asked(asked: float | None, own: float) -> float:
    """``own`` wait, or the longer one a server ``asked`` for; the cap holds for both."""
    return min(CAP_S, max(own, asked or 0.0))


class Resting(msgspec.Struct):
    """Envelopes that were just tried in vain, and until which monotonic second each of them rests."""

    _failures: dict[UUID, int] = msgspec.field(default_factory=dict)
    _until: dict[UUID, float] = msgspec.field(default_factory=dict)
    _blameless: set[UUID] = msgspec.field(default_factory=set)
    _second_chance: set[UUID] = msgspec.field(default_factory=set)

    def rest(self, envelope: UUID, now: float, *, blameless: bool = False) -> None:
        """It was tried in vain once more; ``blameless`` where rather the clinic was ill."""
        self._failures[envelope] = self._failures.get(envelope, 0) + 1
        self._until[envelope] = now + wait_after(self._failures[envelope])
        self._blameless.add(envelope) if blameless else self._blameless.discard(envelope)

    def wake(self) -> None:
        """The clinic may be well again: the blameless need not rest."""
        for envelope in self._blameless:
            self._until.pop(envelope, None)
        self._blameless.clear()

    def begin_anew(self) -> bool:
        """The clinic was ill and is well: the blameless begin anew. Returns whether any did.

        One of them that fails again although the clinic is well has had its second chance.
        """
        again = set(self._blameless)
        for envelope in again:
            self._failures.pop(envelope, None)
        self._second_chance |= again
        self.wake()
        return bool(again)

    def had_a_second_chance(self, envelope: UUID) -> bool:
        """Whether it began anew since it failed; said once."""
        had = envelope in self._second_chance
        self._second_chance.discard(envelope)
        return had

    def done(self, envelope: UUID) -> None:
        """It arrived."""
        self._second_chance.discard(envelope)
        self._failures.pop(envelope, None)
        self._until.pop(envelope, None)
        self._blameless.discard(envelope)

    def now(self, now: float) -> frozenset[UUID]:
        """Those that rest at ``now``."""
        return frozenset(one for one, until in self._until.items() if until > now)

    def at_fault(self, now: float) -> frozenset[UUID]:
        """Those that rest at ``now`` for a reason of their own."""
        return self.now(now) - self._blameless

    def first_up(self, now: float) -> float | None:
        """Seconds until the first of them may be tried, None when none rests."""
        return min((until - now for until in self._until.values() if until > now), default=None)
