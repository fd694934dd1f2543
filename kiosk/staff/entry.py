"""A field of a form, typed: a board of letters and digits for a lot's number, large digits for the rest."""

from kivy.properties import BooleanProperty, ListProperty, NumericProperty

from kiosk.staff.berth import slot
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.plan import Plan

BOARD = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-./_"
DIGITS = "123456789.0"
PARTS = ("1234567890-./_", "ABCDEFGHIJKLM", "NOPQRSTUVWXYZ")
"""The board in parts, where it has not the room to stand whole."""


class BoardKey(WordKey):
    """One letter or digit of a board, said by ``detail``."""


class Board(Plan):
    """Keys in a grid of ``columns`` and ``rows``, ``gap`` mm apart: the letters of one of its ``parts``.

    A space leaves its place free; ``off``: none of them does anything now. Dispatches ``on_key(key)``.
    """

    __events__ = ("on_key",)

    parts = ListProperty([])
    part = NumericProperty(0)
    columns = NumericProperty(3)
    rows = NumericProperty(4)
    gap = NumericProperty(8.0)
    em = NumericProperty(24.0)
    off = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for name in ("parts", "part", "columns", "rows", "gap", "em", "at"):
            self.fbind(name, self._build)
        self._build()

    def on_key(self, key: Key) -> None:
        """A key of the board was pressed; bound by the screen."""

    def following(self, parts: list[str], part: int, ahead: int) -> str:
        """What stands on the key that shows another part: its first and last letter, or the first digits."""
        other = parts[(int(part) + ahead) % len(parts)] if parts else ""
        return f"{other[0]}–{other[-1]}" if other[:1].isalpha() else other[:3]

    def turn(self, ahead: int) -> None:
        """Show another part."""
        self.part = (self.part + ahead) % len(self.parts)

    def _build(self, *_: object) -> None:
        self.clear_widgets()
        if not self.parts or self.at[2] <= 0:
            return
        area = [0, 0, self.at[2], self.at[3]]
        for place, letter in enumerate(self.parts[int(self.part) % len(self.parts)]):
            if letter == " ":
                continue
            box = slot(area, place, int(self.columns), int(self.rows), self.gap)
            key = BoardKey(detail=letter, at=box, em=self.em, off=self.off)
            self.bind(off=key.setter("off"))
            key.bind(on_release=lambda pressed: self.dispatch("on_key", pressed))
            self.add_widget(key)


class EntryScreen(StaffScreen):
    """One question and the keys to answer it."""
