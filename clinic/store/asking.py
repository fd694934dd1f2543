"""How a visit asks for something to be done, as rows: a task is opened, raised, or makes her wait again.

A visit asks for each reason once, however often its envelopes come, and again only when it turned out more
dangerous. Who was reached for an earlier visit has not been reached for this one.
"""

from functools import cache

import msgspec
from sqlalchemy import Connection, Executable, and_, case, null, or_, select, update

from clinic.store.people_tables import TASK, TASK_EVENT
from clinic.store.rows import upsert_for
from clinic.store.tasks import Task, task_in, task_of
from devices.reading import Confidential

_ASKING = ("opened", "raised", "again", "alarmed")


class Asked(Confidential, msgspec.Struct, frozen=True):
    """What a visit asked for already: the latest ``task`` of it, and how dangerous it was each time."""

    task: Task
    levels: tuple[str, ...]


def asked_before(connection: Connection, task: Task) -> Asked | None:
    """What the visit of ``task`` asked for already for that subject and reason; None: nothing."""
    told = and_(TASK_EVENT.c.tenant == TASK.c.tenant, TASK_EVENT.c.task == TASK.c.id)
    found = connection.execute(
        select(TASK.c.id, TASK_EVENT.c.why)
        .join(TASK_EVENT, told)
        .where(
            TASK.c.tenant == task.tenant,
            TASK.c.subject == task.subject,
            TASK.c.reason == task.reason,
            TASK_EVENT.c.visit == task.visit,
            TASK_EVENT.c.did.in_(_ASKING),
        )
        .order_by(TASK.c.opened_at, TASK.c.id, TASK_EVENT.c.number)
    ).all()
    latest = task_of(connection, task.tenant, found[-1].id) if found else None
    return None if latest is None else Asked(latest, tuple(row.why for row in found))


def ask_for(connection: Connection, task: Task, urgent: int) -> tuple[Task | None, Task]:
    """Open ``task``, or raise the one that is open. Returns how it stood, None where it is new, and stands.

    A raise makes it as dangerous and due as soon as the worse of the two; it is never lowered. From the level
    ``urgent`` on she is to be reached for this visit too: whoever reached her before did so for another.
    """
    here = (TASK.c.tenant == task.tenant, TASK.c.subject == task.subject, TASK.c.reason == task.reason)
    was = connection.execute(select(TASK).where(*here, TASK.c.closed_at.is_(None))).one_or_none()
    stands = connection.execute(_ask(connection.dialect.name, urgent), _row(task)).one()
    return None if was is None else task_in(was), task_in(stands)


def line_after_closing(connection: Connection, task: Task) -> Task:
    """Make room for a line in the history of a ``task`` that stays closed. Returns it as it stands."""
    here = (TASK.c.tenant == task.tenant, TASK.c.id == task.id)
    longer = update(TASK).where(*here).values(events=TASK.c.events + 1).returning(*TASK.c)
    return task_in(connection.execute(longer).one())


@cache
def _ask(dialect: str, urgent: int) -> Executable:
    row = upsert_for(dialect, TASK)
    told = row.excluded
    worse = told.level > TASK.c.level
    rings = told.level >= urgent
    # Who waits already goes on waiting from when she began to.
    anew = and_(rings, or_(TASK.c.contacted_at.is_not(None), TASK.c.level < urgent))
    sooner = or_(told.due_at < TASK.c.due_at, and_(rings, TASK.c.contacted_at.is_not(None)))
    row = row.on_conflict_do_update(
        index_elements=["tenant", "subject", "reason"],
        index_where=TASK.c.closed_at.is_(None),
        set_={
            "level": case((worse, told.level), else_=TASK.c.level),
            "state": case((anew, told.state), else_=TASK.c.state),
            "due_at": case((sooner, told.due_at), else_=TASK.c.due_at),
            "follow_up_by": case((or_(worse, anew), told.follow_up_by), else_=TASK.c.follow_up_by),
            "alarmed_at": case((anew, told.alarmed_at), else_=TASK.c.alarmed_at),
            "contacted_at": case((anew, null()), else_=TASK.c.contacted_at),
            "visit": told.visit,
            "station": told.station,
            "events": TASK.c.events + 1,
        },
    )
    return row.returning(*TASK.c)


def _row(task: Task) -> dict[str, object]:
    return {
        "tenant": task.tenant,
        "id": task.id,
        "subject": task.subject,
        "reason": task.reason,
        "level": task.level,
        "state": task.state,
        "visit": task.visit,
        "station": task.station,
        "name": task.name,
        "phone": task.phone,
        "team": task.team,
        "owner": task.owner,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "follow_up_by": task.follow_up_by,
        "contacted_at": task.contacted_at,
        "closed_at": task.closed_at,
        "outcome": task.outcome,
        "why": task.why,
        "events": task.events,
        "alarmed_at": task.alarmed_at,
    }
