"""What the worklist counts: how many tasks stand in each list, and how many people. It lists none."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, distinct, func, not_, or_, select

from clinic.store.people_tables import TASK
from clinic.store.tasks import (
    Wanted,
    is_overdue,
    open_ones,
    team_of_task,
    waits_to_be_reached,
)

SOON = timedelta(days=7)


class Standing(msgspec.Struct, frozen=True):
    """How the open tasks of a team and station stand at a moment.

    ``all``, ``mine``, ``now`` (who waits in danger) and ``overdue`` are tasks of each list; ``people…``
    residents, whom only one of these counts: who waits, else whose task is overdue.
    """

    all: int
    mine: int
    now: int
    overdue: int
    people: int
    people_now: int
    people_overdue: int


class Groups(msgspec.Struct, frozen=True):
    """How many tasks of one list stand in each of its groups: who waits, what is overdue, due soon, later."""

    now: int
    overdue: int
    soon: int
    later: int


def standing(connection: Connection, tenant: str, wanted: Wanted, owner: str, now: datetime) -> Standing:
    """How they stand; ``owner`` is whose are "mine"."""
    waits, late = waits_to_be_reached(), is_overdue(now)
    asked = select(
        func.count(),
        _how_many(TASK.c.owner == owner),
        _how_many(waits),
        _how_many(late),
        func.count(distinct(TASK.c.subject)),
        _people(waits),
        _people(and_(late, not_(waits))),
    )
    row = connection.execute(open_ones(asked.select_from(TASK), tenant, wanted)).one()
    return Standing(*(int(number or 0) for number in row))


def groups(connection: Connection, tenant: str, wanted: Wanted, now: datetime) -> Groups:
    """How many of those ``wanted`` stand in each group."""
    waits, late = waits_to_be_reached(), is_overdue(now)
    soon = TASK.c.due_at <= (now + SOON).isoformat()
    asked = select(
        _how_many(waits),
        _how_many(and_(not_(waits), late)),
        _how_many(and_(not_(or_(waits, late)), soon)),
        _how_many(not_(or_(waits, late, soon))),
    )
    row = connection.execute(open_ones(asked.select_from(TASK), tenant, wanted)).one()
    return Groups(*(int(number or 0) for number in row))


def teams_at_work(connection: Connection, tenant: str, station: str) -> tuple[str, ...]:
    """The teams that have an open task, of one station where it is named."""
    every = select(team_of_task()).select_from(TASK).distinct()
    found = open_ones(every, tenant, Wanted(station=station))
    return tuple(sorted(one for one in connection.execute(found).scalars() if one))


def _how_many(true: ColumnElement[bool]) -> Any:  # noqa: ANN401  (an expression of SQL)
    return func.sum(case((true, 1), else_=0))


def _people(true: ColumnElement[bool]) -> Any:  # noqa: ANN401  (an expression of SQL)
    return func.count(distinct(case((true, TASK.c.subject))))
