"""Turning a drawing into what any painter can paint: filled polygons and round-ended lines, back to front.

Pure geometry: no kivy, no window, no colours beyond their names. ``place`` fits a drawing to a stage of any
shape without cropping what the drawing says must be kept; ``flatten`` resolves every shape and every ``use``.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from kiosk.widgets.shapes import Box, DrawingError, Shape, Sheet, read_drawing

Point = tuple[float, float]
_ROUND = 64  # points round an ellipse
_CORNER = 16  # points round a quarter corner
_PIECE = 16  # points along a Bezier piece
_DEPTH = 6  # a drawing in a drawing in a drawing …
_FAR = 1e-6


class Frame(msgspec.Struct, frozen=True):
    """A similarity: scale, turn (degrees, anticlockwise), mirror (left for right), then move by ``at``."""

    at: Point = (0.0, 0.0)
    scale: float = 1.0
    turn: float = 0.0
    mirror: bool = False

    def points(self, inner: Iterable[Point]) -> list[Point]:
        """Where points of the inner drawing lie in the outer one; a drawing has many, so they go together."""
        turned = math.radians(self.turn)
        cos, sin, scale = math.cos(turned), math.sin(turned), self.scale
        left, below = self.at
        side = -1.0 if self.mirror else 1.0
        return [
            (left + scale * (side * x * cos - y * sin), below + scale * (side * x * sin + y * cos))
            for x, y in inner
        ]


class Patch(msgspec.Struct, frozen=True):
    """Something to paint: a filled polygon, or with a ``width`` a line with round ends."""

    points: tuple[Point, ...]
    paint: str
    width: float | None = None
    closed: bool = False
    meets: str | None = None

    @property
    def bounds(self) -> Box:
        """Left, bottom, right, top, with half the width of a line."""
        half = (self.width or 0.0) / 2
        xs = [x for x, _ in self.points]
        ys = [y for _, y in self.points]
        return (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)


class Placing(msgspec.Struct, frozen=True):
    """How a drawing lies on a stage: its scale, and the part of the drawing that one sees."""

    scale: float
    view: Box

    def to_stage(self, box: Box) -> Box:
        """A box of the drawing (mm) as left, bottom, right, top on the stage (stage units)."""
        left, bottom, _, _ = self.view
        return (
            (box[0] - left) * self.scale,
            (box[1] - bottom) * self.scale,
            (box[2] - left) * self.scale,
            (box[3] - bottom) * self.scale,
        )


def place(sheet: Sheet, width: float, height: float) -> Placing:
    """Fill a stage of ``width`` by ``height`` with the drawing; shrink rather than crop what must be kept."""
    if width <= 0 or height <= 0:
        raise DrawingError("A stage needs a width and a height above 0.")
    left, bottom, right, top = sheet.box
    keep = sheet.kept
    cover = max(width / (right - left), height / (top - bottom))
    scale = min(cover, width / (keep[2] - keep[0]), height / (keep[3] - keep[1]))
    seen_w, seen_h = width / scale, height / scale
    x = _shift(left, right, keep[0], keep[2], seen_w)
    y = _shift(bottom, top, keep[1], keep[3], seen_h)
    return Placing(scale, (x, y, x + seen_w, y + seen_h))


def _shift(low: float, high: float, keep_low: float, keep_high: float, seen: float) -> float:
    centred = (low + high - seen) / 2
    return min(max(centred, keep_high - seen), keep_low)


class _Within(msgspec.Struct, frozen=True):
    """What a shape inherits from the drawings around it."""

    view: Box
    frames: tuple[Frame, ...] = ()
    repaints: tuple[dict[str, str], ...] = ()
    meets: str | None = None
    path: tuple[str, ...] = ()

    @property
    def scale(self) -> float:
        return math.prod(frame.scale for frame in self.frames)

    def points(self, flat: Iterable[Point]) -> tuple[Point, ...]:
        for frame in self.frames:
            flat = frame.points(flat)
        return tuple(flat)

    def colour(self, name: str) -> str:
        for table in self.repaints:
            name = table.get(name, name)
        return name


def flatten(sheet: Sheet, view: Box | None = None) -> tuple[Patch, ...]:
    """All patches of a drawing, back to front, in mm. What hangs on an edge hangs on that of ``view``."""
    return tuple(_patches(sheet.shapes, _Within(view or sheet.box)))


def _patches(shapes: Sequence[Shape], within: _Within) -> Iterator[Patch]:
    for shape in shapes:
        if shape.use is not None:
            yield from _used(shape, shape.use, within)
        else:
            yield from _own(shape, within)


def _used(shape: Shape, name: str, within: _Within) -> Iterator[Patch]:
    if name in within.path or len(within.path) >= _DEPTH:
        raise DrawingError(f"The drawing “{name}” uses itself; take it out of {' → '.join(within.path)}.")
    at = shape.at
    if shape.edge is not None:
        at = (at[0] + within.view[0 if shape.edge == "left" else 2], at[1])
    frame = Frame(at, shape.scale, shape.turn, shape.mirror)
    inner = _Within(
        within.view,
        (frame, *within.frames),
        (shape.repaint, *within.repaints),
        shape.meets or within.meets,
        (*within.path, name),
    )
    yield from _patches(read_drawing(name).shapes, inner)


def _own(shape: Shape, within: _Within) -> Iterator[Patch]:
    frame = Frame(shape.at, shape.scale, shape.turn, shape.mirror)
    points = within.points(frame.points(_outline(shape)))
    paint = within.colour(shape.paint or "")
    meets = (within.meets or shape.meets) if paint.startswith("persimmon") else None
    closed = shape.line is None
    if shape.width is None:
        yield Patch(points, paint, None, closed=True, meets=meets)
        return
    width = shape.width * shape.scale * within.scale
    if shape.dash is None:
        yield Patch(points, paint, width, closed=closed, meets=meets)
        return
    on, off = (length * within.scale for length in shape.dash)
    for piece in dashes((*points, points[0]) if closed else points, on, off):
        yield Patch(piece, paint, width, meets=meets)


def _outline(shape: Shape) -> list[Point]:
    if shape.ellipse is not None:
        x, y, rx, ry = shape.ellipse
        return arc(x, y, rx, ry, 0.0, 360.0, _ROUND)[:-1]
    if shape.rect is not None:
        return _rounded(shape.rect, shape.round)
    return along(shape.curve or shape.line or ())


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, count: int) -> list[Point]:
    """``count`` + 1 points on an ellipse from ``start`` to ``end`` degrees, anticlockwise from the right."""
    return [(x + rx * cos, y + ry * sin) for cos, sin in _turns(start, end, count)]


@lru_cache(maxsize=64)
def _turns(start: float, end: float, count: int) -> tuple[Point, ...]:
    """The same on the circle of radius 1: a drawing is full of round things, and all of them turn alike."""
    first, step = math.radians(start), math.radians((end - start) / count)
    return tuple((math.cos(first + step * n), math.sin(first + step * n)) for n in range(count + 1))


def _rounded(rect: Box, radii: tuple[float, float, float, float] | float) -> list[Point]:
    x, y, width, height = rect
    most = min(width, height) / 2 if isinstance(radii, float | int) else math.inf
    tl, tr, br, bl = (radii,) * 4 if isinstance(radii, float | int) else radii
    corners = (
        (x + width, y + height, -1, -1, min(tr, most), 0.0),
        (x, y + height, 1, -1, min(tl, most), 90.0),
        (x, y, 1, 1, min(bl, most), 180.0),
        (x + width, y, -1, 1, min(br, most), 270.0),
    )
    found: list[Point] = []
    for cx, cy, inward_x, inward_y, radius, start in corners:
        if radius <= _FAR:
            found.append((cx, cy))
        else:
            centre = (cx + inward_x * radius, cy + inward_y * radius)
            found += arc(*centre, radius, radius, start, start + 90.0, _CORNER)
    return found


def along(steps: Sequence[tuple[float, ...]]) -> list[Point]:
    """The points of a line of straight and Bezier pieces."""
    found: list[Point] = []
    for step in steps:
        if len(step) == 2:
            found.append((step[0], step[1]))
        else:
            found += _bezier(found[-1], step)
    return found


def _bezier(start: Point, step: tuple[float, ...]) -> list[Point]:
    x0, y0 = start
    x1, y1, x2, y2, x3, y3 = step
    found = []
    for count in range(1, _PIECE + 1):
        t = count / _PIECE
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def dashes(points: Sequence[Point], on: float, off: float) -> Iterator[tuple[Point, ...]]:
    """Cut a line into pieces ``on`` long with gaps ``off`` between."""
    left, drawing, piece = on, True, [points[0]]
    for start, end in pairwise(points):
        here, rest = start, math.dist(start, end)
        while rest > left:
            share = left / rest
            here = (here[0] + (end[0] - here[0]) * share, here[1] + (end[1] - here[1]) * share)
            rest -= left
            if drawing:
                yield (*piece, here)
            piece, drawing = [here], not drawing
            left = on if drawing else off
        left -= rest
        if drawing:
            piece.append(end)
    if drawing and len(piece) > 1:
        yield tuple(piece)
