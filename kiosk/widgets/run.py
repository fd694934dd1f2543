"""Bars, blocks and rings that fill while something runs; the only things that move by themselves."""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.widgets.flatten import Patch
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import part_ring, ring

_STEPS = 200  # a ring is painted anew only when it grew by this share of itself


class RunRing(Sketch):
    """A ring 60 mm wide that fills clockwise; ``part`` 0..1."""

    part = NumericProperty(0.0)
    steps = NumericProperty(0)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(steps=self.repaint_soon, colours=self.repaint_soon, part=self._grow)
        self._grow()

    def patches(self) -> Sequence[Patch]:
        """The track, and what is over."""
        if self.colours is None:
            return ()
        track = ring(30, 30, 24.5, 7.5, self.colours.track)
        run = part_ring(30, 30, 24.5, 7.5, self.steps / _STEPS, self.colours.live)
        return (track,) if run is None else (track, run)

    def _grow(self, *_: object) -> None:
        self.steps = round(self.part * _STEPS)


class MinuteBlock(Plan):
    """One minute; ``full`` 0..1 of it is still to come."""

    full = NumericProperty(1.0)


class MinuteBlocks(Plan):
    """One block a minute, full while the minute is still to come."""

    part = NumericProperty(0.0)
    minutes = NumericProperty(5)

    def full(self, place: int, minutes: float, part: float) -> float:
        """How full block ``place`` is, 0..1; the last one empties first."""
        left = minutes * (1.0 - part)
        return max(0.0, min(1.0, left - place))


class GripBar(Plan):
    """The force as a bar, and the best of this hand as a mark to reach; both 0..1 of the bar."""

    part = NumericProperty(0.0)
    best_part = ObjectProperty(None, allownone=True, rebind=True)


class BestMark(Sketch):
    """A white triangle and line: the best of this hand so far."""

    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(colours=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """Triangle on top, line through the bar."""
        if self.colours is None:
            return ()
        ink = self.colours.window_text
        return (
            Patch(((1.0, 1.0), (11.0, 1.0), (6.0, 7.0)), ink),
            Patch(((6.0, 5.0), (6.0, self.at[3] - 2)), ink, 1.6),
        )
