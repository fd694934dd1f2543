"""Whether she is still there, and what lies above the step: the panels, and how she wants the screen to look.

Nothing here moves a visit but time: a form left alone asks whether more time is needed, and ends the visit
when nobody answers.
"""

from health.words import languages
from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening
from kiosk.flow.table import TABLE, WARNING
from kiosk.views import Overlay

LOOK = frozenset({Choice.LANGUAGE, Choice.CONTRAST, Choice.LARGE})
"""Choices that change how the screen looks and nothing else."""


class Presence:
    """What is the same at every step."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def choose(self, choice: Choice) -> bool:
        """Act on what was pressed; False where it belongs to the step."""
        sitting = self._at.sitting
        sitting.touched = self._at.clock.monotonic()
        if sitting.overlay is not None:
            self._answer(choice)
        elif choice is Choice.HELP:
            sitting.help_called = True
            self._cover(Overlay.HELP)
        elif choice in LOOK:
            self._change_look(choice)
        else:
            return False
        return True

    def begin(self) -> None:
        """A step was arrived at: no panel lies above it."""
        self._at.sitting.overlay = None

    def tick(self) -> None:
        """Ask whether she needs more time, and end the visit when nobody says so."""
        sitting, limit = self._at.sitting, TABLE[self._at.step].idle
        read = self._at.clock.read_since
        if sitting.overlay is Overlay.STILL_THERE:
            if read(sitting.overlay_since) > WARNING:
                self._at.go(Happening.GONE)
        elif limit is not None and sitting.overlay is None and read(sitting.touched) > limit:
            self._cover(Overlay.STILL_THERE)

    def _answer(self, choice: Choice) -> None:
        sitting = self._at.sitting
        overlay, sitting.overlay = sitting.overlay, None
        if overlay is Overlay.STILL_THERE and choice is Choice.LEAVE:
            self._at.go(Happening.GONE)

    def _cover(self, overlay: Overlay) -> None:
        self._at.sitting.overlay = overlay
        self._at.sitting.overlay_since = self._at.clock.monotonic()

    def _change_look(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice is Choice.LANGUAGE:
            known = languages()
            sitting.language = known[(known.index(sitting.language) + 1) % len(known)]
        elif choice is Choice.CONTRAST:
            sitting.theme = sitting.theme.following
        else:
            sitting.large = not sitting.large
