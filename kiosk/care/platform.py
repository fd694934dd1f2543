"""What is known of the platform before anybody is asked to step on it, at whatever step she is.

A weight counts only from a platform that was seen empty, so what the scale says between two weighings is
remembered here. It must not judge a weight.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """How the platform lies. A scale that says nothing of an empty platform is always ``EMPTY``."""

    EMPTY = "empty"
    TAKEN = "taken"
    LEFT_ON = "left_on"
    OFF_ZERO = "off_zero"
    LOCKED = "locked"


BESIDE_ZERO = {
    "not_empty": Ground.LEFT_ON,
    "zero_drift": Ground.OFF_ZERO,
    "zero_lost": Ground.LOCKED,
    "zero_error": Ground.LOCKED,
}
"""What the scale itself complains of, and what it means for the next weighing."""


@dataclass(slots=True)
class Platform:
    """One platform, from the opening of its line on."""

    ground: Ground = Ground.EMPTY

    def stood_on(self, *, tells_empty: bool) -> None:
        """A weight was said. A scale that never says that it is empty is believed to be."""
        if tells_empty:
            self.ground = Ground.TAKEN

    def emptied(self) -> None:
        """Nobody stands there any more."""
        self.ground = Ground.EMPTY

    def complained(self, code: str) -> bool:
        """Whether ``code`` says something of the empty platform; then it is remembered."""
        found = BESIDE_ZERO.get(code)
        if found is not None:
            self.ground = found
        return found is not None

    @property
    def empty(self) -> bool:
        """Whether whoever steps on now is weighed from zero."""
        return self.ground is Ground.EMPTY
