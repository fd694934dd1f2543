"""What is asked of the rows once the working key is gone: envelopes in pages, and whose a visit is, anew."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, and_, func, select, update

from clinic.store.envelopes import EnvelopeState
from clinic.store.erasing_tables import ERASED_PERSON
from clinic.store.people_tables import RESIDENT
from clinic.store.rows import upsert
from clinic.store.store import Store
from clinic.store.tables import ENVELOPE, SEALED_KEY, STATION, VISIT
from devices.reading import Confidential

_AT_ONCE = 200
_FINDING = "matching"


class VisitOwner(Confidential, msgspec.Struct, frozen=True):
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


class SealedKey(Confidential, msgspec.Struct, frozen=True):
    """A key sealed to the public key of another; ``fits`` tells it from every other without opening it."""

    sealed: bytes
    sealed_to: str
    fits: bytes


def sealed_key(connection: Connection, tenant: str) -> SealedKey | None:
    """The key that people are found by, sealed; None before it was kept."""
    asked = select(SEALED_KEY.c.sealed, SEALED_KEY.c.sealed_to, SEALED_KEY.c.fits)
    row = connection.execute(
        asked.where(SEALED_KEY.c.tenant == tenant, SEALED_KEY.c.name == _FINDING)
    ).one_or_none()
    return None if row is None else SealedKey(*row)


def keep_sealed_key(connection: Connection, tenant: str, key: SealedKey) -> None:
    """Keep it in the place of the one before."""
    fresh = {"sealed": key.sealed, "sealed_to": key.sealed_to, "fits": key.fits}
    row = upsert(connection, SEALED_KEY).values(tenant=tenant, name=_FINDING, **fresh)
    connection.execute(row.on_conflict_do_update(index_elements=["tenant", "name"], set_=fresh))


def marks_of_erased(connection: Connection, tenant: str) -> int:
    """How many marks of erased people there are."""
    asked = select(func.count()).where(ERASED_PERSON.c.tenant == tenant)
    return int(connection.execute(asked).scalar_one())


def holds_nothing(store: Store, tenant: str) -> bool:
    """Whether nothing ever came in for this tenant: no envelope, no visit, no resident, no station."""
    with store.reading() as connection:
        tables = (ENVELOPE, VISIT, RESIDENT, STATION)
        asked = (select(table.c.tenant).where(table.c.tenant == tenant).limit(1) for table in tables)
        return all(connection.execute(one).first() is None for one in asked)


def rename(connection: Connection, tenant: str, before: bytes, after: bytes) -> None:
    """File a resident under another keyed hash; her id, and with it her tasks, stay."""
    here = (RESIDENT.c.tenant == tenant, RESIDENT.c.hash == before)
    connection.execute(update(RESIDENT).where(*here).values(hash=after))
