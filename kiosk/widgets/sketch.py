"""Small drawings made of values, not of files: road of stations, band road, level mark, ring, lamps.

A sketch says its shapes in mm from its own top left corner, y downwards; they are painted once into a smooth
picture and again only when something they are made of changes.
"""

from collections.abc import Sequence
from hashlib import sha256

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.metrics import mm
from kivy.properties import NumericProperty
from kivy.utils import get_color_from_hex

from kiosk.widgets.album import album
from kiosk.widgets.flatten import Patch, Placing
from kiosk.widgets.painting import halved, paint
from kiosk.widgets.palette import Rgb
from kiosk.widgets.plan import Placed
from kiosk.widgets.strokes import turned


class Sketch(Placed):
    """A widget painted from ``patches`` whose paints are colours ``#RRGGBB``. ``zoom`` enlarges its mm."""

    zoom = NumericProperty(1.0)
    of_a_person = True
    """Whether its shapes are made of somebody's values; then nothing of it outlives her visit."""

    def __init__(self, **kwargs: object) -> None:
        self.repaint_soon = Clock.create_trigger(self.repaint, -1)
        super().__init__(**kwargs)
        with self.canvas.before:
            self._tint = Color(1, 1, 1, 0)
            self._sheet = Rectangle()
        self.bind(pos=self._follow, size=self.repaint_soon, zoom=self.repaint_soon)
        self.repaint_soon()

    def patches(self) -> Sequence[Patch]:
        """What to paint, back to front, in mm from the top left corner, y downwards."""
        return ()

    def repaint(self, *_: object) -> None:
        """Paint at once; it happens by itself before the next frame after a change."""
        self._follow()
        shapes = self.patches() if min(self.size) >= 1 else ()
        self._tint.a = 1 if shapes else 0
        if not shapes:
            return
        scale = mm(1) * self.zoom
        width, height = self.width / scale, self.height / scale
        placing = Placing(scale, (0.0, 0.0, width, height))

        def painted() -> Texture:
            upright = [turned(shape, height) for shape in shapes]
            return paint(upright, placing, self.size, _rgb, None)

        shape = sha256(
            repr(tuple(shapes)).encode()
        ).hexdigest()  # a circle alone is four kilobytes of numbers
        key = f"sketch {scale:.4f} {width:.2f}x{height:.2f} {shape}"
        if self.of_a_person:
            self._sheet.texture = album().passing(key, painted)
        else:
            size = (max(1, round(self.width)), max(1, round(self.height)))
            self._sheet.texture = album().picture(key, size, lambda: halved(painted()))

    def _follow(self, *_: object) -> None:
        self._sheet.pos = self.pos
        self._sheet.size = self.size


def _rgb(colour: str) -> Rgb:
    red, green, blue = get_color_from_hex(colour)[:3]
    return (red, green, blue)
