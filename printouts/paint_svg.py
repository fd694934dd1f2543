"""Paints shapes as SVG, for the clinic's pages. It only paints: place, size and colour are in the shapes."""

from collections.abc import Sequence
from html import escape

from printouts.shapes import POINT_MM, Anchor, Line, Polygon, Rect, Ring, Shape, Text


def svg(
    shapes: Sequence[Shape],
    left: float,
    top: float,
    width: float,
    height: float,
    label: str,
    unit: str = "mm",
) -> str:
    """An ``<svg>`` element that shows the window ``left, top, width, height`` (mm) of the drawing.

    ``label`` is what a screen reader says of it; empty: it is hidden from it, the words stand beside it.
    ``unit`` "mm" gives the element its true size; "" leaves the size to the style sheet.
    """
    box = f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}"'
    size = f' width="{_n(width)}{unit}" height="{_n(height)}{unit}"' if unit else ""
    said = f' role="img" aria-label="{escape(label)}"' if label else ' aria-hidden="true"'
    inside = "".join(_element(shape) for shape in shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}{size}{said}>{inside}</svg>'


def _element(shape: Shape) -> str:
    match shape:
        case Rect():
            place = (
                f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            )
            return f"<rect {place}{_fill(shape.fill)}{_stroke(shape.edge, shape.edge_width, shape.dash)}/>"
        case Line():
            caps = ' stroke-linecap="round" stroke-linejoin="round"' if shape.round_ends else ""
            stroke = _stroke(shape.colour, shape.width, shape.dash)
            return f'<polyline points="{_points(shape.points)}" fill="none"{stroke}{caps}/>'
        case Ring():
            radius = shape.diameter / 2 - (shape.edge_width / 2 if shape.edge else 0)
            place = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(radius)}"'
            return f"<circle {place}{_fill(shape.fill)}{_stroke(shape.edge, shape.edge_width, ())}/>"
        case Polygon():
            return f'<polygon points="{_points(shape.points)}"{_fill(shape.fill)}/>'
        case Text():
            return _text(shape)


def _text(shape: Text) -> str:
    anchor = "" if shape.anchor is Anchor.START else f' text-anchor="{shape.anchor.value}"'
    weight = ' font-weight="700"' if shape.bold else ""
    size = _n(shape.size_pt * POINT_MM)
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{size}"'
    return f"<text {place}{anchor}{weight}{_fill(shape.colour)}>{escape(shape.text)}</text>"


def _fill(colour: str | None) -> str:
    return f' fill="{colour or "none"}"'


def _stroke(colour: str | None, width: float, dash: tuple[float, ...]) -> str:
    if colour is None:
        return ""
    dashes = f' stroke-dasharray="{" ".join(_n(d) for d in dash)}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{_n(width)}"{dashes}'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
