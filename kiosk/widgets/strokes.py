"""Patches from plain measures, and from the shapes of the printed sheet.

Pure geometry in mm, y downwards; ``turned`` gives the y upwards that painting wants. One band road and one
set of level marks serve screen and paper: here their shapes become something the screen can paint.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from kiosk.widgets.flatten import Patch, Point, arc, dashes
from printouts.shapes import Line, Polygon, Rect, Ring, Shape

_ROUND = 64


def disc(x: float, y: float, radius: float, paint: str) -> Patch:
    """A filled circle."""
    return Patch(tuple(arc(x, y, radius, radius, 0, 360, _ROUND)[:-1]), paint)


def ring(x: float, y: float, radius: float, width: float, paint: str) -> Patch:
    """A circle's line; ``radius`` to the middle of the line."""
    return Patch(tuple(arc(x, y, radius, radius, 0, 360, _ROUND)[:-1]), paint, width, closed=True)


def part_ring(x: float, y: float, radius: float, width: float, part: float, paint: str) -> Patch | None:
    """The first ``part`` (0..1) of a ring, from the top clockwise; None where nothing is to be seen."""
    if part <= 0.004:
        return None
    sweep = 360 * min(part, 1.0)
    return Patch(tuple(arc(x, y, radius, radius, -90, -90 + sweep, _ROUND)), paint, width)


def stroke(points: Sequence[Point], width: float, paint: str) -> Patch:
    """A line with round ends."""
    return Patch(tuple(points), paint, width)


def box(x: float, y: float, width: float, height: float, paint: str) -> Patch:
    """A filled rectangle from its top left corner."""
    right, foot = x + width, y + height
    return Patch(((x, y), (right, y), (right, foot), (x, foot)), paint)


def turned(patch: Patch, height: float) -> Patch:
    """The same patch with y upwards from the foot of a drawing ``height`` high."""
    return replace(patch, points=tuple((x, height - y) for x, y in patch.points))


def patches_of(shapes: Iterable[Shape], right: float = 0.0, down: float = 0.0) -> list[Patch]:
    """The printed ``shapes``, moved; texts are left out, a screen shows them as ``Words``."""
    found: list[Patch] = []
    for shape in shapes:
        match shape:
            case Rect():
                found += _of_rect(shape)
            case Line():
                found += _of_line(shape)
            case Ring():
                found += _of_ring(shape)
            case Polygon():
                found.append(Patch(tuple(shape.points), shape.fill))
            case _:
                pass
    return [replace(each, points=tuple((x + right, y + down) for x, y in each.points)) for each in found]


def _of_rect(shape: Rect) -> list[Patch]:
    outline = box(shape.x, shape.y, shape.width, shape.height, shape.fill or "#000000")
    found = [outline] if shape.fill else []
    if shape.edge and shape.dash:
        on, off = shape.dash
        closed = (*outline.points, outline.points[0])
        found += [Patch(piece, shape.edge, shape.edge_width) for piece in dashes(closed, on, off)]
    elif shape.edge:
        found.append(Patch(outline.points, shape.edge, shape.edge_width, closed=True))
    return found


def _of_line(shape: Line) -> list[Patch]:
    if not shape.dash:
        return [Patch(tuple(shape.points), shape.colour, shape.width)]
    on, off = shape.dash
    return [Patch(piece, shape.colour, shape.width) for piece in dashes(shape.points, on, off)]


def _of_ring(shape: Ring) -> list[Patch]:
    radius = shape.diameter / 2
    found = [disc(shape.x, shape.y, radius, shape.fill)] if shape.fill else []
    if shape.edge:
        middle = radius - shape.edge_width / 2
        found.append(ring(shape.x, shape.y, middle, shape.edge_width, shape.edge))
    return found
