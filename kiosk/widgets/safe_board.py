"""What stands in the place of everything else when the kiosk fell: ask a member of staff, in every language.

It knows no visit and no person. Its one key, where it has one, takes it away again.
"""

from kivy.input import MotionEvent
from kivy.properties import BooleanProperty

from health.words import languages, words_of
from kiosk.widgets.one_finger import OneFinger
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import Words

MOST_LANGUAGES = 3
_FIRST_MM, _APART_MM = 178.0, 66.0


class SafeBoard(OneFinger, Panel):
    """Dispatches ``on_away`` when its key is pressed, which is there while it ``may_leave``."""

    __events__ = ("on_away",)

    may_leave = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for number, language in enumerate(languages()[:MOST_LANGUAGES]):
            self._say(language, _FIRST_MM + number * _APART_MM)

    def _say(self, language: str, top: float) -> None:
        text = words_of(language).text
        self.add_widget(Words(text=text("safe.title"), em=15, bold=True, at=[16, top, 235.6, 22]))
        self.add_widget(Words(text=text("safe.sentence"), em=10, at=[16, top + 23, 235.6, 30]))

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Let nothing through to what may lie below."""
        super().on_touch_down(touch)
        return True

    def on_away(self) -> None:
        """The board may be taken away; bound by the window."""
