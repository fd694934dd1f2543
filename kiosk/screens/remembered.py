"""What she said last time, all of it at once: does it still hold?"""

from collections.abc import Sequence

from kiosk.screens.screen import StepScreen
from kiosk.widgets.words import broken, holds, width_em

LARGE_EM, SMALL_EM, BODY_EM, LEAST_EM = 15.0, 11.5, 10.0, 8.3
MOST_LARGE = 6
_BREATH = 0.88  # of the box's height: the rest is left free above and below the sentences


class RememberedScreen(StepScreen):
    """Sentences about her, and two answers of the same weight; neither is suggested."""

    def size_of(self, lines: Sequence[str], box: Sequence[float], line: float, large: float) -> float:
        """Their size in ``box``: large where there are few and each stands on a line of its own.

        ``line`` is the height of a line in em; grown by ``large`` only where the box holds them so.
        """
        whole = all(width_em(one) * LARGE_EM <= box[2] for one in lines) and len(lines) <= MOST_LARGE
        sizes = (LARGE_EM, SMALL_EM) if whole else (SMALL_EM,)
        for em in (size * grown for size in sizes for grown in (large, 1.0)):
            count = sum(len(broken(one, box[2] / em).split("\n")) for one in lines)
            if count * line * em <= box[3]:
                return em
        return BODY_EM

    def size_in(self, lines: Sequence[str], box: Sequence[float]) -> float:
        """The largest letters at which all sentences stand in ``box``, wrapped where they must be."""
        text = "\n".join(lines)
        room = (*box[:3], box[3] * _BREATH)
        return next((em for em in (LARGE_EM, SMALL_EM, BODY_EM) if holds(room, text, em)), LEAST_EM)
