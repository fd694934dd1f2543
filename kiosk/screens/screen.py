"""What every screen of a step has: the view, its body, and one event out.

A screen draws what the view says and says what was pressed. It knows no other screen, no instrument, no
database; head, foot and panels belong to the ``Face`` it stands in.
"""

from kivy.properties import BooleanProperty, ObjectProperty, OptionProperty, StringProperty

from kiosk.views import View
from kiosk.widgets.key import Key
from kiosk.widgets.panel import Panel


class StepScreen(Panel):
    """``view`` whole, ``body`` its part for this step. The rule of the step fills it.

    ``head`` says what stands on top, ``turn`` changes when the same screen asks something new (the fingers
    are then guarded as after a change of screen), ``reads_aloud`` that the voice key reads values,
    ``pages_in_foot`` that its pages are turned there.
    """

    __events__ = ("on_choice",)

    view = ObjectProperty(None, rebind=True)
    body = ObjectProperty(None, rebind=True)
    head = OptionProperty("usual", options=["usual", "none"])
    clock = StringProperty("")
    turn = StringProperty("")
    idle = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    reads_aloud = BooleanProperty(False)  # noqa: FBT003
    pages_in_foot = BooleanProperty(False)  # noqa: FBT003

    def repaint(self, *_: object) -> None:
        """Paint nothing: the face lays ``fill`` under everything it shows."""

    def show(self, view: View) -> None:
        """Draw ``view``; its body is of the kind this screen was made for."""
        self.body = view.body
        self.view = view

    def press(self, key: Key) -> None:
        """A key of this screen was pressed."""
        self.dispatch("on_choice", key.choice, key.detail)

    def on_choice(self, choice: str, detail: str) -> None:
        """A choice was made; bound by the face."""
