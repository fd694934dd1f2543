"""A told thing that is not pressed: already known, waiting, in one line or two."""

from math import ceil

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.widgets.panel import Panel
from kiosk.widgets.words import NATURAL_LINE, drawn_em

SIZES = (11.5, 10.0, 8.3)
_WRAPS = 1.06  # lines break between words, and are a little longer for it


class InfoStrip(Panel):
    """``icon`` and one sentence on the info colour, without a border. ``em`` is the largest it may be."""

    icon = StringProperty("")
    text = StringProperty("")
    em = NumericProperty(11.5)
    grows = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position

    def fits(self, text: str, wide: float, high: float, em: float) -> float:
        """The largest size up to ``em`` at which ``text`` stands on one line, or on as many as it is high."""
        for size in (each for each in SIZES if each < em or each == SIZES[-1] or each == em):
            lines = sum(max(1, ceil(drawn_em(line) * size * _WRAPS / wide)) for line in text.split("\n"))
            if lines == 1 or lines * NATURAL_LINE * size <= high:
                return size
        return SIZES[-1]
