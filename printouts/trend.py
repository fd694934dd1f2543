"""One trend: the values of the last visits on a true scale of time, as shapes in millimetres.

The window is the ruler of the quantity and never stretches to the data, so two sheets lie side by side. A
visit without the value is crossed by a dashed line, a new instrument is a dotted upright. No smoothing, no
arrow, no prediction: better or worse is for the doctor. It must not know a visit.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from printouts.ruler import Ruler
from printouts.shapes import Anchor, Line, Rect, Ring, Shape, Text

WIDTH, HEIGHT = 32.4, 26.5
LEFT, RIGHT, FOOT = 7.6, 21.4, 21.4
"""The plot inside: the gutter for limits stands left of it, the last value right, the months below."""
_INK, _SECOND, _EDGE, _BAND, _STEM = "#1A1A1A", "#3D3D3D", "#5F6B76", "#E3F2E8", "#C9C4B8"
_LINE, _HAIR, _DOT = 0.4, 0.2, 1.7
_SMALL, _VALUE = 7.5, 8.5
_NAMED, _BARE = 6.2, 3.4
_FEWEST_FOR_A_LINE = 3


class Point(msgspec.Struct, frozen=True):
    """One visit: ``value`` None where it was not measured; ``instrument`` as the record names it."""

    on: date
    value: Decimal | None
    instrument: str | None = None


class Series(msgspec.Struct, frozen=True):
    """One line, oldest first, a point a visit. ``shown`` is the last value as it is printed.

    ``low`` and ``high`` are the limits of normal for this person; ``name`` stands under the value where the
    chart holds two lines.
    """

    points: tuple[Point, ...]
    shown: str
    low: Decimal | None = None
    high: Decimal | None = None
    name: str = ""


def trend(series: Sequence[Series], window: Ruler, *, stems: bool = False) -> tuple[Shape, ...]:
    """The chart in a box of ``WIDTH`` x ``HEIGHT`` mm. ``stems`` ties the two lines of one visit."""
    days = [point.on for point in series[0].points]
    shapes: list[Shape] = [*_limits(series, window), *_time(days)]
    if stems:
        shapes += _stems(series, days, window)
    for one in series:
        shapes += _line(one, days, window)
    return (*shapes, *_values(series, window))


def _x(day: date, days: Sequence[date]) -> float:
    whole = (days[-1] - days[0]).days
    first = LEFT + _DOT / 2 + 0.3
    return RIGHT if not whole else first + (RIGHT - first) * (day - days[0]).days / whole


def _y(value: Decimal, window: Ruler) -> float:
    return FOOT - 1.5 - window.place(value, FOOT - 2.5)


def _limits(series: Sequence[Series], window: Ruler) -> list[Shape]:
    """One line: normal as a light band. Two lines: the upper limit of each as a hairline."""
    shapes: list[Shape] = []
    limits = [limit for one in series for limit in (one.low, one.high) if limit is not None]
    if len(series) > 1:
        limits = [limit for one in series if (limit := one.high or one.low) is not None]
    elif limits:
        top = 1.0 if series[0].high is None else _y(series[0].high, window)
        foot = FOOT - 1.5 if series[0].low is None else _y(series[0].low, window)
        shapes.append(Rect(LEFT, top, RIGHT - LEFT, foot - top, _BAND))
    taken: list[float] = []
    for limit in dict.fromkeys(limit for limit in limits if window.holds(limit)):
        y = _y(limit, window)
        shapes.append(Line(((LEFT, y), (RIGHT, y)), _HAIR, _EDGE))
        if all(abs(y - other) >= _BARE for other in taken):
            taken.append(y)
            shapes.append(Text(LEFT - 0.7, y + 0.95, str(limit), _SMALL, _SECOND, Anchor.END))
    return shapes


def _time(days: Sequence[date]) -> list[Shape]:
    """The axis with a tick a visit; the first and the last month."""
    shapes: list[Shape] = [Line(((LEFT, FOOT), (RIGHT, FOOT)), _HAIR, _EDGE)]
    shapes += [Line(((_x(day, days), FOOT - 0.8), (_x(day, days), FOOT)), _HAIR, _EDGE) for day in days]
    first, last = f"{days[0]:%y-%m}", f"{days[-1]:%y-%m}"
    shapes.append(Text(RIGHT, FOOT + 3.4, last, _SMALL, _SECOND, Anchor.MIDDLE))
    if first != last:
        shapes.append(Text(LEFT, FOOT + 3.4, first, _SMALL, _SECOND, Anchor.MIDDLE))
    return shapes


def _stems(series: Sequence[Series], days: Sequence[date], window: Ruler) -> list[Shape]:
    shapes: list[Shape] = []
    for together in zip(*(one.points for one in series), strict=True):
        ys = [_y(point.value, window) for point in together if point.value is not None]
        if len(ys) > 1:
            x = _x(together[0].on, days)
            shapes.append(Line(((x, min(ys)), (x, max(ys))), _HAIR, _STEM))
    return shapes


def _line(one: Series, days: Sequence[date], window: Ruler) -> list[Shape]:
    known = [(index, point) for index, point in enumerate(one.points) if point.value is not None]
    places = [(_x(point.on, days), _y(point.value, window)) for _, point in known if point.value is not None]
    shapes: list[Shape] = []
    for n, ((index, before), (following, after)) in enumerate(pairwise(known)):
        if len(known) >= _FEWEST_FOR_A_LINE:
            dash = (0.7, 0.6) if following - index > 1 else ()
            shapes.append(Line((places[n], places[n + 1]), _LINE, _INK, dash=dash))
        if before.instrument and after.instrument and before.instrument != after.instrument:
            x = places[n + 1][0]
            shapes.append(Line(((x, 1.0), (x, FOOT)), _HAIR, _EDGE, dash=(0.3, 0.5)))
    last = len(one.points) - 1
    for (index, _), (x, y) in zip(known, places, strict=True):
        fill = _INK if index == last else "#FFFFFF"
        shapes.append(Ring(x, y, _DOT, fill, _INK, 0.35))
    return shapes


def _values(series: Sequence[Series], window: Ruler) -> list[Shape]:
    """The last value of each line right of it, pushed apart where two would meet."""
    shapes: list[Shape] = []
    lowest = 0.0
    for one in sorted(series, key=lambda s: s.points[-1].value or Decimal(0), reverse=True):
        value = one.points[-1].value
        if value is None:
            continue
        base = max(_y(value, window) + 1.1, lowest)
        shapes.append(Text(RIGHT + 1.6, base, one.shown, _VALUE, _INK, bold=True))
        if one.name:
            shapes.append(Text(RIGHT + 1.6, base + 2.9, one.name, _SMALL, _SECOND))
        lowest = base + (_NAMED if one.name else _BARE)
    return shapes
