"""What a finger presses: forgiving at its edge, deaf to tremor, to a second finger and to a second knock.

A press begins inside the key or up to ``slop`` beside it, shows at once, and counts when the finger lifts
within ``drift`` of where it came down. The same key is deaf for ``lockout`` after it was heard. Sizes and
times: EN 301 549 §5.7-5.9, WCAG 2.2 §2.5.2, and the mean miss of older hands (reference of the interface §2).
"""

from time import monotonic

from kivy.input import MotionEvent
from kivy.metrics import mm
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty

from kiosk.widgets.panel import Panel


class Key(Panel):
    """A pressable panel. ``choice`` and ``detail`` say what it means; ``on_release`` that it was pressed.

    ``kind`` primary, secondary, foot, stop, called or plain gives its colours (``widgets.kv``). ``off``: it
    would do nothing now, so it looks so, and is deaf. Rather hide a key; this is for one among many whose
    going would tear up a keypad.
    """

    __events__ = ("on_release",)

    kind = StringProperty("secondary")
    choice = StringProperty("")
    detail = StringProperty("")
    off = BooleanProperty(False)  # noqa: FBT003 - as below
    down = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    down_fill = ColorProperty([0, 0, 0, 0])
    ink = ColorProperty([0, 0, 0, 1])
    slop = NumericProperty(3.5)  # mm
    drift = NumericProperty(12.0)  # mm
    lockout = NumericProperty(600)  # ms

    def __init__(self, **kwargs: object) -> None:
        self._finger: MotionEvent | None = None
        self._heard = -1e9
        super().__init__(**kwargs)
        self.bind(down=self._repaint, down_fill=self._repaint)

    def ground(self) -> list[float]:
        """The pressed colour while pressed."""
        return list(self.down_fill if self.down else self.fill)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Begin a press. A touch that is meant for this key goes no further, heard or not."""
        if touch.is_mouse_scrolling or not self._meant(touch):
            return False
        if self._finger is None and monotonic() - self._heard >= self.lockout / 1000:
            self._finger = touch
            touch.grab(self)
            self.down = True
            self.repaint()
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Let go when the finger slid too far."""
        if touch is not self._finger:
            return False
        self.down = not self._slid(touch)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """End a press; it counts when the finger did not slide away and the key is still there."""
        if touch is not self._finger:
            return False
        self.let_go()
        if self.shown and not self.off and self.get_parent_window() is not None and not self._slid(touch):
            self._heard = monotonic()
            self.dispatch("on_release")
        return True

    def let_go(self) -> None:
        """Forget a press under way: the screen went from under the finger."""
        finger, self._finger = self._finger, None
        self.down = False
        if finger is not None:
            finger.ungrab(self)

    def on_release(self) -> None:
        """The key was pressed; bound by whoever made it."""

    def _meant(self, touch: MotionEvent) -> bool:
        beside = mm(self.slop)
        across = self.x - beside <= touch.x <= self.right + beside
        return bool(
            self.shown and not self.off and across and self.y - beside <= touch.y <= self.top + beside
        )

    def _slid(self, touch: MotionEvent) -> bool:
        moved = (touch.x - touch.ox) ** 2 + (touch.y - touch.oy) ** 2
        return bool(moved > mm(self.drift) ** 2)


class WordKey(Key):
    """A key with an icon and words in its middle."""

    icon = StringProperty("")
    text = StringProperty("")
    em = NumericProperty(11.5)
    bold = BooleanProperty(True)  # noqa: FBT003
    after = BooleanProperty(False)  # noqa: FBT003
    gap = NumericProperty(4.0)
    grows = BooleanProperty(True)  # noqa: FBT003


class TallKey(Key):
    """A key with its icon above its words."""

    icon = StringProperty("")
    text = StringProperty("")
