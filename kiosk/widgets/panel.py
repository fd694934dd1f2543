"""A flat coloured area with an optional line round it: the ground of cards, windows, keys and pages."""

from kivy.clock import Clock
from kivy.graphics import BorderImage, Color
from kivy.metrics import mm
from kivy.properties import ColorProperty, NumericProperty

from kiosk.widgets.plan import Plan
from kiosk.widgets.plate import Plate, plate_for, texture_of


class Panel(Plan):
    """A plan on a ground. ``edge_mm`` 0: no line; ``radius_mm`` of its corners; both inside its box.

    ``plate`` is what is painted now, None where nothing is.
    """

    fill = ColorProperty([0, 0, 0, 0])
    edge = ColorProperty([0, 0, 0, 0])
    edge_mm = NumericProperty(0.0)
    radius_mm = NumericProperty(4.0)

    def __init__(self, **kwargs: object) -> None:
        self.plate: Plate | None = None
        self._repaint = Clock.create_trigger(self.repaint, -1)
        super().__init__(**kwargs)
        with self.canvas.before:
            Color(1, 1, 1, 1)
            self._sheet = BorderImage(size=(0, 0), border=(0, 0, 0, 0))
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
        left, below = round(self.x), round(self.y)
        size = (round(self.right) - left, round(self.top) - below)
        fill, line = self.ground(), mm(self.edge_mm) if self.radius_mm else 0.0
        if min(size) < 1 or not (fill[3] or (line and self.edge[3])):
            self.plate, self._sheet.size, self._sheet.border = None, (0, 0), (0, 0, 0, 0)
            return
        self.plate = plate = plate_for(size, mm(self.radius_mm), line, fill, self.edge)
        self._sheet.texture = texture_of(plate)
        self._sheet.border = (plate.corner,) * 4
        self._sheet.pos, self._sheet.size = (left, below), size
