"""What came of a calibration or a check: one verdict in words, and the numbers it rests on."""

from collections.abc import Sequence

from kiosk.backroom.pages import at
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.words import Words


class OutcomeCell(Words):
    """One cell of the table of numbers."""


class OutcomeScreen(StaffScreen):
    """Saved, refused, passed or not passed."""

    def cell(self, row: int, column: int, lines: Sequence[Sequence[str]]) -> str:
        """The text in that cell, empty where the table ends."""
        line = at(lines, row)
        return "" if line is None else at(line, column) or ""
