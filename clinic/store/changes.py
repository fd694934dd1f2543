"""Tasks and residents in the order in which they changed last, for programs that ask what is new.

What changes while a program reads page after page comes once more, behind; nothing is skipped.
"""

from sqlalchemy import Connection, literal, select

from clinic.store.people_tables import RESIDENT, TASK
from clinic.store.residents import KnownResident, resident_in
from clinic.store.tasks import Task, asked_tasks, task_in
from clinic.store.wanted import EVER, Place, Range, behind, within


def tasks_by_change(
    connection: Connection,
    tenant: str,
    after: Place,
    limit: int,
    *,
    subjects: tuple[str, ...] | None = None,
    states: tuple[str, ...] = (),
    changed: Range = EVER,
) -> tuple[Task, ...]:
    """The next tasks behind ``after``: of one of ``subjects``, in one of ``states``, changed then."""
    asked = within(asked_tasks().where(TASK.c.tenant == tenant), TASK.c.changed_at, changed)
    if subjects is not None:
        asked = asked.where(TASK.c.subject.in_(subjects))
    if states:
        asked = asked.where(TASK.c.state.in_(states))
    order, last = (TASK.c.changed_at, TASK.c.id), (literal(after.time), literal(after.name))
    rows = connection.execute(behind(asked, order, last, after).order_by(*order).limit(limit))
    return tuple(task_in(row) for row in rows)


def residents_by_change(
    connection: Connection, tenant: str, after: Place, limit: int, changed: Range = EVER
) -> tuple[KnownResident, ...]:
    """The next residents behind ``after``, changed then."""
    asked = within(select(RESIDENT).where(RESIDENT.c.tenant == tenant), RESIDENT.c.changed_at, changed)
    order, last = (RESIDENT.c.changed_at, RESIDENT.c.id), (literal(after.time), literal(after.name))
    rows = connection.execute(behind(asked, order, last, after).order_by(*order).limit(limit))
    return tuple(resident_in(row) for row in rows)
