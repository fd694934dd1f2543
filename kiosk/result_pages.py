"""Which results stand on which page, and where: arithmetic in mm, the same for the flow and for the screen.

A value to look at has a whole card: road, sentence and all. One in range needs less where a screen has little
room: a row with its name, number, change and sign. It must not judge: which is which is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec


class ResultRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The room of one page, in mm of the face: ``columns`` side by side, from ``top`` on, ``high``.

    ``headline`` is taken from the columns of the first page; ``card`` and ``row`` are the least heights of a
    whole card and of a value in range, ``gap`` lies between them; ``line`` is the strip that says what is
    missing: under every page where there is one column, else once, behind the last value.
    """

    columns: int
    top: float
    high: float
    headline: float
    card: float
    row: float
    gap: float
    line: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one value stands: its ``column`` from 0, ``top`` and ``high`` in mm."""

    column: int
    top: float
    high: float


Page = tuple[Spot, ...]


def pages_for(whole: Sequence[bool], room: ResultRoom, *, missing: bool) -> tuple[Page, ...]:
    """The pages of values in their order; ``whole`` says which need a card. A line counts as the last spot.

    There is always one page.
    """
    heights = [room.card if each else room.row for each in whole]
    if missing and room.columns > 1:
        heights.append(room.line)
    pages: list[Page] = []
    while heights or not pages:
        page = arranged(heights, room, first=not pages, missing=missing)
        pages.append(page)
        heights = heights[len(page) :]
    return tuple(pages)


def arranged(heights: Sequence[float], room: ResultRoom, *, first: bool, missing: bool) -> Page:
    """As many of ``heights`` as one page holds, at least one of them if there is any."""
    start = room.top + (room.headline if first else 0.0)
    end = room.top + room.high - (room.line + room.gap if missing and room.columns == 1 else 0.0)
    spots: list[Spot] = []
    column, top = 0, start
    for high in heights:
        if top > start and top + high > end + 0.01:
            column, top = column + 1, start
        if column == room.columns:
            break
        spots.append(Spot(column, top, high))
        top += high + room.gap
    return tuple(_stretched(spots, room, end))


def _stretched(spots: Sequence[Spot], room: ResultRoom, end: float) -> list[Spot]:
    """Cards beside each other fill their columns if each has one to itself; else all keep the same height."""
    whole = [each for each in spots if each.high == room.card]
    filled = {each.column for each in spots if each.top > spots[0].top}
    if room.columns == 1 or any(each.column in filled for each in whole):
        return list(spots)
    return [Spot(each.column, each.top, end - each.top) if each in whole else each for each in spots]
