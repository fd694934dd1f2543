"""What the board counts: alarms since a moment, open or closed, and when visits were made."""

from sqlalchemy import Connection, func, or_, select

from clinic.store.people_tables import TASK
from clinic.store.tables import VISIT
from clinic.store.tasks import Task, task_of
from clinic.store.visits import VisitStatus

_ERROR = VisitStatus.ENTERED_IN_ERROR.value


def alarms(connection: Connection, tenant: str, urgent: int, since: str, limit: int) -> tuple[Task, ...]:
    """The urgent tasks that alarmed since then, and older ones nobody was reached for yet; oldest first."""
    not_reached = TASK.c.contacted_at.is_(None) & TASK.c.closed_at.is_(None)
    asked = select(TASK.c.id).where(
        TASK.c.tenant == tenant, TASK.c.level >= urgent, or_(TASK.c.alarmed_at >= since, not_reached)
    )
    named = connection.execute(asked.order_by(TASK.c.alarmed_at.desc()).limit(limit)).scalars().all()
    found = (task_of(connection, tenant, one) for one in reversed(named))
    return tuple(one for one in found if one is not None)


def visits_by_station(connection: Connection, tenant: str, since: str) -> dict[str, int]:
    """How many visits each station measured since then; those entered in error are not counted."""
    asked = select(VISIT.c.station, func.count()).where(
        VISIT.c.tenant == tenant, VISIT.c.measured_at >= since, VISIT.c.status != _ERROR
    )
    return {station: int(many) for station, many in connection.execute(asked.group_by(VISIT.c.station))}


def visits_between(connection: Connection, tenant: str, start: str, end: str) -> int:
    """How many visits were measured from ``start`` to before ``end``."""
    asked = select(func.count()).where(
        VISIT.c.tenant == tenant,
        VISIT.c.measured_at >= start,
        VISIT.c.measured_at < end,
        VISIT.c.status != _ERROR,
    )
    return int(connection.execute(asked).scalar_one())
