"""The picture of a screen: one drawing by name, painted once, filling whatever stage it is given.

It is repainted only when its size, its name or its palette changes. Anything that moves (a number, a lamp, a
bar) is a widget of its own, laid over it by ``slot``.
"""

from kivy.clock import Clock
from kivy.graphics import Color, RoundedRectangle
from kivy.properties import ListProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.widgets.flatten import flatten, place
from kiosk.widgets.painting import paint
from kiosk.widgets.palette import Palette, Rgb, rgb_of
from kiosk.widgets.shapes import read_drawing


class Drawing(Widget):
    """Shows ``assets/drawings/<name>.toml`` (see ``shapes.drawing_names``); an empty name shows nothing."""

    name = StringProperty("")
    palette = OptionProperty(Palette.LIGHT.value, options=[each.value for each in Palette])
    radius = ListProperty([0, 0, 0, 0])  # pixels: top left, top right, bottom right, bottom left

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._tint = Color(1, 1, 1, 0)
            self._sheet = RoundedRectangle(pos=self.pos, size=self.size, radius=self.radius, segments=20)
        self._repaint = Clock.create_trigger(self.repaint, -1)
        self.bind(
            size=self._repaint,
            name=self._repaint,
            palette=self._repaint,
            pos=self._follow,
            radius=self._follow,
        )
        self._repaint()

    def repaint(self, *_: object) -> None:
        """Paint at once; it happens by itself before the next frame after a change."""
        self._follow()
        if not self.name or min(self.size) < 1:
            self._tint.a = 0
            return
        sheet = read_drawing(self.name)
        placing = place(sheet, *self.size)
        patches = flatten(sheet, placing.view)
        self._sheet.texture = paint(patches, placing, self.size, self._colour_of, sheet.back)
        self._tint.a = 1

    def slot(self, name: str) -> tuple[float, float, float, float]:
        """Where a named empty place of the drawing lies in the window: x, y, width, height in pixels."""
        sheet = read_drawing(self.name)
        left, bottom, right, top = place(sheet, *self.size).to_stage(sheet.slots[name])
        return (self.x + left, self.y + bottom, right - left, top - bottom)

    def _colour_of(self, paint_name: str) -> Rgb:
        return rgb_of(paint_name, Palette(self.palette))

    def _follow(self, *_: object) -> None:
        self._sheet.pos = self.pos
        self._sheet.size = self.size
        self._sheet.radius = [(each, each) for each in self.radius]
