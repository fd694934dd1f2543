"""One icon by name, in the colour its button gives it.

Icons are drawn on a grid of 24 with strokes of 2.5 (look of the kiosk, §6) and never stand without words.
"""

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import ColorProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.widgets.album import album
from kiosk.widgets.flatten import flatten, place
from kiosk.widgets.painting import halved, paint
from kiosk.widgets.palette import Palette, Rgb, rgb_of
from kiosk.widgets.shapes import read_icon


class Icon(Widget):
    """Shows ``assets/icons/<name>.toml`` as a square in the middle of its size.

    ``color`` paints what the file calls ``ink``; ``ground`` what it calls ``white``, the sign cut out.
    Other names, as in the mark of the house, come from the palette.
    """

    name = StringProperty("")
    color = ColorProperty("#1A1A1A")
    ground = ColorProperty("#FFFFFF")
    palette = OptionProperty(Palette.LIGHT.value, options=[each.value for each in Palette])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._tint = Color(1, 1, 1, 0)
            self._square = Rectangle(pos=self.pos, size=self.size)
        self._repaint = Clock.create_trigger(self.repaint, -1)
        self.bind(
            size=self._repaint,
            name=self._repaint,
            color=self._repaint,
            ground=self._repaint,
            palette=self._repaint,
            pos=self._follow,
        )
        self._repaint()

    def repaint(self, *_: object) -> None:
        """Paint at once; it happens by itself before the next frame after a change."""
        self._follow()
        side = min(self.size)
        if not self.name or side < 1:
            self._tint.a = 0
            return
        pixels = max(1, round(side))
        shades = " ".join(f"{part:.3f}" for part in (*self.color[:3], *self.ground[:3]))
        key = f"icon {self.name} {self.palette} {shades}"
        self._square.texture = album().picture(key, (pixels, pixels), lambda: self._paint(side))
        self._tint.a = self.color[3]

    def _paint(self, side: float) -> bytes:
        sheet = read_icon(self.name)
        placing = place(sheet, side, side)
        return halved(paint(flatten(sheet), placing, (side, side), self._colour_of, sheet.back))

    def _colour_of(self, paint_name: str) -> Rgb:
        own = {"ink": self.color, "white": self.ground}.get(paint_name)
        return rgb_of(paint_name, Palette(self.palette)) if own is None else (own[0], own[1], own[2])

    def _follow(self, *_: object) -> None:
        side = round(min(self.size))
        self._square.size = (side, side)
        # not center_x: kivy refreshes it only after the observers of pos were told
        middle = (self.x + self.width / 2, self.y + self.height / 2)
        self._square.pos = (round(middle[0] - side / 2), round(middle[1] - side / 2))
