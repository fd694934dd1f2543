"""The picture of a screen: one drawing by name, painted once, filling whatever stage it is given.

It is repainted only when its size, its name or its palette changes. Anything that moves (a number, a lamp, a
bar) is a widget of its own, laid over it by ``slot``.
"""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.graphics import Color, Mesh
from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.widgets.album import album
from kiosk.widgets.flatten import Point, arc, flatten, place
from kiosk.widgets.painting import halved, paint
from kiosk.widgets.palette import Palette, Rgb, rgb_of
from kiosk.widgets.shapes import Sheet, read_drawing

_CORNER = 16  # points round a quarter corner


class Drawing(Widget):
    """Shows ``assets/drawings/<name>.toml`` (see ``shapes.drawing_names``); an empty name shows nothing."""

    name = StringProperty("")
    palette = OptionProperty(Palette.LIGHT.value, options=[each.value for each in Palette])
    radius = ListProperty([0, 0, 0, 0])  # pixels: top left, top right, bottom right, bottom left

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._away = False
        with self.canvas:
            self._tint = Color(1, 1, 1, 0)
            self._sheet = Mesh(mode="triangle_fan")
        self.repaint_soon = Clock.create_trigger(self.repaint, -1)
        self.bind(
            size=self.repaint_soon,
            name=self.repaint_soon,
            palette=self.repaint_soon,
            pos=self._follow,
            radius=self._follow,
        )
        self.repaint_soon()

    def repaint(self, *_: object) -> None:
        """Paint at once; it happens by itself before the next frame after a change."""
        self._follow()
        if self._away or not self._has_any:
            self._tint.a = 0
            return
        self._sheet.texture = self._picture()
        self._tint.a = 1

    def put_away(self) -> None:
        """Let go of the texture: nobody looks, until it is taken out."""
        self._away = True
        self._sheet.texture = None
        self._tint.a = 0

    def take_out(self) -> None:
        """Somebody looks from the next frame on."""
        self._away = False
        self.repaint_soon()

    def fetch(self) -> bool:
        """Have its texture in the album, for it will be taken out soon. Returns whether it shows any."""
        if self._has_any:
            self._picture()
        return self._has_any

    @property
    def _has_any(self) -> bool:
        return bool(self.name) and min(self.size) >= 1

    def _picture(self) -> Texture:
        sheet = read_drawing(self.name)
        size = (max(1, round(self.width)), max(1, round(self.height)))
        key = f"drawing {self.name} {self.palette}"
        return album().picture(key, size, lambda: self._paint(sheet))

    def _paint(self, sheet: Sheet) -> bytes:
        placing = place(sheet, *self.size)
        patches = flatten(sheet, placing.view)
        return halved(paint(patches, placing, self.size, self._colour_of, sheet.back))

    def slot(self, name: str) -> tuple[float, float, float, float]:
        """Where a named empty place of the drawing lies in the window: x, y, width, height in pixels."""
        sheet = read_drawing(self.name)
        left, bottom, right, top = place(sheet, *self.size).to_stage(sheet.slots[name])
        return (self.x + left, self.y + bottom, right - left, top - bottom)

    def _colour_of(self, paint_name: str) -> Rgb:
        return rgb_of(paint_name, Palette(self.palette))

    def _follow(self, *_: object) -> None:
        """Lay the texture on a rounded sheet; kivy's own turns it over and folds it at unequal corners."""
        left, below = round(self.x), round(self.y)
        wide, high = max(1, round(self.width)), max(1, round(self.height))
        vertices: list[float] = []
        for x, y in _outline(wide, high, self.radius):
            vertices += [left + x, below + y, x / wide, y / high]
        self._sheet.vertices = vertices
        self._sheet.indices = list(range(len(vertices) // 4))


def _outline(width: float, height: float, radii: Sequence[float]) -> list[Point]:
    """The rim of a rounded rectangle, anticlockwise; ``radii`` as those of ``Drawing``."""
    top_left, top_right, bottom_right, bottom_left = (min(each, width / 2, height / 2) for each in radii)
    corners = (
        (width - top_right, height - top_right, top_right, 0.0),
        (top_left, height - top_left, top_left, 90.0),
        (bottom_left, bottom_left, bottom_left, 180.0),
        (width - bottom_right, bottom_right, bottom_right, 270.0),
    )
    rim: list[Point] = []
    for x, y, radius, start in corners:
        rim += arc(x, y, radius, radius, start, start + 90.0, _CORNER) if radius else [(x, y)]
    return rim
