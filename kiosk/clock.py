"""Time as the kiosk needs it: durations from the monotonic clock, dates from the wall clock.

The only place the attendant takes time from, so tests can hold it. ``speed`` makes a demonstration
quicker: it divides rests, pauses and patience, and never a protocol time-out or anything stored.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

STUMBLES_S = 3.0
"""Seconds of real time for which a busy machine may keep threads and instruments from their turn."""


def _wall() -> datetime:
    return datetime.now(UTC)


class Clock(msgspec.Struct, frozen=True):
    """``monotonic`` in seconds, ``wall`` aware UTC, ``zone`` of the station, ``speed`` >= 1.

    ``reader``: how much quicker than life pages are read and pressed; None is as quick as the rest. Before a
    demonstration's window stands somebody real, who reads as slowly as ever (1).
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], datetime] = _wall
    zone: str = "Asia/Shanghai"
    speed: float = 1.0
    reader: float | None = None

    def since(self, moment: float) -> float:
        """Seconds of the visit's own time that went by since the monotonic ``moment``."""
        return (self.monotonic() - moment) * self.speed

    def read_since(self, moment: float) -> float:
        """Seconds whoever reads the screen had since the monotonic ``moment``."""
        return (self.monotonic() - moment) * (self.speed if self.reader is None else self.reader)

    def over(self, moment: float, seconds: float) -> bool:
        """Whether ``seconds`` of the visit's own time went by, and real time enough for a busy machine.

        For all that is given up: nobody comes late because a demonstration is quick.
        """
        return self.since(moment) > seconds and self._stumbled(moment, seconds)

    def read_over(self, moment: float, seconds: float) -> bool:
        """The same for whoever reads the screen."""
        return self.read_since(moment) > seconds and self._stumbled(moment, seconds)

    def _stumbled(self, moment: float, seconds: float) -> bool:
        return self.monotonic() - moment >= min(seconds, STUMBLES_S)

    def local(self) -> datetime:
        """The civil time at the station."""
        return self.wall().astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The civil date at the station."""
        return self.local().date()
