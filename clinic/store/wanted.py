"""Which visits a program asks for, and the order it gets them in: that of the feed, of change, or of time.

Each order has an index, so that a page costs what is on it. In each the next page begins behind the last row,
by what it is ordered by: what changes meanwhile comes later, and nothing that stays is skipped.
"""

from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, literal, select, tuple_

from clinic.store.tables import VISIT
from clinic.store.visits import KeptVisit, visit_in
from devices.reading import Confidential


class Range(msgspec.Struct, frozen=True):
    """Times as they are kept, from ``low`` on and before ``high``; None: without an end there."""

    low: str | None
    high: str | None

    def __and__(self, other: "Range") -> "Range":
        lows = [one for one in (self.low, other.low) if one is not None]
        highs = [one for one in (self.high, other.high) if one is not None]
        return Range(max(lows, default=None), min(highs, default=None))


EVER = Range(None, None)
"""Whenever."""


class Place(msgspec.Struct, frozen=True):
    """Behind which row a page begins: its ``time`` in the order that is asked for, and its ``name``.

    ``within``: the row itself comes once more, for what of it was left over.
    """

    time: str = ""
    name: str = ""
    within: bool = False


class Wanted(Confidential, msgspec.Struct, frozen=True):
    """Which visits are wanted; None: whichever. ``changed`` and ``measured`` say when."""

    residents: tuple[bytes, ...] | None = None
    visits: tuple[str, ...] | None = None
    changed: Range = EVER
    measured: Range = EVER

    def time_of(self, kept: KeptVisit) -> str:
        """The time of a visit in the order in which these come; empty where that is the feed's."""
        column = self.order()
        return "" if column is None else kept.received_at if column == "received_at" else kept.measured_at

    def order(self) -> str | None:
        """The column by which they come; None: by their places in the feed alone."""
        if self.residents is not None or self.visits is not None:
            return None
        if self.changed != EVER:
            return "received_at"
        return None if self.measured == EVER else "measured_at"


def wanted_visits(
    connection: Connection, tenant: str, wanted: Wanted, after: Place, limit: int
) -> tuple[KeptVisit, ...]:
    """The next of them behind the place ``after``, in their order: each as it holds now."""
    asked = select(VISIT).where(VISIT.c.tenant == tenant)
    if wanted.residents is not None:
        asked = asked.where(VISIT.c.resident.in_(wanted.residents))
    if wanted.visits is not None:
        asked = asked.where(VISIT.c.id.in_(wanted.visits))
    asked = within(within(asked, VISIT.c.received_at, wanted.changed), VISIT.c.measured_at, wanted.measured)
    order, place = wanted.order(), VISIT.c.place_in_feed
    number = int(after.name or 0)
    if order is None:
        asked = asked.where(place >= number if after.within else place > number).order_by(place)
    else:
        column = VISIT.c[order]
        last = (literal(after.time), literal(number, place.type))
        asked = behind(asked, (column, place), last, after).order_by(column, place)
    return tuple(visit_in(row) for row in connection.execute(asked.limit(limit)))


def within(asked: Select[Any], column: Column[str], span: Range) -> Select[Any]:
    """``asked``, where ``column`` lies in ``span``."""
    if span.low is not None:
        asked = asked.where(column >= span.low)
    return asked if span.high is None else asked.where(column < span.high)


def behind(
    asked: Select[Any],
    columns: tuple[ColumnElement[Any], ...],
    last: tuple[ColumnElement[Any], ...],
    after: Place,
) -> Select[Any]:
    """``asked``, where the row comes behind ``last`` in the order of ``columns``."""
    if not after.name:
        return asked
    here, there = tuple_(*columns), tuple_(*last)
    return asked.where(here >= there if after.within else here > there)
