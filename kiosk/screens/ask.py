"""A question and three answers; no answer is marked, so no answer is suggested."""

from kivy.properties import BooleanProperty, StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.key import Key
from kiosk.widgets.plan import Plan


class Answers(Plan):
    """Yes, no, don't know; and ``back`` to the question before."""

    __events__ = ("on_choice",)

    back = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position

    def press(self, key: Key) -> None:
        """An answer was pressed."""
        self.dispatch("on_choice", key.choice, key.detail)

    def on_choice(self, choice: str, detail: str) -> None:
        """An answer was given; bound by the screen."""


class AskScreen(StepScreen):
    """What every question screen has; its rule stands in ``answers.kv``."""

    title = StringProperty("")
    sentence = StringProperty("")
    question = StringProperty("")
    back = BooleanProperty(False)  # noqa: FBT003
