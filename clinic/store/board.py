"""What the board counts: alarms since a moment, how tasks stand, when visits were made."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, case, func, select

from clinic.store.people_tables import TASK
from clinic.store.tables import VISIT
from clinic.store.tasks import ALL, Task, Wanted, of_whom, tasks_named
from clinic.store.visits import VisitStatus

_ERROR = VisitStatus.ENTERED_IN_ERROR.value


class Figures(msgspec.Struct, frozen=True):
    """How the open tasks stand: all, urgent ones, urgent ones nobody has reached yet, and those overdue."""

    open: int
    urgent: int
    not_reached: int
    overdue: int


def alarms(connection: Connection, tenant: str, urgent: int, since: str, limit: int) -> tuple[Task, ...]:
    """The urgent tasks that alarmed since then, and older ones nobody was reached for yet; oldest first."""
    # Asked one by one, each has an index of its own; together they would walk through every task.
    not_reached = TASK.c.contacted_at.is_(None) & TASK.c.closed_at.is_(None)
    found: dict[str, str] = {}
    for which, order in (
        (TASK.c.alarmed_at >= since, (TASK.c.alarmed_at.desc(),)),
        (not_reached, (TASK.c.level.desc(), TASK.c.due_at.desc())),
    ):
        asked = select(TASK.c.id, TASK.c.alarmed_at).where(TASK.c.tenant == tenant, TASK.c.level >= urgent)
        asked = asked.where(which).order_by(*order).limit(limit)
        found |= {row.id: row.alarmed_at or "" for row in connection.execute(asked)}
    newest = sorted(found, key=lambda one: (found[one], one))[-limit:]
    every = tasks_named(connection, tenant, newest)
    return tuple(sorted(every, key=lambda one: (one.waits_since(), one.id)))


def visits_by_station(connection: Connection, tenant: str, since: str, until: str) -> dict[str, int]:
    """How many visits each station measured since then and before ``until``, without those in error."""
    asked = select(VISIT.c.station, func.count()).where(
        VISIT.c.tenant == tenant,
        VISIT.c.measured_at >= since,
        VISIT.c.measured_at < until,
        VISIT.c.status != _ERROR,
    )
    return {station: int(many) for station, many in connection.execute(asked.group_by(VISIT.c.station))}


def visits_in_each(connection: Connection, tenant: str, spans: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """How many visits were measured in each span, from its beginning to before its end; asked at once."""
    each = [
        select(func.count())
        .where(
            VISIT.c.tenant == tenant,
            VISIT.c.measured_at >= start,
            VISIT.c.measured_at < end,
            VISIT.c.status != _ERROR,
        )
        .scalar_subquery()
        for start, end in spans
    ]
    return tuple(int(many) for many in connection.execute(select(*each)).one()) if each else ()


def figures(
    connection: Connection,
    tenant: str,
    urgent: int,
    now: datetime,
    stations: Collection[str] | None = None,
) -> Figures:
    """How many tasks are open, at some stations or everywhere; of level ``urgent`` and above is urgent."""
    is_urgent, unreached = TASK.c.level >= urgent, TASK.c.contacted_at.is_(None)
    asked = select(
        func.count(),
        _how_many(is_urgent),
        _how_many(and_(is_urgent, unreached)),
        _how_many(TASK.c.due_at < now.isoformat()),
    ).where(TASK.c.tenant == tenant, TASK.c.closed_at.is_(None))
    if stations is not None:
        asked = asked.where(TASK.c.station.in_(stations))
    row = connection.execute(asked).one()
    return Figures(*(int(number or 0) for number in row))


def times_to_contact(
    connection: Connection, tenant: str, urgent: int, since: str, wanted: Wanted = ALL
) -> tuple[tuple[str, str], ...]:
    """When each urgent task of since then alarmed, and when she was reached; of those ``wanted``."""
    asked = select(TASK.c.alarmed_at, TASK.c.contacted_at).where(
        TASK.c.tenant == tenant,
        TASK.c.level >= urgent,
        TASK.c.alarmed_at >= since,
        TASK.c.contacted_at.is_not(None),
    )
    return tuple((opened, reached) for opened, reached in connection.execute(of_whom(asked, wanted)))


def _how_many(true: Any) -> Any:  # noqa: ANN401  (an expression of SQL)
    return func.sum(case((true, 1), else_=0))
