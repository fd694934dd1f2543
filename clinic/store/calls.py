"""What calls led to, as rows: the latest of some tasks, and how many of each outcome since a moment."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, select

from clinic.store.people_tables import TASK, TASK_EVENT
from clinic.store.tasks import ALL, TaskEvent, Wanted, of_whom

_CALLED = "called"


def last_calls(connection: Connection, tenant: str, tasks: Sequence[str]) -> dict[str, TaskEvent]:
    """The latest call of each of ``tasks`` (at most some hundreds) that had one, by the task's id."""
    asked = select(TASK_EVENT).where(
        TASK_EVENT.c.tenant == tenant, TASK_EVENT.c.task.in_(tasks), TASK_EVENT.c.did == _CALLED
    )
    events = (TaskEvent(*row) for row in connection.execute(asked.order_by(TASK_EVENT.c.number)))
    return {event.task: event for event in events}


def outcomes_since(connection: Connection, tenant: str, since: str, wanted: Wanted = ALL) -> dict[str, int]:
    """How many calls came to each outcome since then; of one team, street or station."""
    asked = select(TASK_EVENT.c.outcome, func.count()).where(
        TASK_EVENT.c.tenant == tenant, TASK_EVENT.c.did == _CALLED, TASK_EVENT.c.at >= since
    )
    if wanted != ALL:
        hers = select(TASK.c.id).where(TASK.c.tenant == TASK_EVENT.c.tenant, TASK.c.id == TASK_EVENT.c.task)
        asked = asked.where(exists(of_whom(hers.correlate(TASK_EVENT), wanted)))
    return {outcome: int(many) for outcome, many in connection.execute(asked.group_by(TASK_EVENT.c.outcome))}
