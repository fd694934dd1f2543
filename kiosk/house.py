"""What does not change while the station runs: its name, its rules, its staff's cards."""

from collections.abc import Callable

import msgspec

from health.pressure import protocol_of
from health.rule import Protocol
from health.rulebook import Rulebook
from health.station import Station
from kiosk.badge import Badges
from kiosk.calling.calls import Reason, quiet
from kiosk.theme import FaceSizes
from kiosk.voice.sounds import mute


def _right() -> bool:
    return True


class House(msgspec.Struct, frozen=True):
    """One station as every visit finds it. ``badges`` are the cards of its staff.

    ``face`` is how its screen is laid out.
    ``ring`` rings for staff and returns at once, whether anything is heard or not. ``speaks`` tells whether
    screens are said here in a language, ``clock_trusted`` whether ages and dates may be worked out just now.
    """

    station: Station
    rules: Callable[[], Rulebook]
    guideline: bool
    badges: Badges
    demo: bool
    face: FaceSizes
    ring: Callable[[Reason], None] = quiet
    speaks: Callable[[str], bool] = mute
    clock_trusted: Callable[[], bool] = _right

    @property
    def pressure(self) -> Protocol:
        """How pressure is taken, by the rulebook's edition."""
        return protocol_of(self.rulebook.pressure)

    @property
    def rulebook(self) -> Rulebook:
        """The rules, read when they are first needed and not before the first screen."""
        return self.rules()
