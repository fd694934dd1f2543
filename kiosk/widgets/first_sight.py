"""What a window shows at the very first start of an edition, while there is no face to stand at its doorstep.

The name of the house and that it is getting ready, in every language, on the colour of the page. It hears
nothing, moves nothing and knows no rule of a screen, so that it stands almost as soon as a kept face would.
"""

from kivy.graphics import Color, Rectangle
from kivy.metrics import mm
from kivy.uix.label import Label
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from health.words import first_words_of, languages
from kiosk.theme import Colours

NAME = "康驿 Kangyi"
MOST_LANGUAGES = 3
_NAME_MM, _SENTENCE_MM = 22.0, 13.0
_APART = 1.9
"""From line to line, in heights of a letter."""
_HIGH = 0.62
"""Where the name stands, in heights of the window."""


class FirstSight(Widget):
    """``lines`` are its labels, the name first. It fills whatever size it is given."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._area = Rectangle()
        self.canvas.add(Color(*get_color_from_hex(colours.page)))
        self.canvas.add(self._area)
        said = [first_words_of(language).text("start.ready") for language in languages()[:MOST_LANGUAGES]]
        self.lines = (
            _line(NAME, _NAME_MM, colours.primary, bold=True),
            *(_line(sentence, _SENTENCE_MM, colours.text, bold=False) for sentence in said),
        )
        for line in self.lines:
            self.add_widget(line)
        self.bind(size=self._arrange, pos=self._arrange)

    def _arrange(self, *_: object) -> None:
        self._area.pos, self._area.size = self.pos, self.size
        middle = self.y + self.height * _HIGH
        for line in self.lines:
            line.size, line.text_size = (self.width, line.font_size * _APART), (self.width, None)
            line.center = (self.center_x, middle)
            middle -= line.font_size * _APART


def _line(text: str, high: float, colour: str, *, bold: bool) -> Label:
    return Label(
        text=text,
        font_size=mm(high),
        bold=bold,
        color=get_color_from_hex(colour),
        halign="center",
        size_hint=(None, None),
    )
