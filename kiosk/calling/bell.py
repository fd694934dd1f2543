"""How a call rings: the sound at the kiosk and, where one is fitted, a relay in the room where staff are.

It returns at once and never fails: a call that cannot be heard still stands on the screen.
"""

from collections.abc import Callable

from devices.relay import Relay
from kiosk.calling.calls import Reason
from kiosk.voice.sounds import Sound

LONG_S, SHORT_S = 3.0, 1.0
"""Seconds the relay stays closed for a value that cannot wait, and for everything else."""


class Bell:
    """Rings for the calls of one station. ``relay`` is None where none is fitted."""

    def __init__(self, play: Callable[[Sound], None], relay: Relay | None) -> None:
        self._play = play
        self._relay = relay

    def ring(self, reason: Reason) -> None:
        """Ring once."""
        self._play(Sound.CALL)
        if self._relay is not None:
            self._relay.ring(LONG_S if reason is Reason.URGENT else SHORT_S)
