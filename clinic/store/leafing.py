"""A long list, leafed through by its lines and not by their count: the next page begins behind a line.

However far somebody leafs, a page costs what the first one costs; and what comes in meanwhile moves no line
from one page to another. A list is in the order of a time, newest first, then of an id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The line beside which a page lies: what is older, or with ``back`` what is newer. ``at``: RFC 3339."""

    at: str
    id: str
    back: bool = False


def page_at(
    asked: Select[Any], at: ColumnElement[Any], id_: ColumnElement[Any], beside: Bookmark | None, limit: int
) -> Select[Any]:
    """``asked``, for ``limit`` lines beside the bookmark, or the newest; to be put ``in_order`` once read."""
    back = beside is not None and beside.back
    if beside is not None:
        # The first half is an index's to answer, the second tells lines of one moment apart.
        far = (at >= beside.at, at > beside.at, id_ < beside.id) if back else None
        near, beyond, same = far or (at <= beside.at, at < beside.at, id_ > beside.id)
        asked = asked.where(and_(near, or_(beyond, same)))
    order = (at.asc(), id_.desc()) if back else (at.desc(), id_.asc())
    return asked.order_by(*order).limit(limit)


def in_order(found: Sequence[T], beside: Bookmark | None) -> tuple[T, ...]:
    """The lines as a page shows them, newest first, however they were read."""
    return tuple(reversed(found)) if beside is not None and beside.back else tuple(found)
