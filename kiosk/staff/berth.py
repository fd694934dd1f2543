"""Where things lie in the staff area of a screen that lies: one way to divide its face for all its screens.

The head holds title, sentence and the main key; below it, down to the foot, lie cells in columns.
Pure: numbers in mm of the face, in the order x, y, width, height.
"""

from collections.abc import Sequence

from kiosk.theme import FaceSizes

_ROWS = 3
"""So many rows as high as a key lie between head and foot."""


def cell(lay: FaceSizes, place: int, columns: int, rows: int, *, whole: bool = False) -> list[float]:
    """The cell ``place`` of a grid, down the first column, then the next. ``whole``: no title is above."""
    return divided(lay, place, columns, rows, (lay.margin, lay.width - lay.margin), whole=whole)


def divided(
    lay: FaceSizes,
    place: int,
    columns: int,
    rows: int,
    between: tuple[float, float],
    *,
    whole: bool = False,
) -> list[float]:
    """The same ``between`` two edges."""
    sizes, (left, right) = lay.staff, between
    top = sizes.strip + 2.5 if whole else sizes.body
    wide = (right - left - sizes.gap * (columns - 1)) / columns
    high = (sizes.floor - top - sizes.gap * (rows - 1)) / rows
    column, row = divmod(place, rows)
    return [left + column * (wide + sizes.gap), top + row * (high + sizes.gap), wide, high]


def said_beside(lay: FaceSizes) -> float:
    """How wide title and sentence may be beside the main key."""
    return lay.width - 2 * lay.margin - lay.staff.main - lay.staff.gap


def main_key(lay: FaceSizes) -> list[float]:
    """The place of the main key, at the right of the head."""
    left = lay.width - lay.margin - lay.staff.main
    return [left, lay.staff.top, lay.staff.main, lay.staff.line]


def slot(
    area: Sequence[float], place: int, columns: int, rows: int, gap: float, span: int = 1
) -> list[float]:
    """The place of a key on a board that fills ``area``, row by row; it takes ``span`` places of its row."""
    left, top, width, height = area
    wide, high = (width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows
    row, column = divmod(place, columns)
    return [left + column * (wide + gap), top + row * (high + gap), wide * span + gap * (span - 1), high]


def among(lay: FaceSizes, place: int, count: int, between: tuple[float, float] | None = None) -> list[float]:
    """The place of one of ``count`` rows: up to three in one column, more in two that are even."""
    edges = between or (lay.margin, lay.width - lay.margin)
    if count <= _ROWS:
        return divided(lay, place, 1, _ROWS, edges)
    column, row = divmod(place, -(-count // 2))
    return divided(lay, column * _ROWS + row, 2, _ROWS, edges)
