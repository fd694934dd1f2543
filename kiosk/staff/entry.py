"""A field of a form, typed: a board of letters and digits for a lot's number, large digits for the rest."""

from kivy.properties import BooleanProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.plan import Plan

BOARD = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-./_"
DIGITS = "123456789.0"
_BOARD_PLACE = (8, 30.2, 37.0, 23.6, 30.0)  # keys a row, step across, step down, width, height in mm
_DIGITS_PLACE = (3, 81.2, 45.0, 73.2, 37.0)


class BoardKey(WordKey):
    """One letter or digit of a board, said by ``detail``."""


class Board(Plan):
    """Keys for every letter, or large ones for digits. Dispatches ``on_key(key)``."""

    __events__ = ("on_key",)

    letters = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(letters=self._build)
        self._build()

    def on_key(self, key: Key) -> None:
        """A key of the board was pressed; bound by the screen."""

    def _build(self, *_: object) -> None:
        self.clear_widgets()
        row, across, down, wide, high = _BOARD_PLACE if self.letters else _DIGITS_PLACE
        for place, letter in enumerate(BOARD if self.letters else DIGITS):
            x, y = (place % row) * across, (place // row) * down
            key = BoardKey(detail=letter, at=[x, y, wide, high], em=15 if self.letters else 24)
            key.bind(on_release=lambda pressed: self.dispatch("on_key", pressed))
            self.add_widget(key)


class EntryScreen(StaffScreen):
    """One question and the keys to answer it."""
