"""What stands in the place of everything else when the kiosk fell: ask a member of staff, in every language.

It knows no visit and no person. Its one key, where it has one, takes it away again.
"""

from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty

from health.words import languages, words_of
from kiosk.theme import FaceSizes, Rules
from kiosk.widgets.one_finger import OneFinger
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import Words, broken, fitting_em

MOST_LANGUAGES = 3
_FIRST_MM, _APART_MM = 178.0, 66.0
_MARGIN_MM, _KEY_MM = 12.0, 30.0  # the same, and the key, where the drawing stands beside the words


class SafeBoard(OneFinger, Panel):
    """Dispatches ``on_away`` when its key is pressed, which is there while it ``may_leave``."""

    __events__ = ("on_away",)

    key_at = ListProperty([16.0, 400.0, 235.6, 40.0])
    may_leave = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position

    def __init__(self, face: FaceSizes, **kwargs: object) -> None:
        super().__init__(**kwargs)
        spoken = languages()[:MOST_LANGUAGES]
        first, apart = _FIRST_MM, _APART_MM
        if face.rules is Rules.WIDE:
            self.key_at = [face.column, face.height - _MARGIN_MM - _KEY_MM, face.room, _KEY_MM]
            first, apart = _MARGIN_MM, (self.key_at[1] - _MARGIN_MM) / len(spoken)
        for number, language in enumerate(spoken):
            self._say(language, face, first + number * apart)

    def _say(self, language: str, face: FaceSizes, top: float) -> None:
        text = words_of(language).text
        left, wide = face.column, face.room
        title = text("safe.title")
        em = fitting_em(title, wide, 15.0, 11.5)
        self.add_widget(Words(text=title, em=em, bold=True, at=[left, top, wide, 22]))
        self.add_widget(
            Words(
                text=broken(text("safe.sentence"), wide / 10),
                em=10,
                at=[left, top + 23, wide, 30],
                stand="top",
            )
        )

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Let nothing through to what may lie below."""
        super().on_touch_down(touch)
        return True

    def on_away(self) -> None:
        """The board may be taken away; bound by the window."""
