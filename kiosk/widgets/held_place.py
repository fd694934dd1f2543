"""The fixed place of the idle screen that opens the staff area without a card reader: held for three seconds.

It lies over the mark of the house and swallows nothing: a short touch there is a touch on the idle screen
like any other. What it opens asks for a number and a PIN, so knowing the place is worth nothing.
"""

from kivy.clock import Clock
from kivy.input import MotionEvent
from kivy.metrics import mm
from kivy.uix.widget import Widget

HELD_S = 3.0
BEGUN_S = 1.0
"""So long no finger stays that came by there: from now on it means to hold."""
WIDE, HIGH = 60.0, 40.0
"""Its size in mm, from the upper left corner of the face."""


class HeldPlace(Widget):
    """Dispatches ``on_held`` when one finger stayed on the place, and before that ``on_begun`` when it stays
    longer than a touch. ``wanted`` False: deaf.
    """

    __events__ = ("on_begun", "on_held")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.wanted = False
        self._finger: MotionEvent | None = None
        self._beginning = Clock.create_trigger(self._begin, BEGUN_S)
        self._waiting = Clock.create_trigger(self._hold, HELD_S)

    def on_begun(self) -> None:
        """Somebody begins to hold the place; bound by the window."""

    def on_held(self) -> None:
        """The place was held; bound by the window."""

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Begin to count, and let the touch go on to what lies below."""
        across, down = touch.x - self.x, self.top - touch.y
        if self.wanted and self._finger is None and 0 <= across < mm(WIDE) and 0 <= down < mm(HIGH):
            self._finger = touch
            self._beginning()
            self._waiting()
        return False

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """The finger is up: too short is nothing."""
        if touch is self._finger:
            self._finger = None
            self._beginning.cancel()
            self._waiting.cancel()
        return False

    def _begin(self, _: float) -> None:
        if self.wanted:
            self.dispatch("on_begun")

    def _hold(self, _: float) -> None:
        self._finger = None
        if self.wanted:
            self.dispatch("on_held")
