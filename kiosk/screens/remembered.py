"""What she said last time, all of it at once: does it still hold?"""

from collections.abc import Sequence

from kiosk.screens.screen import StepScreen
from kiosk.widgets.words import width_em

LARGE_EM, SMALL_EM = 15.0, 11.5
MOST_LARGE = 6


class RememberedScreen(StepScreen):
    """Sentences about her, and two answers of the same weight; neither is suggested."""

    def size_of(self, lines: Sequence[str], width: float) -> float:
        """The letters of the sentences: large where there are few and each stands on a line of its own."""
        whole = all(width_em(line) * LARGE_EM <= width for line in lines)
        return LARGE_EM if whole and len(lines) <= MOST_LARGE else SMALL_EM
