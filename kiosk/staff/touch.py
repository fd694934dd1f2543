"""The touch test: targets one after another, and how far a finger came down beside them in millimetres."""

from collections.abc import Sequence

from kivy.input import MotionEvent
from kivy.metrics import mm
from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from kiosk.backroom.machine import TARGET_AREA
from kiosk.backroom.steps import Press
from kiosk.backroom.views import TouchView
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.flatten import Patch
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import disc, ring, stroke


class TargetCross(Sketch):
    """A circle of 20 mm with a cross in its middle: as large as the smallest key of its panel."""

    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(colours=self.repaint_soon, at=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """The circle and the cross."""
        if self.colours is None:
            return ()
        c = self.colours
        return (
            disc(10, 10, 9.8, c.info),
            ring(10, 10, 9.2, 1.0, c.primary),
            stroke(((4, 10), (16, 10)), 1.0, c.primary),
            stroke(((10, 4), (10, 16)), 1.0, c.primary),
            disc(10, 10, 1.6, c.primary),
        )


class TouchScreen(StaffScreen):
    """Says where a finger came down, in mm from the top left corner of the face; it judges nothing.

    How far from the target it came down is told in mm of the panel, of which ``unit`` are one mm of the face.
    Targets lie in ``area``; touches are heard between two heights. Both are mm from the top left corner.
    """

    unit = NumericProperty(1.0)
    area = ListProperty([0.0, 0.0, 0.0, 0.0])
    heard_from = NumericProperty(92.0)
    heard_to = NumericProperty(430.0)

    def spot(self, body: TouchView, area: Sequence[float]) -> tuple[float, float]:
        """Where the target lies on this face: at the same part of its ``area`` as of the whole one."""
        (left, right), (top, floor) = TARGET_AREA
        across, down = (body.x - left) / (right - left), (body.y - top) / (floor - top)
        return (area[0] + across * area[2], area[1] + down * area[3])

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A touch between head and foot is an answer to the target."""
        x, y = (touch.x - self.x) / mm(1), (self.top - touch.y) / mm(1)
        if not self.heard_from <= y < self.heard_to:
            return bool(super().on_touch_down(touch))
        there = self.spot(self.body, self.area)
        x = self.body.x + (x - there[0]) * self.unit
        y = self.body.y + (y - there[1]) * self.unit
        self.dispatch("on_press", Press.HIT, f"{x:.1f},{y:.1f}")
        return True


class TouchedScreen(StaffScreen):
    """What the touches showed."""
