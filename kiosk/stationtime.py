"""When something happened at the station, in a way that survives a wrong clock.

Every envelope carries the boot it was made in and the milliseconds since, beside the wall clock and whether
that was to be trusted. The courier tells here how far the clinic's clock is; nothing is corrected in place.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No station existed before: a clock that says so has lost its battery."""
TRUSTED_S = 300
"""How far the clock may be from the clinic's; the skew that signed requests allow too."""


class Moment(msgspec.Struct, frozen=True):
    """A moment: ``monotonic_ms`` since the machine's ``boot``; ``wall``, aware UTC, as was believed."""

    boot: UUID
    monotonic_ms: int
    wall: datetime
    trusted: bool


def _wall() -> datetime:
    return datetime.now(UTC)


class StationTime:
    """The station's clocks. ``heard`` may be called from another thread than the rest."""

    def __init__(
        self,
        boot: UUID,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = _wall,
    ) -> None:
        self.boot = boot
        self._monotonic = monotonic
        self._wall = wall
        self._offset: timedelta | None = None

    def heard(self, offset: timedelta) -> None:
        """The clinic's clock is ahead of this one by ``offset``."""
        self._offset = offset

    def now(self) -> Moment:
        """This moment."""
        wall = self._wall()
        far = self._offset is not None and abs(self._offset) > timedelta(seconds=TRUSTED_S)
        return Moment(self.boot, int(self._monotonic() * 1000), wall, wall >= EARLIEST and not far)

    def corrected(self) -> datetime:
        """The clinic's time as far as it is known, for requests that must be fresh."""
        return self._wall() + (self._offset or timedelta(0))


def boot_id(source: Path = Path("/proc/sys/kernel/random/boot_id")) -> UUID:
    """The name of this boot of the machine. Where the system has none, every start counts as one."""
    try:
        return UUID(source.read_text().strip())
    except (OSError, ValueError):
        return uuid4()
