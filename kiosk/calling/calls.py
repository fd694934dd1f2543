"""The one call that stands at this station: it rings, again each minute, until a staff badge answers.

It belongs to the place, not to the visit: somebody who walks off has not taken her call along. It holds no
name and no value, and its seconds are real ones, in a demonstration too. It must not move the flow, and knows
neither loudspeaker nor relay: whoever makes it says how it rings.
"""

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from kiosk.clock import Clock

AGAIN_S = 60.0
"""Seconds after which a call that nobody answered rings again."""
UNANSWERED_S = 180.0
"""Seconds after which screen and paper say whom else to call; the call itself goes on."""
LASTS_S = 600.0
"""Seconds a call for help goes on after the person who made it has gone; one for a value goes on until
somebody comes."""


class Reason(IntEnum):
    """Why staff are called; a higher one takes the place of a lower."""

    BLOOD = 0
    TROUBLE = 1
    HELP = 2
    URGENT = 3

    @property
    def word(self) -> str:
        """As the trail says it."""
        return self.name.lower()


class Call(msgspec.Struct, frozen=True):
    """A call of staff. ``called_at`` is aware UTC, ``since`` monotonic; ``step`` is where it was made.

    ``visit`` is None for a call of before the station was started.
    """

    reason: Reason
    called_at: datetime
    since: float
    visit: UUID | None
    step: str


Ring = Callable[[Reason], None]


def quiet(_reason: Reason) -> None:
    """Nothing rings here."""


class Calls:
    """At most one call. Lives on the thread that draws."""

    def __init__(self, clock: Clock, ring: Ring = quiet) -> None:
        self._clock = clock
        self._ring = ring
        self._rung = 0.0
        self._left: float | None = None
        self._hushed = False
        self.standing: Call | None = None

    def call(self, reason: Reason, visit: UUID, step: str) -> Call:
        """Call, and ring at once. What stands already for as good a reason goes on and rings again."""
        standing = self.standing
        if standing is None or standing.reason < reason:
            standing = Call(reason, self._clock.wall(), self._clock.monotonic(), visit, step)
        elif standing.reason is reason and standing.visit != visit:
            standing = replace(standing, visit=visit, step=step)
        self.standing = standing
        self._left, self._hushed = None, False
        self._sound(standing)
        return standing

    def take_up(self, called_at: datetime) -> None:
        """A call for a value, made at ``called_at``, stood when the station went out: it stands again."""
        now = self._clock.monotonic()
        self.standing = Call(Reason.URGENT, called_at, now, None, "")
        self._sound(self.standing)

    def answered(self) -> Call | None:
        """Somebody is here: the call ends; what it was, None where there was none."""
        was, self.standing = self.standing, None
        return was

    def stand_again(self, call: Call) -> None:
        """Somebody answered ``call`` and nobody said what came of it: it stands as before, and rings."""
        self.standing = call
        self._sound(call)

    def end(self, *reasons: Reason) -> None:
        """What one of these ``reasons`` called for is over by itself."""
        if self.standing is not None and self.standing.reason in reasons:
            self.standing = None

    def hush(self) -> None:
        """Whoever called for help goes on by herself: it stands until staff clear it, and rings no more."""
        self._hushed = self.standing is not None and self.standing.reason is Reason.HELP

    def left(self) -> None:
        """Whoever was here has gone. A call of hers that rings goes on; any other is over."""
        if self._hushed:
            self.end(Reason.HELP)
        self.end(Reason.BLOOD, Reason.TROUBLE)
        self._left = self._clock.monotonic()

    def tick(self) -> None:
        """Ring again when it is time."""
        now = self._clock.monotonic()
        if self._left is not None and now - self._left >= LASTS_S:
            self.end(Reason.HELP)
        if self.standing is not None and not self._hushed and now - self._rung >= AGAIN_S:
            self._sound(self.standing)

    @property
    def unanswered(self) -> bool:
        """Whether nobody answered in time."""
        call = self.standing
        return call is not None and self._clock.monotonic() - call.since >= UNANSWERED_S

    def _sound(self, call: Call) -> None:
        self._rung = self._clock.monotonic()
        self._ring(call.reason)
