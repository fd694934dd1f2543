"""What is known of the platform before anybody is asked to step on it, at whatever step she is.

A weight counts only from a platform that was seen empty, so what the scale says between two weighings is
remembered here. It must not judge a weight.
"""

from enum import StrEnum

import msgspec

from devices.events import Heard
from kiosk.measuring.weighing import plausible


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
SILENCE = 10.0
"""Seconds of real time after which a scale that does not tell when it is empty weighs somebody new."""


class Platform(msgspec.Struct):
    """One platform, from the opening of its line on."""

    ground: Ground = Ground.EMPTY
    _somebody: bool = False
    _said: float | None = None
    _tells: bool = False

    def stood_on(self, heard: Heard, *, tells_empty: bool) -> bool:
        """A weight was said; whether somebody, and no bag, has just stepped on.

        A scale that never says that it is empty is believed to be; of such a one whoever is weighed after a
        while of silence has just stepped on.
        """
        lately = self._said is not None and heard.at - self._said < SILENCE
        person, known = plausible(heard.reading), self._somebody if tells_empty else lately
        self._said, self._tells = heard.at, tells_empty
        if tells_empty:
            self.ground = Ground.TAKEN
        self._somebody = self._somebody or person
        return person and not known

    def emptied(self) -> None:
        """Nobody stands there any more."""
        self.ground = Ground.EMPTY
        self._somebody = False

    def complained(self, code: str) -> bool:
        """Whether ``code`` says something of the empty platform; then it is remembered."""
        found = BESIDE_ZERO.get(code)
        if found is not None:
            self.ground = found
        return found is not None

    @property
    def left(self) -> bool:
        """Whether a scale that tells it has said that nobody stands there any more."""
        return self._tells and self.empty

    @property
    def empty(self) -> bool:
        """Whether whoever steps on now is weighed from zero."""
        return self.ground is Ground.EMPTY
