"""A face that hears one finger at a time, and none for a moment after it changed.

What stands on it may be anything; whoever shows something new says so with ``guard``. A second finger is
never heard, because a palm that rests presses nothing.
"""

from time import monotonic

from kivy.base import EventLoop
from kivy.input import MotionEvent
from kivy.properties import NumericProperty

from kiosk.widgets.key import Key
from kiosk.widgets.plan import Plan

LOST_S = 60.0
"""Seconds after which a finger that never lifted is held to be lost by its panel: it keeps nobody out."""


class OneFinger(Plan):
    """Deaf for ``guard_ms`` after a change, and until all fingers are up."""

    guard_ms = NumericProperty(400)

    def __init__(self, **kwargs: object) -> None:
        self._fingers: dict[object, float] = {}
        self._deaf_until = 0.0
        super().__init__(**kwargs)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Hear the first finger after the guard time, swallow every other."""
        alone = not self._still_down()
        now = self._fingers[touch.uid] = monotonic()
        if not alone or now < self._deaf_until:
            return True
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """A finger is up."""
        self._fingers.pop(touch.uid, None)
        return bool(super().on_touch_up(touch))

    def guard(self) -> None:
        """Something new stands here: forget what was being pressed and wait for a new touch."""
        self._deaf_until = monotonic() + self.guard_ms / 1000
        for widget in self.walk(restrict=True):
            if isinstance(widget, Key):
                widget.let_go()

    def _still_down(self) -> bool:
        """Whether a finger is down. One that lifted while something else stood here was never told of."""
        known, now = {touch.uid for touch in EventLoop.touches}, monotonic()
        self._fingers = {
            uid: since for uid, since in self._fingers.items() if uid in known and now - since < LOST_S
        }
        return bool(self._fingers)

    def hear_at_once(self) -> None:
        """What stands here stood here before: no finger needs to be guarded from it."""
        self._deaf_until = 0.0
