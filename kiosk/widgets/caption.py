"""An icon and its words in one row, in the middle of a place: what is written on a plain key.

No icon stands without words; the forward arrow comes after them, every other icon before.
"""

from kivy.clock import Clock
from kivy.metrics import mm
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty

from kiosk.widgets.icon import Icon
from kiosk.widgets.letters import Letters
from kiosk.widgets.plan import Placed

_ICON = 1.2  # side of an icon in em of the words beside it


class Caption(Placed):
    """``icon`` and ``text`` side by side, centred, ``em`` mm high. Sizes and colours come by the rule."""

    icon = StringProperty("")
    text = StringProperty("")
    em = NumericProperty(11.5)
    bold = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position
    after = BooleanProperty(False)  # noqa: FBT003
    grows = BooleanProperty(True)  # noqa: FBT003
    ink = ColorProperty([0, 0, 0, 1])
    ground = ColorProperty([1, 1, 1, 1])
    font_px = NumericProperty(10.0)
    gap = NumericProperty(4.0)  # mm

    def __init__(self, **kwargs: object) -> None:
        self._words = Letters()
        self._sign = Icon()
        self._arrange = Clock.create_trigger(self.arrange, -1)
        super().__init__(**kwargs)
        self.add_widget(self._sign)
        self.add_widget(self._words)
        for name in ("pos", "size", "icon", "text", "bold", "after", "ink", "ground", "font_px", "gap"):
            self.fbind(name, self._arrange)
        self._words.bind(texture_size=self._arrange)
        self._arrange()

    @property
    def overflow(self) -> float:
        """Pixels by which icon and words are wider than their place; 0 or less where they fit."""
        side = self.font_px * _ICON + mm(self.gap) if self.icon else 0.0
        return float(side + self._words.texture_size[0] - self.width)

    def arrange(self, *_: object) -> None:
        """Put icon and words in the middle. Happens by itself before the next frame."""
        self._words.text, self._words.bold = self.text, self.bold
        self._words.color, self._words.font_size = self.ink, self.font_px
        self._sign.name, self._sign.color, self._sign.ground = self.icon, self.ink, self.ground
        side = self.font_px * _ICON if self.icon else 0.0
        gap = mm(self.gap) if self.icon and self.text else 0.0
        width = self._words.texture_size[0]
        left = self.center_x - (side + gap + width) / 2
        self._words.size = self._words.texture_size
        self._sign.size = (side, side)
        self._words.center_y = self._sign.center_y = self.center_y
        if self.after:
            self._words.x, self._sign.x = left, left + width + gap
        else:
            self._sign.x, self._words.x = left, left + side + gap
