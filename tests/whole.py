"""The whole of a wide matrix, or the part of it that every run asks for.

``./run test`` has to be over while one still waits for it, so of a matrix whose cells say much the same it
runs the few that differ most. The others carry the mark ``whole``: they are counted and told at the end of a
quick run, and they run with ``./run test --whole`` or ``KANGYI_WHOLE=1``. No cell is left out by chance.
"""

import os
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import pytest
from _pytest.mark.structures import ParameterSet

WHOLE = os.environ.get("KANGYI_WHOLE") == "1"
"""Settled before any test is read: ``--whole`` sets the variable."""

Cell = TypeVar("Cell")


def quick_of(cells: Iterable[tuple[str, str]], asked: Collection[tuple[str, str]]) -> list[ParameterSet]:
    """The same for cells of two parameters."""
    return [pytest.param(*cell, marks=() if cell in asked else pytest.mark.whole) for cell in cells]


def quick(cells: Iterable[Cell], asked: Callable[[Cell], bool]) -> list[ParameterSet]:
    """All ``cells`` as parameters; those that are not ``asked`` for by every run wait for the whole."""
    return [pytest.param(cell, marks=() if asked(cell) else pytest.mark.whole) for cell in cells]
