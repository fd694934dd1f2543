"""Which results stand on which page, how much of each, and where: arithmetic in mm, for flow and screen.

A value to look at has a whole card: road, sentence and all. One in range has what is left: a card, a low card
or a row, the most that takes no page more. Where whole cards would take more pages than a visit has presses
for, the least serious of them are low cards. It must not judge: which is which is told.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

PAGES = 2
"""What a return visit of eight presses has room for (docs/decisions/0022-eight-presses.md)."""


STRIP = 20.0
"""Mm of the line on what is missing where it lies under all columns."""


class Form(StrEnum):
    """How much of a value is shown."""

    WHOLE = "whole"
    LOW = "low"
    ROW = "row"
    LINE = "line"
    """No value: the strip that says what is missing."""


CALM = (Form.WHOLE, Form.LOW, Form.ROW)
"""How much of a value in range is shown: the most with which there are as few pages as can be."""


class ResultRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The room of one page, in mm of the face: ``columns`` side by side, from ``top`` on, ``high``.

    ``headline`` is taken from the columns of the first page; ``card``, ``low`` and ``row`` are the least
    heights of a whole card, of a low one and of a value in range, ``gap`` lies between them; ``line`` is the
    strip that says what is missing: under every page where there is one column, else once, behind the last.
    """

    columns: int
    top: float
    high: float
    headline: float
    card: float
    low: float
    row: float
    gap: float
    line: float

    def least(self, form: Form) -> float:
        """The least height of ``form``."""
        return {Form.WHOLE: self.card, Form.LOW: self.low, Form.ROW: self.row, Form.LINE: self.line}[form]


class Spot(msgspec.Struct, frozen=True):
    """Where one value stands: ``column`` from 0, ``top`` and ``high`` in mm; ``across``: over all columns."""

    form: Form
    column: int
    top: float
    high: float
    across: bool = False


Page = tuple[Spot, ...]


def pages_for(whole: Sequence[bool], room: ResultRoom, *, missing: bool) -> tuple[Page, ...]:
    """The pages of values in their order; ``whole`` says which are to be looked at. A line is the last spot.

    There is always one page. Its spots are in the order of the values.
    """
    behind = [Form.LINE] if missing and room.columns > 1 else []
    tried = [[Form.WHOLE if each else calm for each in whole] + behind for calm in CALM]
    split = [_split(forms, room, missing=missing) for forms in tried]
    pages = min(split, key=len)
    if len(pages) > PAGES:
        pages = _lowered(tried[-1], room, missing=missing)
    return tuple(_spread(page, room, first=page is pages[0]) for page in pages)


def _lowered(forms: list[Form], room: ResultRoom, *, missing: bool) -> list[Page]:
    """With low cards from the least serious value on, until ``PAGES`` or as few as can be are enough."""
    low: list[Form] = [Form.LOW if each is Form.WHOLE else each for each in forms]
    fewest = max(PAGES, len(_split(low, room, missing=missing)))
    ways = (forms[:place] + low[place:] for place in reversed(range(len(forms) + 1)))
    split = (_split(way, room, missing=missing) for way in ways)
    return next(pages for pages in split if len(pages) <= fewest)


def _split(forms: Sequence[Form], room: ResultRoom, *, missing: bool) -> list[Page]:
    pages: list[Page] = []
    rest = list(forms)
    while rest or not pages:
        page = _placed(rest, room, first=not pages, missing=missing)
        pages.append(page)
        rest = rest[len(page) :]
    return pages


def _placed(forms: Sequence[Form], room: ResultRoom, *, first: bool, missing: bool) -> Page:
    """As many of ``forms`` as one page holds, at least one of them if there is any."""
    start, end = _ends(room, first=first)
    end -= room.line + room.gap if missing and room.columns == 1 else 0.0
    spots: list[Spot] = []
    column, top = 0, start
    for form in forms:
        high = room.least(form)
        if top > start and top + high > end + 0.01:
            column, top = column + 1, start
        if column == room.columns:
            break
        spots.append(Spot(form, column, top, high))
        top += high + room.gap
    return tuple(spots)


def _ends(room: ResultRoom, *, first: bool) -> tuple[float, float]:
    return room.top + (room.headline if first else 0.0), room.top + room.high


def _spread(page: Page, room: ResultRoom, *, first: bool) -> Page:
    """The same values over the whole page, where it has columns and room to spare."""
    if room.columns == 1 or not page:
        return page
    return _even(page, room, first=first) or _filled(page, room, first=first)


def _even(page: Page, room: ResultRoom, *, first: bool) -> Page:
    """All of one height, as many in each column, rows as cards; empty where one of them would lose by it."""
    start, end = _ends(room, first=first)
    forms = [spot.form for spot in page if spot.form is not Form.LINE]
    line = len(forms) < len(page)
    end -= STRIP + room.gap if line else 0.0
    each = -(-len(forms) // room.columns)
    high = (end - start - (each - 1) * room.gap) / each if each else 0.0
    if not forms or any(high < max(room.least(form), room.low) for form in forms):
        return ()
    made = Form.WHOLE if high >= room.card else Form.LOW
    spots = [Spot(made, at // each, start + at % each * (high + room.gap), high) for at in range(len(forms))]
    return (*spots, *([Spot(Form.LINE, 0, end + room.gap, STRIP, across=True)] if line else []))


def _filled(page: Page, room: ResultRoom, *, first: bool) -> Page:
    """Cards fill the columns that they have for themselves, if none of them shares one with a row."""
    _, end = _ends(room, first=first)
    cards = (Form.WHOLE, Form.LOW)
    columns = [[spot for spot in page if spot.column == column] for column in range(room.columns)]
    if any({spot.form in cards for spot in column} == {True, False} for column in columns):
        return page
    made: list[Spot] = []
    for column in columns:
        more = (end - column[-1].top - column[-1].high) / len(column) if column else 0.0
        grow = more if column and column[0].form in cards else 0.0
        made += [
            replace(spot, top=spot.top + at * grow, high=spot.high + grow) for at, spot in enumerate(column)
        ]
    return tuple(made)
