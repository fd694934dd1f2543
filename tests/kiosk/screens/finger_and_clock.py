"""A finger on the window of the tests, and a clock that a test moves by hand. Imported after the window."""

from kivy.core.window import Window
from kivy.metrics import mm
from kivy.tests.common import UnitTestTouch


class Time:
    """A clock that a test moves by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Finger:
    """A finger on the window, placed in mm from the top left corner of the face."""

    def __init__(self, x: float, y: float) -> None:
        self._touch = UnitTestTouch(mm(x), Window.height - mm(y))

    def down(self) -> "Finger":
        self._touch.touch_down()
        return self

    def move(self, x: float, y: float) -> "Finger":
        self._touch.touch_move(mm(x), Window.height - mm(y))
        return self

    def up(self) -> None:
        self._touch.touch_up()
