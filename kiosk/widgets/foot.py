"""The foot of every screen: help at the left, then the voice, and at the right the one way out.

Help lies at the same place on every screen. The idle screen has larger letters, black ground and the other
language in the place of voice and way out.
"""

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.flow.steps import Choice
from kiosk.widgets.key import Key
from kiosk.widgets.panel import Panel

_WAYS_OUT = {
    Choice.SKIP: ("button.skip", "skip"),
    Choice.BACK: ("button.back", "arrow_left"),
    Choice.LEAVE: ("button.leave", "close"),
    Choice.REFUSE: ("button.refuse", "close"),
    Choice.WAIT: ("button.wait", "clock"),
    Choice.EARLIER: ("button.earlier", "trend"),
    Choice.NOT_ME: ("button.not_me", "close"),
    Choice.DONE: ("button.done", "tick"),
    Choice.NEXT: ("button.next", "arrow_right"),
    Choice.STOP: ("button.stop", "stop"),
}
_UNKNOWN = ("button.leave", "close")


def way_out(choice: Choice | None) -> str:
    """The key of the words of a way out."""
    return _WAYS_OUT.get(choice, _UNKNOWN)[0] if choice else "button.leave"


def way_sign(choice: Choice | None) -> str:
    """The icon of a way out."""
    return _WAYS_OUT.get(choice, _UNKNOWN)[1] if choice else ""


class Foot(Panel):
    """``right`` is the choice of the right slot or None; ``idle`` the foot of the idle screen.

    ``speaks`` shows the voice key, where the station has a voice; ``muted`` that she wants none.
    """

    __events__ = ("on_choice",)

    right_slot = ObjectProperty(None, allownone=True, rebind=True)
    called = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    idle = BooleanProperty(False)  # noqa: FBT003
    reads_aloud = BooleanProperty(False)  # noqa: FBT003
    speaks = BooleanProperty(False)  # noqa: FBT003
    muted = BooleanProperty(False)  # noqa: FBT003

    def way_out(self, choice: Choice | None) -> str:
        """The key of the words on the right slot."""
        return way_out(choice)

    def way_sign(self, choice: Choice | None) -> str:
        """The icon on the right slot."""
        return way_sign(choice)

    def press(self, key: Key) -> None:
        """A key of the foot was pressed."""
        self.dispatch("on_choice", key.choice, key.detail)

    def on_choice(self, choice: str, detail: str) -> None:
        """A choice was made; bound by the face."""
