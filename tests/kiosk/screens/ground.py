"""What is painted behind a place of the window, computed without a graphics card.

The widgets are walked in the order in which kivy draws them. A panel is asked what it hands to the graphics
card; a drawing, an icon and a sketch are asked for their patches, and one point of them is looked up. A test
that paints for real holds this against the pixels.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kivy.metrics import mm
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from kiosk.widgets.drawing import Drawing
from kiosk.widgets.flatten import Patch, Placing, Point, place
from kiosk.widgets.ground import Ground
from kiosk.widgets.icon import Icon
from kiosk.widgets.panel import Panel
from kiosk.widgets.shapes import Sheet, read_drawing, read_icon
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import turned
from tests.kiosk.screens.flattened import flattened

Rgba = tuple[float, float, float, float]
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels of the window."""
Bounded = tuple[Patch, Rect]
"""A patch and what it lies within, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Something painted within ``rect``; ``colour_at`` says its colour at a point, None where it is clear.

    Within ``solid`` it is opaque and of one colour.
    """

    rect: Rect
    colour_at: Callable[[float, float], Rgba | None]
    solid: Rect | None = None


def drawn(widget: Widget, opacity: float = 1.0) -> Iterator[tuple[Widget, Paint | None]]:
    """Every widget below ``widget``, back to front, each with what it paints itself."""
    seen = opacity * widget.opacity
    if seen <= 0 or widget.right <= 0 or widget.top <= 0:
        return
    painted = False
    for paint in _paints(widget):
        painted = True
        yield widget, paint
    if not painted:
        yield widget, None
    for child in reversed(widget.children):
        yield from drawn(child, seen)


def overlap(one: Rect, other: Rect) -> tuple[float, float]:
    """Width and height of what two rectangles share; not above 0 where they lie apart."""
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


def holds(outer: Rect | None, inner: Rect) -> bool:
    """Whether ``inner`` lies in ``outer``."""
    if outer is None:
        return False
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def colour_behind(paints: Sequence[Paint], x: float, y: float) -> Rgba:
    """The colour that all ``paints``, back to front, leave at a point of a black window."""
    red, green, blue = 0.0, 0.0, 0.0
    for paint in paints:
        left, bottom, right, top = paint.rect
        colour = paint.colour_at(x, y) if left <= x <= right and bottom <= y <= top else None
        if colour is not None:
            share = colour[3]
            red, green, blue = (
                old * (1 - share) + new * share for old, new in zip((red, green, blue), colour, strict=False)
            )
    return (red, green, blue, 1.0)


def _paints(widget: Widget) -> Iterator[Paint]:
    if isinstance(widget, Panel):
        yield from _of_panel(widget)
    elif isinstance(widget, Ground) and widget.fill[3] > 0:
        box, fill = _box(widget), tuple(widget.fill)
        yield Paint(box, _rounded(box, 0.0, fill), box if fill[3] >= 1 else None)
    elif isinstance(widget, Drawing) and widget.name and min(widget.size) >= 1:
        sheet = read_drawing(widget.name)
        placed = _flat(widget.name, *map(round, widget.size))
        yield _of_patches(_box(widget), placed, widget._colour_of, sheet.back)
    elif isinstance(widget, Icon) and widget.name and min(widget.size) >= 1:
        side = round(min(widget.size))
        left, bottom = widget.center_x - side / 2, widget.center_y - side / 2
        square = (left, bottom, left + side, bottom + side)
        yield _of_patches(square, _flat_icon(widget.name, side), widget._colour_of, None)
    elif isinstance(widget, Sketch) and min(widget.size) >= 1:
        scale = mm(1) * widget.zoom
        width, height = widget.width / scale, widget.height / scale
        patches = _bounded(turned(each, height) for each in widget.patches())
        placed = (patches, Placing(scale, (0.0, 0.0, width, height)))
        yield _of_patches(_box(widget), placed, _hex, None)


def _box(widget: Widget) -> Rect:
    return (widget.x, widget.y, widget.right, widget.top)


def _of_panel(panel: Panel) -> Iterator[Paint]:
    plate = panel.plate
    if plate is None:
        return
    x, y = round(panel.x), round(panel.y)
    width, height = round(panel.right) - x, round(panel.top) - y
    for inset, colour in ((0.0, plate.edge), (plate.line, plate.fill)):
        radius = max(0.0, plate.radius - inset)
        rect = (x + inset, y + inset, x + width - inset, y + height - inset)
        solid = (rect[0], rect[1] + radius, rect[2], rect[3] - radius) if colour[3] >= 1 else None
        if colour[3] > 0:
            yield Paint(rect, _rounded(rect, radius, colour), solid)


def _rounded(rect: Rect, radius: float, colour: Rgba) -> Callable[[float, float], Rgba | None]:
    left, bottom, right, top = rect

    def colour_at(x: float, y: float) -> Rgba | None:
        beside = max(left + radius - x, x - right + radius, 0.0)
        above = max(bottom + radius - y, y - top + radius, 0.0)
        return colour if math.hypot(beside, above) <= max(radius, 0.5) else None

    return colour_at


def _of_patches(
    rect: Rect,
    placed: tuple[tuple[Bounded, ...], Placing],
    colour_of: Callable[[str], Sequence[float]],
    back: str | None,
) -> Paint:
    patches, placing = placed
    left, bottom = placing.view[:2]

    def colour_at(x: float, y: float) -> Rgba | None:
        point = ((x - rect[0]) / placing.scale + left, (y - rect[1]) / placing.scale + bottom)
        hit = next((patch.paint for patch, box in reversed(patches) if _hits(patch, box, point)), back)
        if hit is None:
            return None
        red, green, blue = colour_of(hit)[:3]
        return (red, green, blue, 1.0)

    return Paint(rect, colour_at)


@lru_cache(maxsize=256)
def _flat(name: str, width: int, height: int) -> tuple[tuple[Bounded, ...], Placing]:
    return _of_sheet(read_drawing(name), width, height)


@lru_cache(maxsize=256)
def _flat_icon(name: str, side: int) -> tuple[tuple[Bounded, ...], Placing]:
    return _of_sheet(read_icon(name), side, side)


def _of_sheet(sheet: Sheet, width: int, height: int) -> tuple[tuple[Bounded, ...], Placing]:
    placing = place(sheet, width, height)
    return _bounded(flattened(sheet, placing.view)), placing


def _bounded(patches: Iterable[Patch]) -> tuple[Bounded, ...]:
    return tuple((patch, patch.bounds) for patch in patches)


def _hits(patch: Patch, bounds: Rect, point: Point) -> bool:
    left, bottom, right, top = bounds
    if not (left <= point[0] <= right and bottom <= point[1] <= top):
        return False
    points = (*patch.points, patch.points[0]) if patch.closed or patch.width is None else patch.points
    if patch.width is not None:
        return any(_away(point, a, b) <= patch.width / 2 for a, b in pairwise(points))
    return sum(_turns(point, a, b) for a, b in pairwise(points)) != 0


def _turns(point: Point, a: Point, b: Point) -> int:
    """How an edge winds round a point: 1, -1 or 0."""
    if (a[1] <= point[1]) == (b[1] <= point[1]):
        return 0
    side = (b[0] - a[0]) * (point[1] - a[1]) - (point[0] - a[0]) * (b[1] - a[1])
    if b[1] > a[1]:
        return 1 if side > 0 else 0
    return -1 if side < 0 else 0


def _away(point: Point, a: Point, b: Point) -> float:
    across, up = b[0] - a[0], b[1] - a[1]
    length = across * across + up * up
    along = 0.0 if length == 0 else ((point[0] - a[0]) * across + (point[1] - a[1]) * up) / length
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - a[0] - along * across, point[1] - a[1] - along * up)


def _hex(colour: str) -> Sequence[float]:
    red, green, blue = get_color_from_hex(colour)[:3]
    return (red, green, blue)
