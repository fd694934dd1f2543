"""The road: one value on its fixed ruler, as shapes in millimetres.

Height is danger: the wider the road, the calmer, on both sides of normal, so it reads in grey, on thermal
paper and on a fax. One pure function; painters only paint. It must not decide a level: it draws the zones the
finding brought, and the zone under the pin is the level printed beside it.

Origin: left end of the road on its centre line; x to the right, y downwards. With labels the drawing reaches
from -5.4 (head of the pin and its halo) to about +8 mm (feet of the numbers).
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from devices.reading import Comparator
from health.assessment import Level, Zone
from printouts.ruler import Ruler
from printouts.shapes import POINT_MM, Anchor, Line, Polygon, Rect, Ring, Shape, Text

HEIGHT = {Level.NORMAL: 4.6, Level.NOTICE: 2.9, Level.DOCTOR: 1.6, Level.NOW: 0.7}
TOP_MM = 5.4
FOOT_MM = 8.0
_WIDE = HEIGHT[Level.NORMAL] / 2
_HEAD = 4.3
_HEAD_ABOVE, _HEAD_INTO = 2.7, 1.2
_STEM, _HALO = 0.9, 0.35
_RING, _RING_LINE = 2.9, 0.5
_ARROW = 3.8
_TICK, _LABEL_GAP, _APART = 0.8, 0.4, 1.6
_BARE = 0.5
# Widths in em of Noto Sans SC Regular: every figure is as wide as every other.
_FIGURE, _POINT, _CAP = 0.555, 0.278, 0.733


class Style(msgspec.Struct, frozen=True):
    """Colours of a road. ``fills`` by level 0-3 (None: hollow); ``label_pt`` 0 leaves the numbers out."""

    fills: tuple[str | None, str | None, str | None, str | None]
    edge: str
    ink: str
    paper: str
    label: str
    label_pt: float = 16.0
    edge_width: float = 0.25


COLOUR = Style(("#BFE0CA", "#F7E0B5", "#F3C9C6", "#8F1616"), "#5F6B76", "#1A1A1A", "#FFFFFF", "#1A1A1A")
GREY = Style(("#C4C4C4", "#E2E2E2", "#FFFFFF", "#1A1A1A"), "#4A4A4A", "#1A1A1A", "#FFFFFF", "#1A1A1A")
THERMAL = Style((None, None, None, None), "#000000", "#000000", "#FFFFFF", "#000000")
DARK = Style(("#1F6B3D", "#7A5310", "#8A2F2F", "#FF9E9E"), "#B8C0C8", "#FFFFFF", "#000000", "#FFFFFF")


def road(
    ruler: Ruler,
    zones: Sequence[Zone],
    now: Decimal | None,
    comparator: Comparator | None = None,
    last: Decimal | None = None,
    width_mm: float = 76.0,
    style: Style = COLOUR,
) -> tuple[Shape, ...]:
    """The road of ``now`` on ``ruler``, with ``last`` as a ring.

    ``zones`` contiguous, low to high, in the unit of ``now``; a bare line where there are none, and on a
    stretch without a level (no class for this person).
    ``now`` None: a dashed, empty road. A value beyond the ruler or with a ``comparator`` is an arrowhead at
    the end; the number itself is printed in full beside it. ``last`` equal to ``now`` or off the ruler is
    not drawn.
    """
    merged = merge(zones)
    shapes = [
        *_bed(ruler, merged, width_mm, style, empty=now is None),
        *_limits(ruler, merged, width_mm, style),
    ]
    if now is None:
        return tuple(shapes)
    if last is not None and last != now and ruler.holds(last):
        shapes.append(Ring(ruler.place(last, width_mm), 0, _RING, style.paper, style.ink, _RING_LINE))
    return (*shapes, *_today(ruler, now, comparator, width_mm, style))


def zone_at(zones: Sequence[Zone], value: Decimal) -> Zone | None:
    """The zone ``value`` lies in: the first, from the low end, that holds it."""
    return next((zone for zone in zones if zone.holds(value)), None)


def merge(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """The zones with neighbours of one level made one: the road shows levels, not classes."""
    merged: list[Zone] = []
    for zone in zones:
        if merged and merged[-1].level is zone.level:
            merged[-1] = replace(zone, low=merged[-1].low, word=merged[-1].word)
        else:
            merged.append(zone)
    return tuple(merged)


def _bed(ruler: Ruler, zones: Sequence[Zone], width: float, style: Style, *, empty: bool) -> list[Shape]:
    if not zones:
        return [Line(((0.0, 0.0), (width, 0.0)), _BARE, style.edge, dash=(1.2, 0.8) if empty else ())]
    bed: list[Shape] = []
    for zone in zones:
        left = 0.0 if zone.low is None else ruler.place(zone.low, width)
        right = width if zone.high is None else ruler.place(zone.high, width)
        if right > left and zone.level is None:
            bed.append(Line(((left, 0.0), (right, 0.0)), _BARE, style.edge))
        elif right > left and zone.level is not None:
            height = HEIGHT[zone.level]
            fill = None if empty else style.fills[zone.level]
            dash = (1.0, 0.7) if empty else ()
            bed.append(
                Rect(left, -height / 2, right - left, height, fill, style.edge, style.edge_width, dash)
            )
    return bed


def label_width(text: str, size_pt: float) -> float:
    """Width in mm of a printed limit."""
    em = sum(_POINT if letter == "." else _FIGURE for letter in text)
    return em * size_pt * POINT_MM


def _limits(ruler: Ruler, zones: Sequence[Zone], width: float, style: Style) -> list[Shape]:
    """The limits under their ticks, those of normal first; one too near to a placed one is dropped."""
    if not style.label_pt:
        return []
    placed: list[tuple[float, float]] = []
    shapes: list[Shape] = []
    for limit in _in_order(ruler, zones):
        at, text = ruler.place(limit, width), str(limit)
        wide = label_width(text, style.label_pt)
        left = min(max(at - wide / 2, 0.0), width - wide)
        if any(left < end + _APART and start < left + wide + _APART for start, end in placed):
            continue
        placed.append((left, left + wide))
        foot = _WIDE + _TICK
        shapes.append(Line(((at, _WIDE), (at, foot)), style.edge_width, style.edge))
        base = foot + _LABEL_GAP + _CAP * style.label_pt * POINT_MM
        shapes.append(Text(left + wide / 2, base, text, style.label_pt, style.label, Anchor.MIDDLE))
    return shapes


def _in_order(ruler: Ruler, zones: Sequence[Zone]) -> list[Decimal]:
    found: list[tuple[int, Decimal]] = []
    for below, above in pairwise(zones):
        limit = above.low
        if limit is not None and ruler.low < limit < ruler.high:
            levels = (below.level or Level.NORMAL, above.level or Level.NORMAL)
            found.append((0 if Level.NORMAL in levels else max(levels), limit))
    return [limit for _, limit in sorted(found, key=lambda pair: pair[0])]


def _today(
    ruler: Ruler, now: Decimal, comparator: Comparator | None, width: float, style: Style
) -> tuple[Shape, ...]:
    if comparator is Comparator.ABOVE or now > ruler.high:
        return _arrow(width, -1.0, style)
    if comparator is Comparator.BELOW or now < ruler.low:
        return _arrow(0.0, 1.0, style)
    return _pin(ruler.place(now, width), style)


def _pin(x: float, style: Style) -> tuple[Shape, ...]:
    return (*_pin_body(x, _HALO, style.paper), *_pin_body(x, 0.0, style.ink))


def _pin_body(x: float, grow: float, colour: str) -> tuple[Shape, ...]:
    half, stem = _HEAD / 2 + grow, _STEM / 2 + grow
    top, foot = -_WIDE - _HEAD_ABOVE - grow, _WIDE + 0.2 + grow
    apex = -_WIDE + _HEAD_INTO + grow
    return (
        Rect(x - stem, -_WIDE - _HEAD_ABOVE / 2, 2 * stem, foot + _WIDE + _HEAD_ABOVE / 2, colour),
        Polygon(((x - half, top), (x + half, top), (x, apex)), colour),
    )


def _arrow(x: float, inward: float, style: Style) -> tuple[Shape, ...]:
    """A head at the end of the road that points away from it; ``inward`` is the way back onto the road."""
    half = _HEAD / 2

    def head(grow: float, colour: str) -> Polygon:
        back = x + inward * (_ARROW + grow)
        return Polygon(((x - inward * grow, 0.0), (back, -half - grow), (back, half + grow)), colour)

    return head(_HALO, style.paper), head(0.0, style.ink)
