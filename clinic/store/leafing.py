"""A long list, leafed through by its lines and not by their count: the next page begins behind a line.

However far somebody leafs, a page costs what the first one costs; and what comes in meanwhile moves no line
from one page to another. A list is in the order of a time, newest first, then of an id; or, where it rises,
of a word and of an id.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Select, and_, or_

T = TypeVar("T")


class Bookmark(msgspec.Struct, frozen=True):
    """The line beside which a page lies: what follows it, or with ``back`` what stands before it.

    ``at`` is the time of that line (RFC 3339), or its word in a list that rises.
    """

    at: str
    id: str
    back: bool = False


END = Bookmark("", "", back=True)
"""Behind the last line of a list whose newest stands first: what stands before it is the end of the list."""


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


def page_by(
    asked: Select[Any], word: ColumnElement[Any], id_: ColumnElement[Any], beside: Bookmark | None, limit: int
) -> Select[Any]:
    """The same of a list that rises by ``word`` and then by id."""
    if beside is None:
        return asked.order_by(word.asc(), id_.asc()).limit(limit)
    if beside.back:
        before = and_(word <= beside.at, or_(word < beside.at, id_ < beside.id))
        return asked.where(before).order_by(word.desc(), id_.desc()).limit(limit)
    behind = and_(word >= beside.at, or_(word > beside.at, id_ > beside.id))
    return asked.where(behind).order_by(word.asc(), id_.asc()).limit(limit)


def in_order(found: Sequence[T], beside: Bookmark | None) -> tuple[T, ...]:
    """The lines as a page shows them, the first one first, however they were read."""
    return tuple(reversed(found)) if beside is not None and beside.back else tuple(found)
