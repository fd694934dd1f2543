"""Takes visits and residents out of the database, and leaves what says that they were: tombstones.

A tombstone is the random id of a visit and, for each of its envelopes, id and SHA-256. It tells a station
that its copy may go, and holds back what comes late; nothing of the person is in it.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, or_, select, update

from clinic.store.envelopes import EnvelopeState
from clinic.store.erasing_tables import ERASED_VISIT, FORWARD
from clinic.store.people_tables import RESIDENT, TASK, TASK_EVENT
from clinic.store.rows import insert_new
from clinic.store.tables import AMENDMENT, ENVELOPE, VISIT, VISIT_BEFORE

_ERASED = select(ERASED_VISIT.c.id).where(
    ERASED_VISIT.c.tenant == bindparam("of"), ERASED_VISIT.c.id == bindparam("named")
)


def was_erased(connection: Connection, tenant: str, visit: str) -> bool:
    """Whether this visit was erased."""
    return connection.execute(_ERASED, {"of": tenant, "named": visit}).one_or_none() is not None


def visits_of_hash(connection: Connection, tenant: str, resident: bytes) -> tuple[str, ...]:
    """The ids of all visits of one resident, whatever their state."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.resident == resident)
    return tuple(connection.execute(asked).scalars())


def visits_before(connection: Connection, tenant: str, day: str, limit: int) -> tuple[str, ...]:
    """Some visits of before the civil date ``day``, oldest first."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.civil_date < day)
    return tuple(connection.execute(asked.order_by(VISIT.c.measured_at).limit(limit)).scalars())


def erase_visits(connection: Connection, tenant: str, visits: Sequence[str], now: str) -> None:
    """Take visits out with all that came of them: versions, amendments, tasks, envelopes."""
    for visit in visits:
        insert_new(connection, ERASED_VISIT, {"tenant": tenant, "id": visit, "erased_at": now})
        for table in (AMENDMENT, VISIT_BEFORE, FORWARD):
            own = table.c.id if table is VISIT_BEFORE else table.c.visit
            connection.execute(delete(table).where(table.c.tenant == tenant, own == visit))
        connection.execute(delete(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.id == visit))
        connection.execute(
            update(ENVELOPE)
            .where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.visit == visit)
            .values(raw=b"", state=EnvelopeState.ERASED.value, reason="")
        )
        _erase_tasks(connection, tenant, or_(TASK.c.subject == visit, TASK.c.visit == visit))


def erase_resident(connection: Connection, tenant: str, hash_: bytes, resident: str) -> None:
    """Take the resident herself out, and the tasks about her; her visits go before."""
    _erase_tasks(connection, tenant, TASK.c.subject == resident)
    connection.execute(delete(RESIDENT).where(RESIDENT.c.tenant == tenant, RESIDENT.c.hash == hash_))


def bury_envelope(connection: Connection, tenant: str, envelope: str) -> None:
    """Keep of an envelope that came too late nothing but that it came."""
    connection.execute(
        update(ENVELOPE)
        .where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.id == envelope)
        .values(raw=b"", state=EnvelopeState.ERASED.value, reason="")
    )


def _erase_tasks(connection: Connection, tenant: str, which: ColumnElement[bool]) -> None:
    ids = select(TASK.c.id).where(TASK.c.tenant == tenant, which)
    connection.execute(delete(TASK_EVENT).where(TASK_EVENT.c.tenant == tenant, TASK_EVENT.c.task.in_(ids)))
    connection.execute(delete(TASK).where(TASK.c.tenant == tenant, which))
