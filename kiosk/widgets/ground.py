"""The ground under a whole screen: one flat colour, drawn by the shortest program there is.

Kivy draws every shape as a picture, and a plain one from a white picture of one pixel. Over a whole window
that is more work, where the processor draws, than all that lies on it.
"""

from kivy.graphics import Color, Rectangle, RenderContext
from kivy.properties import ColorProperty

from kiosk.widgets.plan import Placed

_FLAT = """$HEADER$
void main(void) {
    gl_FragColor = frag_color;
}
"""


class Ground(Placed):
    """Draws ``fill`` over all of its box."""

    fill = ColorProperty([0, 0, 0, 0])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"size": (0, 0), **kwargs})
        flat = RenderContext(
            fs=_FLAT, use_parent_projection=True, use_parent_modelview=True, use_parent_frag_modelview=True
        )
        with flat:
            self._colour = Color(*self.fill)
            self._area = Rectangle(pos=self.pos, size=self.size)
        self.canvas.add(flat)
        self.bind(pos=self._follow, size=self._follow, fill=self._dye)

    def _follow(self, *_: object) -> None:
        self._area.pos, self._area.size = self.pos, self.size

    def _dye(self, *_: object) -> None:
        self._colour.rgba = self.fill
