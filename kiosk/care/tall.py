"""How tall she is, asked only where a scale must know it and nothing here measures it.

What she says goes to the scale and nowhere else: it is no measurement, so it is neither filed nor printed.
"""

from decimal import Decimal

from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening

TALL_DIGITS = 3
SHORTEST, TALLEST = Decimal(100), Decimal(220)
"""Centimetres; what is outside was mistyped."""


class Tall:
    """The keypad step before such a scale."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def begin(self) -> None:
        """An empty line."""
        self._at.sitting.tall = ""

    def choose(self, choice: Choice, detail: str) -> bool:
        """Type, or go on to the scale. True where she leaves the scale out."""
        sitting = self._at.sitting
        if choice is Choice.DIGIT and len(detail) == 1 and detail in "0123456789":
            sitting.tall = (sitting.tall + detail)[:TALL_DIGITS]
        elif choice is Choice.DELETE:
            sitting.tall = sitting.tall[:-1]
        elif choice is Choice.CONFIRM and len(sitting.tall) == TALL_DIGITS:
            self._say(Decimal(sitting.tall))
        return choice is Choice.SKIP

    def _say(self, height: Decimal) -> None:
        if not SHORTEST <= height <= TALLEST:
            self._at.sitting.tall, self._at.sitting.trouble = "", "say.tall.again"
            return
        self._at.sitting.said_height = height
        self._at.go(Happening.DONE)
