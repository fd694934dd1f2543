"""The four level marks as shapes: ring and tick, disc and arrow, triangle and !, octagon and handset.

A level is always shape, word and colour together; this is the shape. Drawn, never typed, so no font can lose
it. It must not decide a level.
"""

import math

from health.assessment import Direction, Level
from printouts.shapes import Line, Polygon, Rect, Ring, Shape

LEVEL_INK = {Level.NORMAL: "#0F5C2E", Level.NOTICE: "#7A4100", Level.DOCTOR: "#8F1616", Level.NOW: "#8F1616"}
"""Ink of mark and word on white and on the grey row; contrast 7.1:1 or more."""
BOX = 10.0
_POINTS = tuple[tuple[float, float], ...]


def mark(
    level: Level,
    direction: Direction | None = None,
    size_mm: float = BOX,
    ink: str | None = None,
    paper: str = "#FFFFFF",
) -> tuple[Shape, ...]:
    """The mark of ``level`` in a square of ``size_mm``, origin at its top left corner.

    ``direction`` turns the arrow of level 1; None leaves the disc plain. ``ink`` None: the level's colour.
    ``paper`` is the colour of what is cut out of the mark; swap the two for the inverse main block.
    """
    colour = ink or LEVEL_INK[level]
    scale = size_mm / BOX
    if level is Level.NORMAL:
        return _tick(scale, colour)
    if level is Level.NOTICE:
        return _disc(scale, colour, paper, direction)
    if level is Level.DOCTOR:
        return _triangle(scale, colour, paper)
    return _octagon(scale, colour, paper)


def unjudged(size_mm: float = BOX, ink: str = "#3D3D3D") -> tuple[Shape, ...]:
    """The mark where no value has a class: an open ring with a bar, of no level and no colour."""
    scale = size_mm / BOX
    ring = Ring(5 * scale, 5 * scale, 9.8 * scale, edge=ink, edge_width=1.05 * scale)
    return ring, Line(_scaled(((2.9, 5.0), (7.1, 5.0)), scale), 1.15 * scale, ink)


def _tick(scale: float, ink: str) -> tuple[Shape, ...]:
    centre = 5 * scale
    ring = Ring(centre, centre, 9.8 * scale, edge=ink, edge_width=1.05 * scale)
    return ring, Line(_scaled(((2.9, 5.3), (4.45, 6.75), (7.2, 3.6)), scale), 1.15 * scale, ink)


def _disc(scale: float, ink: str, paper: str, direction: Direction | None) -> tuple[Shape, ...]:
    disc = Ring(5 * scale, 5 * scale, 9.8 * scale, fill=ink)
    if direction is None:
        return (disc,)
    head: _POINTS = ((5.0, 2.0), (7.75, 5.2), (2.25, 5.2))
    stem: _POINTS = ((4.1, 5.0), (5.9, 5.0), (5.9, 7.9), (4.1, 7.9))
    if direction is Direction.LOW:
        head, stem = (tuple((x, BOX - y) for x, y in part) for part in (head, stem))
    return disc, Polygon(_scaled(head, scale), paper), Polygon(_scaled(stem, scale), paper)


def _triangle(scale: float, ink: str, paper: str) -> tuple[Shape, ...]:
    body: _POINTS = ((5.0, 0.45), (10.0, 9.45), (0.0, 9.45))
    stroke: _POINTS = ((4.3, 3.3), (5.7, 3.3), (5.42, 6.6), (4.58, 6.6))
    dot = Ring(5 * scale, 7.75 * scale, 1.5 * scale, fill=paper)
    return Polygon(_scaled(body, scale), ink), Polygon(_scaled(stroke, scale), paper), dot


def _octagon(scale: float, ink: str, paper: str) -> tuple[Shape, ...]:
    turns = tuple(math.radians(22.5 + 45 * i) for i in range(8))
    body = tuple((5 + 5.25 * math.cos(t), 5 + 5.25 * math.sin(t)) for t in turns)
    # The handset lies on an arc round the upper right corner; its two ends are short thick strokes across it.
    arc = tuple(math.radians(96 + 78 * i / 12) for i in range(13))
    grip = tuple((7.35 + 4.15 * math.cos(t), 2.65 + 4.15 * math.sin(t)) for t in arc)
    ear = ((3.15, 2.95), (3.75, 3.85))
    mouth = ((6.15, 6.25), (7.05, 6.85))
    return (
        Polygon(_scaled(body, scale), ink),
        Line(_scaled(grip, scale), 1.15 * scale, paper, round_ends=True),
        Line(_scaled(ear, scale), 1.7 * scale, paper, round_ends=True),
        Line(_scaled(mouth, scale), 1.7 * scale, paper, round_ends=True),
    )


def _scaled(points: _POINTS, scale: float) -> _POINTS:
    return tuple((x * scale, y * scale) for x, y in points)


def legend(style_fills: tuple[str, str], edge: str) -> tuple[Shape, ...]:
    """The sign that says "where it is wide is normal": two thin ends and a wide middle, 14 x 4.6 mm."""
    normal, notice = style_fills
    return (
        Rect(0, 0.85, 4, 2.9, notice, edge, 0.25),
        Rect(10, 0.85, 4, 2.9, notice, edge, 0.25),
        Rect(3.5, 0, 7, 4.6, normal, edge, 0.25),
    )
