"""The small drawings of the clinic's pages: level marks and roads, shapes of ``printouts`` as SVG."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from devices.reading import Comparator
from health.assessment import Direction, Level, Zone
from printouts.marks import BOX, mark, unjudged
from printouts.paint_svg import svg
from printouts.road import COLOUR, FOOT_MM, TOP_MM, road
from printouts.ruler import Ruler

_WIDTH = 76.0
_BESIDE = 1.0
_LIST = replace(COLOUR, label_pt=0.0)
# 11 pt on a road drawn 260 px wide is 13 px, the smallest type of these pages.
_SHEET = replace(COLOUR, label_pt=11.0)


def level_mark(level: Level, direction: Direction | None) -> str:
    """The mark of ``level``; its word always stands beside it, so it is hidden from a screen reader."""
    return svg(mark(level, direction), 0, 0, BOX, BOX, "", unit="")


def nothing_mark() -> str:
    """The mark of a visit in which nothing was measured: of no level, never a tick."""
    return svg(unjudged(), 0, 0, BOX, BOX, "", unit="")


def list_road(ruler: Ruler, zones: Sequence[Zone], now: Decimal, comparator: Comparator | None) -> str:
    """A road for a line of a list: no numbers under it."""
    shapes = road(ruler, zones, now, comparator, None, _WIDTH, _LIST)
    return svg(shapes, -_BESIDE, -TOP_MM, _WIDTH + 2 * _BESIDE, TOP_MM + 3, "", unit="")


def sheet_road(
    ruler: Ruler, zones: Sequence[Zone], now: Decimal, comparator: Comparator | None, last: Decimal | None
) -> str:
    """A road with its limits, for the page of one visit."""
    shapes = road(ruler, zones, now, comparator, last, _WIDTH, _SHEET)
    return svg(shapes, -_BESIDE, -TOP_MM, _WIDTH + 2 * _BESIDE, TOP_MM + FOOT_MM - 0.5, "", unit="")
