"""The ground of a panel as a small picture: corners, line and fill, stretched in its middle to any size.

Where the processor draws, every pixel counts: a line that is a filled shape under another filled shape
draws the whole panel twice, and a rounded shape of kivy is some two hundred corners. A plate is drawn once,
from nine pieces. It knows colours and pixels, and nothing of what lies on it.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import msgspec
from kivy.graphics.texture import Texture

PLATES = 256
"""Plates that are held at once, each a few kilobytes."""
SHAPES = 3
"""Shapes of plates whose numbers are held, each some hundred kilobytes: plates of one shape come together."""
_CLEAR = (0.0, 0.0, 0.0, 0.0)

Rgba = tuple[float, float, float, float]


class Plate(msgspec.Struct, frozen=True):
    """What a ground looks like: pixels of its ``corner`` pieces, of the ``radius`` and of the ``line``."""

    corner: int
    radius: float
    line: float
    fill: Rgba
    edge: Rgba


def plate_for(
    size: tuple[int, int], radius: float, line: float, fill: Sequence[float], edge: Sequence[float]
) -> Plate:
    """The plate of a panel of ``size`` pixels; a small panel has small corners."""
    most = min(size) / 2
    round_ = round(min(radius, most), 1)
    corner = min(math.ceil(max(round_, line)), int(most))
    return Plate(corner, round_, round(line, 1), _rgba(fill), _rgba(edge) if line else _CLEAR)


@lru_cache(maxsize=PLATES)
def texture_of(plate: Plate) -> Texture:
    """Its picture: ``corner`` pixels at every side and one in the middle."""
    side = 2 * plate.corner + 1
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    texture.mag_filter = texture.min_filter = "nearest"
    texture.blit_buffer(b"".join(rows_of(plate)), colorfmt="rgba")
    return texture


def rows_of(plate: Plate) -> list[bytes]:
    """The rows of that picture, RGBA; it is the same from every side."""
    grid = _grid(plate.corner, plate.radius, plate.line)
    colours = {covers: _colour(plate, *covers) for covers in {each for row in grid for each in row}}
    rows = [b"".join(colours[each] for each in (*row, *reversed(row[:-1]))) for row in grid]
    return [*rows, *reversed(rows[:-1])]


@lru_cache(maxsize=SHAPES)
def _grid(corner: int, radius: float, line: float) -> list[list[tuple[float, float]]]:
    """Of each pixel of a quarter, how much the plate covers of it and how much what lies within its line."""
    places = [place + 0.5 for place in range(corner + 1)]
    within = max(0.0, radius - line)
    whole = [[_covered(x, y, 0.0, radius) for x in places] for y in places]
    inner = [[_covered(x, y, line, within) for x in places] for y in places] if line else whole
    return [list(zip(*pair, strict=True)) for pair in zip(whole, inner, strict=True)]


def _colour(plate: Plate, whole: float, inside: float) -> bytes:
    """The colour of a pixel so covered: the fill, the line round it, and clear outside."""
    filled, lined = plate.fill[3] * inside, plate.edge[3] * (whole - inside)
    alpha = filled + lined
    if not alpha:
        return bytes((*_bytes((plate.edge if plate.line else plate.fill)[:3]), 0))
    mixed = ((f * filled + e * lined) / alpha for f, e in zip(plate.fill[:3], plate.edge[:3], strict=True))
    return bytes(_bytes((*mixed, alpha)))


def _covered(x: float, y: float, inset: float, radius: float) -> float:
    """How much of the pixel round ``x``, ``y`` lies in a rounded rectangle that begins at ``inset``."""
    middle = inset + radius
    at_corner = x < middle and y < middle
    within = radius - math.hypot(middle - x, middle - y) if at_corner else min(x, y) - inset
    return min(1.0, max(0.0, within + 0.5))


def _bytes(parts: Sequence[float]) -> list[int]:
    return [round(255 * part) for part in parts]


def _rgba(colour: Sequence[float]) -> Rgba:
    red, green, blue, alpha = colour
    return (red, green, blue, alpha)
