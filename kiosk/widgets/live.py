"""What moves while a body is measured: the dark window with its number, and the lamps of standing still.

A number in a dark window still moves; no result stands in a window and no live number anywhere else.
"""

from collections.abc import Sequence

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, OptionProperty, StringProperty

from kiosk.widgets.flatten import Patch
from kiosk.widgets.panel import Panel
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import disc, ring, stroke

LAMPS = 5


class LiveWindow(Panel):
    """``value`` ends at ``ends`` mm or stands at the left; ``instead`` is said where there is none."""

    label = StringProperty("")
    label_em = NumericProperty(10.0)
    value = StringProperty("")
    unit = StringProperty("")
    instead = StringProperty("")
    flush = OptionProperty("right", options=["left", "right"])
    ends = NumericProperty(172.0)


class Lamps(Sketch):
    """Five circles 20 mm wide that turn green with a tick, left to right or upwards; they may go back."""

    lit = NumericProperty(0)
    upright = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        again = self.repaint_soon
        self.bind(lit=again, colours=again, upright=again)

    def patches(self) -> Sequence[Patch]:
        """Lit lamps are discs with a tick, the others rings."""
        if self.colours is None:
            return ()
        found: list[Patch] = []
        for place in range(LAMPS):
            x, y = (10.2, 10.2 + 20.6 * (LAMPS - 1 - place)) if self.upright else (10.2 + 25 * place, 10.2)
            if place < self.lit:
                tick = ((x - 4.2, y + 0.4), (x - 1.2, y + 3.2), (x + 4.4, y - 3.2))
                found += [disc(x, y, 10, self.colours.good), stroke(tick, 1.6, self.colours.on_state)]
            else:
                found.append(ring(x, y, 9.5, 0.9, self.colours.key_edge))
        return found
