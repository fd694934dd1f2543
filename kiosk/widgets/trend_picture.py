"""One value over the last visits: a dot a visit, its number over it, its day under it.

In range is tinted behind. The places are on the fixed ruler of the quantity, as on paper, so nothing looks
steeper than it was. No line ties the dots: between two visits nobody measured.
"""

from collections.abc import Sequence
from decimal import Decimal

from kivy.properties import ObjectProperty

from kiosk.views import Trend
from kiosk.widgets.flatten import Patch
from kiosk.widgets.panel import Panel
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import patches_of
from kiosk.widgets.words import Words, fitting_em
from printouts.shapes import Line, Rect, Ring, Shape

_NUMBER, _DAY = 10.0, 8.3
_NUMBER_BOX, _DAY_BOX = 13.0, 24.0  # mm: one line, two lines
_TOP = 15.0  # mm from the top of the box to the plot, below the row of numbers
_EDGE = 4.5  # mm of the plot kept free above the highest dot and below the lowest
_APART = 2.0  # mm at least between two numbers
_DOT, _TODAY, _LINE = 4.4, 6.4, 1.1


class TrendBed(Sketch):
    """The shapes of a picture without its numbers."""

    shapes = ObjectProperty(())

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(shapes=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """Band, axis, dots."""
        return patches_of(self.shapes)


class TrendNumber(Words):
    """The number over a dot."""


class TrendDay(Words):
    """The day under it."""


class TrendPicture(Plan):
    """``trend`` over its whole box; nothing where there is none."""

    trend = ObjectProperty(None, allownone=True)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        self._bed = TrendBed()
        super().__init__(**kwargs)
        self.add_widget(self._bed)
        self.bind(trend=self._draw, colours=self._draw, at=self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        if self.colours is None or self.at[2] <= 0:
            return
        self.clear_widgets([each for each in self.children if each is not self._bed])
        self._bed.at = [0, 0, self.at[2], self.at[3]]
        self._bed.shapes = () if self.trend is None else self._shapes(self.trend)
        if self.trend is not None:
            self._write(self.trend)

    def _shapes(self, trend: Trend) -> tuple[Shape, ...]:
        width, foot, colours = self.at[2], self._foot, self.colours
        shapes: list[Shape] = []
        if trend.low is not None or trend.high is not None:
            top = _TOP if trend.high is None else self._y(trend, trend.high)
            low = foot if trend.low is None else self._y(trend, trend.low)
            shapes.append(Rect(0, top, width, low - top, colours.road_normal))
        shapes.append(Line(((0, foot), (width, foot)), 0.4, colours.road_edge))
        for place, dot in enumerate(trend.dots):
            today = place == len(trend.dots) - 1
            fill = colours.text if today else colours.card
            size = _TODAY if today else _DOT
            x, y = self._x(trend, place), self._y(trend, dot.value)
            shapes.append(Ring(x, y, size, fill, colours.text, _LINE))
        return tuple(shapes)

    def _write(self, trend: Trend) -> None:
        wide = self.at[2] / len(trend.dots)
        em = fitting_em("\n".join(dot.shown for dot in trend.dots), wide - _APART, _NUMBER, _DAY)
        for place, dot in enumerate(trend.dots):
            today = place == len(trend.dots) - 1
            left = self._x(trend, place) - wide / 2
            above = [left, 1, wide, _NUMBER_BOX]
            self.add_widget(TrendNumber(text=dot.shown, em=em, bold=today, at=above))
            below = [left, self._foot + 1, wide, _DAY_BOX]
            self.add_widget(TrendDay(text=dot.day, bold=today, at=below))

    @property
    def _foot(self) -> float:
        foot: float = self.at[3] - _DAY_BOX - 1
        return foot

    def _x(self, trend: Trend, place: int) -> float:
        x: float = self.at[2] * (place + 0.5) / len(trend.dots)
        return x

    def _y(self, trend: Trend, value: Decimal) -> float:
        low = self._foot - _EDGE
        return low - trend.ruler.place(value, low - _TOP - _EDGE)


class OneTrend(Panel):
    """Draws a ``views.Trend``; None draws nothing."""

    trend = ObjectProperty(None, allownone=True, rebind=True)


class TrendCard(OneTrend):
    """A picture with its name at the left, lying under others."""


class UprightTrend(OneTrend):
    """A picture with its name above, beside another or alone on its page."""
