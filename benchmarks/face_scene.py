"""What the probe may ask of the kiosk's window: the doorstep first, the face of the station behind it.

Imported once the window library is prepared.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kivy.core.window import Window

from benchmarks.face_probe import Scene
from kiosk.widgets.doorstep import Doorstep

if TYPE_CHECKING:
    from kiosk.screens.face import Face
    from kiosk.widgets.key import Key

ONWARD = ("done", "nothing", "print_only", "as_guest", "no", "skip", "calm", "next", "start")
"""What leads on, the first that is there."""


def scene_of(stop: Callable[[], None]) -> Scene:
    """The scene of the window of this process."""

    def place() -> tuple[float, float]:
        return next(tuple(key.center) for key in _keys() if key.choice == "help")

    def onward() -> tuple[float, float] | None:
        if (step := _doorstep()) is not None:
            left, below, wide, high = next(key.box for key in step.keys if key.choice == "start")
            return (left + wide / 2, below + high / 2)
        there = {key.choice: key for key in _keys()}
        return next((tuple(there[name].center) for name in ONWARD if name in there), None)

    def is_down() -> bool:
        step = _doorstep()
        return step.touched if step is not None else any(key.down for key in _keys())

    def shown() -> object:
        face = _face()
        return None if face is None else face.seen

    def led_on() -> bool:
        face = _face()
        return face is not None and face.step is not None and face.step.value != "idle"

    return Scene(place, onward, is_down, shown, lambda: _face() is not None, led_on, stop)


def _doorstep() -> Doorstep | None:
    return next((each for each in Window.children if isinstance(each, Doorstep)), None)


def _face() -> "Face | None":
    """The station's own, told by name: importing it here would be a part of the first picture."""
    stand = next((each for each in Window.children if type(each).__name__ == "Stand"), None)
    face: Face | None = None if stand is None else stand.face
    return face


def _keys() -> "list[Key]":
    face = _face()
    if face is None:
        return []
    from kiosk.widgets.key import Key

    return [key for key in face.walk(restrict=True) if isinstance(key, Key) and key.shown]
