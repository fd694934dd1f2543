"""A long list, a page at a time. Pure."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
ROWS = 6
"""Rows a page of a list can hold."""


def at(things: Sequence[T], place: int) -> T | None:
    """The thing at ``place``, None behind the last."""
    return things[place] if place < len(things) else None


def pages_of(things: Sequence[T], rows: int = ROWS) -> int:
    """How many pages they fill; an empty list fills one."""
    return max(1, -(-len(things) // rows))


def page_of(things: Sequence[T], page: int, rows: int = ROWS) -> tuple[T, ...]:
    """Those on ``page``, counted from 1; a page behind the last is the last."""
    first = (min(page, pages_of(things, rows)) - 1) * rows
    return tuple(things[first : first + rows])
