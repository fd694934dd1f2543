"""A drawing with a wooden sign, and the words on it: the one place where words stand on a drawn thing."""

from kivy.properties import NumericProperty, StringProperty

from kiosk.widgets.letters import Letters
from kiosk.widgets.picture import Picture
from kiosk.widgets.shapes import read_drawing


class Signboard(Picture):
    """Writes ``text`` into the slot ``sign`` of the drawing; ``font_px`` comes by the rule."""

    text = StringProperty("")
    font_px = NumericProperty(10.0)

    def __init__(self, **kwargs: object) -> None:
        self._words = Letters(bold=True, color=(1, 1, 1, 1))
        super().__init__(**kwargs)
        self.add_widget(self._words)
        self.bind(text=self._write, font_px=self._write, pos=self._write, size=self._write, name=self._write)
        self._write()

    def _write(self, *_: object) -> None:
        self._words.text = self.text
        self._words.font_size = self.font_px
        if not self.name or min(self.size) < 1 or "sign" not in read_drawing(self.name).slots:
            self._words.text = ""
            return
        x, y, width, height = self.slot("sign")
        self._words.size = (width, height)
        self._words.pos = (x, y)
