"""How the person at the kiosk wants to hear: louder, slower, or not at all, and what she asked to hear again.

Part of her sitting, so all of it is gone with her: the next person hears the usual voice at the usual
loudness.
"""

from enum import IntEnum

import msgspec
from msgspec.structs import replace


class Loudness(IntEnum):
    """What staff set the amplifier to, and two steps above it."""

    USUAL = 0
    LOUDER = 1
    LOUDEST = 2


class Pace(IntEnum):
    """Slower than people read, and two steps slower still."""

    USUAL = 0
    SLOWER = 1
    SLOWEST = 2


class Hearing(msgspec.Struct, frozen=True):
    """``asked`` counts how often she wanted to hear this screen again, whole and with its values."""

    loudness: Loudness = Loudness.USUAL
    pace: Pace = Pace.USUAL
    muted: bool = False
    asked: int = 0

    def louder(self) -> "Hearing":
        """A step louder; after the loudest the usual again."""
        return replace(self, loudness=Loudness((self.loudness + 1) % len(Loudness)), muted=False)

    def slower(self) -> "Hearing":
        """A step slower; after the slowest the usual again."""
        return replace(self, pace=Pace((self.pace + 1) % len(Pace)), muted=False)

    def hushed(self) -> "Hearing":
        """Silent, or to be heard again."""
        return replace(self, muted=not self.muted)

    def again(self) -> "Hearing":
        """She wants to hear this screen."""
        return replace(self, asked=self.asked + 1, muted=False)


USUAL = Hearing()
"""How everybody hears at first."""
