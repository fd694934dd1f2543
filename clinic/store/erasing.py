"""Takes visits and residents out of the database, and leaves what says that they were: tombstones.

A tombstone is the random id of a visit and, for each of its envelopes, id and SHA-256; and of the person the
keyed hash of a number, which nobody reads back. It tells a station that its copy may go, and holds back what
was measured before and comes late.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from clinic.store.envelopes import EnvelopeState
from clinic.store.erasing_tables import ERASED_PERSON, ERASED_VISIT, FORWARD
from clinic.store.people_tables import RESIDENT, TASK, TASK_EVENT
from clinic.store.rows import PHONES, count_up, counted, insert_new, upsert
from clinic.store.tables import AMENDMENT, COUNTER, ENVELOPE, UNPROVEN, VISIT, VISIT_BEFORE
from health.envelope import Kind

_AT_ONCE = 200
_GONE = EnvelopeState.ERASED.value

_ERASED = select(ERASED_VISIT.c.id).where(
    ERASED_VISIT.c.tenant == bindparam("of"), ERASED_VISIT.c.id == bindparam("named")
)


def was_erased(connection: Connection, tenant: str, visit: str) -> bool:
    """Whether this visit was erased."""
    return connection.execute(_ERASED, {"of": tenant, "named": visit}).one_or_none() is not None


def remember_erased(connection: Connection, tenant: str, marks: Sequence[bytes], now: str) -> None:
    """Whoever has one of these marks was erased at this moment."""
    for mark in marks:
        row = upsert(connection, ERASED_PERSON).values(tenant=tenant, hash=mark, erased_at=now)
        connection.execute(
            row.on_conflict_do_update(index_elements=["tenant", "hash"], set_={"erased_at": now})
        )


def is_held_back(connection: Connection, tenant: str, mark: bytes, measured_at: str) -> bool:
    """Whether who has this mark was erased since that was measured. What is measured later is taken in."""
    if not mark:
        return False
    at = connection.execute(_ERASED_AT, {"of": tenant, "marked": mark}).scalar_one_or_none()
    return at is not None and datetime.fromisoformat(measured_at) <= datetime.fromisoformat(at)


_ERASED_AT = select(ERASED_PERSON.c.erased_at).where(
    ERASED_PERSON.c.tenant == bindparam("of"), ERASED_PERSON.c.hash == bindparam("marked")
)


def visits_of_hash(connection: Connection, tenant: str, resident: bytes) -> tuple[str, ...]:
    """The ids of all visits of one resident, whatever their state."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.resident == resident)
    return tuple(connection.execute(asked).scalars())


def newest_of_hash(connection: Connection, tenant: str, resident: bytes, limit: int) -> tuple[str, ...]:
    """The ids of the newest visits of one resident, whatever their state, newest first."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.resident == resident)
    asked = asked.order_by(VISIT.c.measured_at.desc(), VISIT.c.id).limit(limit)
    return tuple(connection.execute(asked).scalars())


def how_many_of_hash(connection: Connection, tenant: str, resident: bytes) -> int:
    """How many visits of one resident there are, whatever their state."""
    asked = select(func.count()).where(VISIT.c.tenant == tenant, VISIT.c.resident == resident)
    return int(connection.execute(asked).scalar_one())


def visits_before(connection: Connection, tenant: str, day: str, limit: int) -> tuple[str, ...]:
    """Some visits of before the civil date ``day``, oldest first."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.civil_date < day)
    return tuple(connection.execute(asked.order_by(VISIT.c.measured_at).limit(limit)).scalars())


def visits_of_phone(connection: Connection, tenant: str, mark: bytes) -> tuple[str, ...]:
    """The ids of the visits that are nobody's and at which the telephone with this mark was given."""
    asked = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.phone_mark == mark)
    return tuple(connection.execute(asked.order_by(VISIT.c.measured_at, VISIT.c.id)).scalars())


def mark_phone(connection: Connection, tenant: str, visit: str, mark: bytes) -> None:
    """Note by which telephone a visit of nobody is found."""
    here = (VISIT.c.tenant == tenant, VISIT.c.id == visit)
    connection.execute(update(VISIT).where(*here).values(phone_mark=mark))


def are_marked(connection: Connection, tenant: str) -> bool:
    """Whether the visits filed by software that made no marks of telephones have theirs."""
    return counted(connection, tenant, PHONES) > 0


def say_marked(connection: Connection, tenant: str) -> None:
    """They have."""
    count_up(connection, tenant, PHONES)


def unmark_phones(connection: Connection, tenant: str) -> None:
    """The marks were made with a key that is lost: who asks next makes them anew."""
    every = (VISIT.c.tenant == tenant, VISIT.c.phone_mark.is_not(None))
    connection.execute(update(VISIT).where(*every).values(phone_mark=None))
    connection.execute(delete(COUNTER).where(COUNTER.c.tenant == tenant, COUNTER.c.name == PHONES))


def nobodys_visits(connection: Connection, tenant: str) -> Iterator[tuple[str, bytes]]:
    """Id and record of every visit that no identity number belongs to."""
    after = ""
    asked = select(VISIT.c.id, VISIT.c.record).where(VISIT.c.tenant == tenant, VISIT.c.resident == b"")
    while True:
        page = asked.where(VISIT.c.id > after).order_by(VISIT.c.id).limit(_AT_ONCE)
        rows = connection.execute(page).all()
        yield from ((row.id, row.record) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id


def owners_of(connection: Connection, tenant: str, visits: Sequence[str]) -> frozenset[bytes]:
    """The keyed hashes of whose these visits (at most some hundreds) are."""
    asked = select(VISIT.c.resident).where(VISIT.c.tenant == tenant, VISIT.c.id.in_(visits))
    return frozenset(one for one in connection.execute(asked).scalars() if one)


def forget_without_visit(
    connection: Connection, tenant: str, among: Collection[bytes] | None, before: str
) -> int:
    """Take out residents who are on no roster and have no visit (left): those ``among``, or of before."""
    here = (RESIDENT.c.tenant == tenant, RESIDENT.c.contracted.is_(False))
    visits = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.resident == RESIDENT.c.hash)
    which = RESIDENT.c.changed_at < before if among is None else RESIDENT.c.hash.in_(among)
    asked = select(RESIDENT.c.hash, RESIDENT.c.id).where(*here, which, ~visits.exists())
    found = connection.execute(asked).all()
    for row in found:
        erase_resident(connection, tenant, row.hash, row.id)
    return len(found)


def erase_without_visit(connection: Connection, tenant: str, before: str) -> int:
    """Keep of envelopes that came before that moment and made no visit nothing but that they came."""
    visits = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.id == ENVELOPE.c.visit)
    old = (ENVELOPE.c.tenant == tenant, ENVELOPE.c.received_at < before, ENVELOPE.c.state != _GONE)
    which = and_(ENVELOPE.c.kind != Kind.STATION.value, or_(ENVELOPE.c.visit.is_(None), ~visits.exists()))
    waiting = select(VISIT.c.id).where(VISIT.c.tenant == tenant, VISIT.c.id == AMENDMENT.c.visit)
    late = (AMENDMENT.c.tenant == tenant, AMENDMENT.c.received_at < before)
    connection.execute(delete(AMENDMENT).where(*late, ~waiting.exists()))
    buried = update(ENVELOPE).where(*old, which).values(raw=b"", state=_GONE, reason="")
    return connection.execute(buried).rowcount


def erase_reports(connection: Connection, tenant: str, before: str) -> int:
    """Take out what stations said of themselves before that moment; the latest of each stands elsewhere."""
    old = (ENVELOPE.c.tenant == tenant, ENVELOPE.c.kind == Kind.STATION.value)
    return connection.execute(delete(ENVELOPE).where(*old, ENVELOPE.c.received_at < before)).rowcount


def erase_unproven(connection: Connection, tenant: str, before: str) -> int:
    """Take out what nobody could believe and came before that moment."""
    old = (UNPROVEN.c.tenant == tenant, UNPROVEN.c.received_at < before)
    return connection.execute(delete(UNPROVEN).where(*old)).rowcount


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
