"""A flat coloured area with an optional line round it: the ground of cards, windows, keys and pages."""

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.metrics import mm
from kivy.properties import ColorProperty, NumericProperty

from kiosk.widgets.plan import Plan


class Panel(Plan):
    """A plan on a ground. ``edge_mm`` 0: no line; ``radius_mm`` of its corners; both inside its box."""

    fill = ColorProperty([0, 0, 0, 0])
    edge = ColorProperty([0, 0, 0, 0])
    edge_mm = NumericProperty(0.0)
    radius_mm = NumericProperty(4.0)

    def __init__(self, **kwargs: object) -> None:
        self._repaint = Clock.create_trigger(self.repaint, -1)
        super().__init__(**kwargs)
        with self.canvas.before:
            self._edge_colour = Color(0, 0, 0, 0)
            self._edge_shape = SmoothRoundedRectangle(size=(0, 0), segments=20)
            self._fill_colour = Color(0, 0, 0, 0)
            self._fill_shape = SmoothRoundedRectangle(size=(0, 0), segments=20)
            self._square = Rectangle(size=(0, 0))
        self.bind(
            pos=self._repaint,
            size=self._repaint,
            fill=self._repaint,
            edge=self._repaint,
            edge_mm=self._repaint,
            radius_mm=self._repaint,
        )
        self._repaint()

    def ground(self) -> list[float]:
        """The colour under the children now, as four numbers 0..1."""
        return list(self.fill)

    def repaint(self, *_: object) -> None:
        """Paint at once; it happens by itself before the next frame after a change."""
        if min(self.size) < 1:
            self._edge_colour.a = self._fill_colour.a = 0
            return
        self._fill_colour.rgba = self.ground()
        if not self.radius_mm:
            self._square.pos, self._square.size = self.pos, self.size
            return
        line = mm(self.edge_mm)
        radius = min(mm(self.radius_mm), self.width / 2, self.height / 2)
        self._edge_colour.rgba = self.edge if line else (0, 0, 0, 0)
        self._edge_shape.pos, self._edge_shape.size = self.pos, self.size
        self._edge_shape.radius = [radius]
        self._fill_shape.pos = (self.x + line, self.y + line)
        self._fill_shape.size = (max(0.0, self.width - 2 * line), max(0.0, self.height - 2 * line))
        self._fill_shape.radius = [max(0.0, radius - line)]
