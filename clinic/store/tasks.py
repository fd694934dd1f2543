"""What has to be done for residents, as rows: one open task for each resident and reason, and its history.

The unique key says whether there is one already. What an outcome means is decided in ``clinic.follow_up``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, false, func, insert, select, update

from clinic.store.leafing import Bookmark, in_order, page_at
from clinic.store.people_tables import RESIDENT, TASK, TASK_EVENT
from clinic.store.stations import stands_in
from devices.reading import Confidential
from health.assessment import Level

WITH_RESIDENT = TASK.outerjoin(
    RESIDENT, and_(RESIDENT.c.tenant == TASK.c.tenant, RESIDENT.c.id == TASK.c.subject)
)
"""Tasks with whoever they are about, where she is known."""


class Wanted(msgspec.Struct, frozen=True):
    """Which open tasks are wanted; empty texts want all.

    ``waiting``: only of those who are in danger and were not reached yet. ``overdue``: only what should have
    been done by then.
    """

    team: str = ""
    station: str = ""
    owner: str = ""
    street: str = ""
    waiting: bool = False
    overdue: datetime | None = None


ALL = Wanted()
"""Every open task."""


class Task(Confidential, msgspec.Struct, frozen=True):
    """One task. ``subject`` is the id of a resident, or of a visit that nobody owns; times are RFC 3339.

    ``visit`` is the latest that asked for it, ``follow_up_by`` the day it must have come to an end; ``owner``
    an account, empty while nobody took it. ``events`` is how many lines its history has. ``name`` and
    ``phone`` are those of the resident where she is known, else what came with the visit; ``team`` is the one
    it was handed to, else hers. ``alarmed_at`` is when she was found in danger and had to be reached, None
    where she never was; ``contacted_at`` when she was reached since. ``changed_at`` is when its history got
    its latest line.
    """

    tenant: str
    id: str
    subject: str
    reason: str
    level: int
    state: str
    visit: str
    station: str
    name: str
    phone: str
    team: str
    owner: str
    opened_at: str
    due_at: str
    follow_up_by: str
    contacted_at: str | None = None
    closed_at: str | None = None
    outcome: str = ""
    why: str = ""
    events: int = 1
    alarmed_at: str | None = None
    changed_at: str = ""

    def waits_since(self) -> str:
        """From when on it counts how long she waits to be reached."""
        return self.alarmed_at or self.opened_at


class TaskEvent(Confidential, msgspec.Struct, frozen=True):
    """One line of the history of a task. ``due_at`` is when it was due from then on.

    ``visit`` is the one that asked, where one did; ``why`` of such a line names how dangerous it said it is.
    """

    tenant: str
    task: str
    number: int
    at: str
    who: str
    did: str
    outcome: str = ""
    why: str = ""
    note: str = ""
    due_at: str = ""
    visit: str = ""


def change(connection: Connection, task: Task, values: Mapping[str, object]) -> bool:
    """Change an open ``task`` that stands as it was read; False when somebody was faster."""
    here = (TASK.c.tenant == task.tenant, TASK.c.id == task.id, TASK.c.events == task.events)
    fresh = update(TASK).where(*here, TASK.c.closed_at.is_(None)).values(**values, events=task.events + 1)
    return connection.execute(fresh).rowcount == 1


def add_event(connection: Connection, event: TaskEvent) -> None:
    """Add a line to a history; the task has changed then."""
    here = (TASK.c.tenant == event.tenant, TASK.c.id == event.task)
    connection.execute(update(TASK).where(*here).values(changed_at=event.at))
    connection.execute(
        insert(TASK_EVENT).values(
            tenant=event.tenant,
            task=event.task,
            number=event.number,
            at=event.at,
            who=event.who,
            did=event.did,
            outcome=event.outcome,
            why=event.why,
            note=event.note,
            due_at=event.due_at,
            visit=event.visit,
        )
    )


def task_of(connection: Connection, tenant: str, task: str) -> Task | None:
    """The task, or None."""
    row = connection.execute(asked_tasks().where(TASK.c.tenant == tenant, TASK.c.id == task)).one_or_none()
    return None if row is None else task_in(row)


def tasks_named(connection: Connection, tenant: str, tasks: Sequence[str]) -> tuple[Task, ...]:
    """Those of ``tasks`` (at most some hundreds) that are here, the first opened first."""
    # Put in order here: asked for an order, SQLite walks through every task for the sake of it.
    asked = asked_tasks().where(TASK.c.tenant == tenant, TASK.c.id.in_(tasks))
    found = (task_in(row) for row in connection.execute(asked))
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.id)))


def history_of(connection: Connection, tenant: str, task: str) -> tuple[TaskEvent, ...]:
    """Everything that happened to a task, oldest first."""
    asked = select(TASK_EVENT).where(TASK_EVENT.c.tenant == tenant, TASK_EVENT.c.task == task)
    return tuple(TaskEvent(*row) for row in connection.execute(asked.order_by(TASK_EVENT.c.number)))


def open_tasks(
    connection: Connection,
    tenant: str,
    wanted: Wanted = ALL,
    *,
    now: datetime | None = None,
    limit: int = 200,
    offset: int = 0,
) -> tuple[Task, ...]:
    """The worklist: who waits to be reached, what is late at ``now``, the rest; of each the worst first."""
    overdue = false() if now is None else is_overdue(now)
    place = case((waits_to_be_reached(), 0), (overdue, 1), else_=2)
    order = (place, TASK.c.level.desc(), TASK.c.due_at, TASK.c.id)
    asked = open_ones(select(TASK.c.id), tenant, wanted).order_by(*order).limit(limit).offset(offset)
    ids = connection.execute(asked).scalars().all()
    rows = connection.execute(asked_tasks().where(TASK.c.tenant == tenant, TASK.c.id.in_(ids)))
    found = {task.id: task for task in map(task_in, rows)}
    return tuple(found[one] for one in ids)


def open_ones(asked: Select[Any], tenant: str, wanted: Wanted) -> Select[Any]:
    """``asked``, of the open tasks that are ``wanted``."""
    asked = of_whom(asked, wanted).where(TASK.c.tenant == tenant, TASK.c.closed_at.is_(None))
    if wanted.owner:
        asked = asked.where(TASK.c.owner == wanted.owner)
    if wanted.waiting:
        asked = asked.where(waits_to_be_reached())
    return asked if wanted.overdue is None else asked.where(is_overdue(wanted.overdue))


def of_whom(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    """``asked``, of the team, street and station that are ``wanted``."""
    if wanted.team:
        asked = asked.where(team_of_task() == wanted.team)
    if wanted.street:
        asked = asked.where(stands_in(TASK.c.tenant, TASK.c.station, wanted.street))
    return asked.where(TASK.c.station == wanted.station) if wanted.station else asked


def waits_to_be_reached() -> ColumnElement[bool]:
    """Whether somebody is in danger and was not reached yet; of open tasks."""
    return and_(TASK.c.level >= int(Level.NOW), TASK.c.contacted_at.is_(None))


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Whether it should have been done by ``now``; of open tasks."""
    return TASK.c.due_at < now.isoformat()


def tasks_of_subject(connection: Connection, tenant: str, subject: str, limit: int = 50) -> tuple[Task, ...]:
    """The tasks of one resident, open and closed, newest first."""
    asked = asked_tasks().where(TASK.c.tenant == tenant, TASK.c.subject == subject)
    asked = asked.order_by(TASK.c.opened_at.desc(), TASK.c.id).limit(limit)
    return tuple(task_in(row) for row in connection.execute(asked))


def closed_tasks(
    connection: Connection, tenant: str, wanted: Wanted, limit: int, beside: Bookmark | None = None
) -> tuple[Task, ...]:
    """What was closed last, or before or after a line of it, newest first; of one team or station."""
    asked = of_whom(asked_tasks(), wanted).where(TASK.c.tenant == tenant, TASK.c.closed_at.is_not(None))
    asked = page_at(asked, TASK.c.closed_at, TASK.c.id, beside, limit)
    return in_order([task_in(row) for row in connection.execute(asked)], beside)


def tasks_of_visit(connection: Connection, tenant: str, visit: str) -> tuple[Task, ...]:
    """The open tasks whose latest cause is this visit."""
    asked = asked_tasks().where(TASK.c.tenant == tenant, TASK.c.visit == visit, TASK.c.closed_at.is_(None))
    return tuple(task_in(row) for row in connection.execute(asked))


def _known_or_told(word: str) -> Any:  # noqa: ANN401  (an expression of SQL)
    return func.coalesce(func.nullif(RESIDENT.c[word], ""), TASK.c[word])


def team_of_task() -> Any:  # noqa: ANN401  (an expression of SQL)
    """The team a task was handed to, else the resident's; empty where there is none."""
    # Asked for each task: joined, PostgreSQL would read every resident for the sake of a few open tasks.
    hers = RESIDENT.alias("hers")
    of_her = select(hers.c.team).where(hers.c.tenant == TASK.c.tenant, hers.c.id == TASK.c.subject)
    return func.coalesce(func.nullif(TASK.c.team, ""), of_her.correlate(TASK).scalar_subquery(), "")


def asked_tasks() -> Select[Any]:
    """A question for tasks, each with what is known of whom it is about."""
    said = {word: _known_or_told(word).label(word) for word in ("name", "phone")}
    said["team"] = func.coalesce(func.nullif(TASK.c.team, ""), RESIDENT.c.team, "").label("team")
    columns = (said.get(column.name, column) for column in TASK.c)
    return select(*columns).select_from(WITH_RESIDENT)


def task_in(row: Row[tuple[Any, ...]]) -> Task:
    """The task that a row of the table is."""
    return Task(**row._mapping)  # noqa: SLF001 - the documented name of it
