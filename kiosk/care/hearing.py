"""How she hears: this screen again, louder, slower, or not at all; and the panel that offers it.

Works at every step, above it, and changes nothing of the visit. It must not speak: the station reads what she
wants from the view.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Step
from kiosk.views import Overlay
from kiosk.voice.hearing import Hearing

CHOICES: Mapping[Choice, Callable[[Hearing], Hearing]] = MappingProxyType(
    {
        Choice.SAY: Hearing.again,
        Choice.LOUDER: Hearing.louder,
        Choice.SLOWER: Hearing.slower,
        Choice.MUTE: Hearing.hushed,
    }
)
PANEL_STANDS = 12.0
"""Seconds the panel stands untouched before it goes by itself: a little longer than a screen takes to
hear.
"""


class Hears:
    """The wishes of the person who stands here. On the thread that draws."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def choose(self, choice: Choice) -> None:
        """She wants to hear it again or otherwise. The panel comes up, above the step and no other panel."""
        sitting = self._at.sitting
        if sitting.step is Step.IDLE:
            return
        sitting.hearing = CHOICES[choice](sitting.hearing)
        if sitting.overlay in (None, Overlay.VOICE):
            sitting.overlay = Overlay.VOICE
            sitting.overlay_since = self._at.clock.monotonic()

    def closed(self, choice: Choice) -> bool:
        """Take the panel away for whatever else was pressed; True where that was all she wanted."""
        if self._at.sitting.overlay is not Overlay.VOICE:
            return False
        self._at.sitting.overlay = None
        return choice is Choice.CLOSE

    def tick(self) -> None:
        """Take the panel away once it has stood untouched."""
        sitting = self._at.sitting
        stood = self._at.clock.read_since(sitting.overlay_since)
        if sitting.overlay is Overlay.VOICE and stood > PANEL_STANDS:
            sitting.overlay = None
