"""The few shapes every drawing of a sheet is made of, in millimetres.

A drawing is a tuple of these, painted in order, later over earlier. Painters for paper, web and screen only
paint: they decide no place, size or colour. x grows to the right, **y grows downwards**. Colours are
``#RRGGBB``. Every ``Polygon`` is convex, so a painter may use a triangle fan.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

POINT_MM = 25.4 / 72


class Anchor(StrEnum):
    """Which end of a text its x means."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Rect(msgspec.Struct, frozen=True):
    """An upright rectangle from its top left corner. ``edge`` None: no outline; ``fill`` None: hollow."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    edge: str | None = None
    edge_width: float = 0.0
    dash: tuple[float, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line through two or more points. ``round_ends`` rounds ends and corners."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str
    round_ends: bool = False
    dash: tuple[float, ...] = ()


class Ring(msgspec.Struct, frozen=True):
    """A circle by its centre and outer diameter; ``edge`` is drawn inside it, None: a plain disc."""

    x: float
    y: float
    diameter: float
    fill: str | None = None
    edge: str | None = None
    edge_width: float = 0.0


class Polygon(msgspec.Struct, frozen=True):
    """A convex polygon."""

    points: tuple[tuple[float, float], ...]
    fill: str


class Text(msgspec.Struct, frozen=True):
    """One line of text on its baseline. ``size_pt`` in points, as on paper."""

    x: float
    y: float
    text: str
    size_pt: float
    colour: str
    anchor: Anchor = Anchor.START
    bold: bool = False


Shape: TypeAlias = Rect | Line | Ring | Polygon | Text


def enlarged(shapes: Sequence[Shape], by: float) -> tuple[Shape, ...]:
    """The same drawing, larger in every measure."""
    return tuple(_enlarged(shape, by) for shape in shapes)


def _enlarged(shape: Shape, by: float) -> Shape:
    match shape:
        case Rect():
            return replace(
                shape,
                x=shape.x * by,
                y=shape.y * by,
                width=shape.width * by,
                height=shape.height * by,
                edge_width=shape.edge_width * by,
                dash=tuple(part * by for part in shape.dash),
            )
        case Line():
            points = tuple((x * by, y * by) for x, y in shape.points)
            return replace(
                shape, points=points, width=shape.width * by, dash=tuple(d * by for d in shape.dash)
            )
        case Ring():
            wide, edge = shape.diameter * by, shape.edge_width * by
            return replace(shape, x=shape.x * by, y=shape.y * by, diameter=wide, edge_width=edge)
        case Polygon():
            return replace(shape, points=tuple((x * by, y * by) for x, y in shape.points))
        case Text():
            return replace(shape, x=shape.x * by, y=shape.y * by, size_pt=shape.size_pt * by)
