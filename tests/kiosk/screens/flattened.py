"""Drawings flattened once in a run of tests: themes change no shape, and every test shows the same drawings.

What kivy is handed and what ``ground`` looks at are then the same patches.
"""

from kiosk.widgets.flatten import Patch, flatten
from kiosk.widgets.shapes import Box, Sheet

_KNOWN: dict[tuple[int, Box | None], tuple[Sheet, tuple[Patch, ...]]] = {}


def flattened(sheet: Sheet, view: Box | None = None) -> tuple[Patch, ...]:
    """As ``flatten``, remembered by the sheet itself: it is read once and lives to the end."""
    key = (id(sheet), view)
    if key not in _KNOWN or _KNOWN[key][0] is not sheet:
        _KNOWN[key] = (sheet, flatten(sheet, view))
    return _KNOWN[key][1]
