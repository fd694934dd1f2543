"""What is asked of the rows once the working key is gone: envelopes in pages, and whose a visit is, anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select, update

from clinic.store.envelopes import EnvelopeState
from clinic.store.people_tables import RESIDENT
from clinic.store.store import Store
from clinic.store.tables import ENVELOPE, STATION, VISIT

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, repr=False)
class VisitOwner:
    """A visit, its record in clear, and the keyed hash it is filed under."""

    id: str
    record: bytes
    resident: bytes


def kept_envelopes(store: Store, tenant: str, reason: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of every envelope that is kept, or of those set aside for ``reason``."""
    wanted = and_(ENVELOPE.c.tenant == tenant, ENVELOPE.c.state != EnvelopeState.ERASED.value)
    if reason is not None:
        wanted = and_(wanted, ENVELOPE.c.reason == reason)
    after = ""
    while True:
        asked = select(ENVELOPE.c.id, ENVELOPE.c.raw).where(wanted, ENVELOPE.c.id > after)
        with store.reading() as connection:
            rows = connection.execute(asked.order_by(ENVELOPE.c.id).limit(_AT_ONCE)).all()
        yield from ((row.id, row.raw) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id


def owned_visits(connection: Connection, tenant: str) -> Iterator[VisitOwner]:
    """Every visit that is somebody's."""
    asked = select(VISIT.c.id, VISIT.c.record, VISIT.c.resident).where(
        VISIT.c.tenant == tenant, VISIT.c.resident.is_not(None), VISIT.c.resident != b""
    )
    after = ""
    while True:
        page = asked.where(VISIT.c.id > after).order_by(VISIT.c.id).limit(_AT_ONCE)
        rows = connection.execute(page).all()
        yield from (VisitOwner(row.id, row.record, row.resident) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id


def known_hashes(connection: Connection, tenant: str) -> frozenset[bytes]:
    """The keyed hash of every resident the clinic knows."""
    return frozenset(connection.execute(select(RESIDENT.c.hash).where(RESIDENT.c.tenant == tenant)).scalars())


def holds_nothing(store: Store) -> bool:
    """Whether nothing ever came into this database: no envelope, no visit, no resident, no station."""
    with store.reading() as connection:
        asked = (select(table.c.tenant).limit(1) for table in (ENVELOPE, VISIT, RESIDENT, STATION))
        return all(connection.execute(one).first() is None for one in asked)


def rename(connection: Connection, tenant: str, before: bytes, after: bytes) -> None:
    """File a resident under another keyed hash; her id, and with it her tasks, stay."""
    here = (RESIDENT.c.tenant == tenant, RESIDENT.c.hash == before)
    connection.execute(update(RESIDENT).where(*here).values(hash=after))
