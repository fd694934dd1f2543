"""The residents a clinic knows, as rows, found by the keyed hash of their identity number.

What the roster says of a person wins; what came with a visit only fills what is empty. No number is here.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Executable, Row, case, func, select, update

from clinic.store.people_tables import RESIDENT
from clinic.store.rows import upsert, upsert_for
from clinic.store.sought import keys_of
from devices.reading import Confidential
from health.ids import new_id

_AT_ONCE = 500


class KnownResident(Confidential, msgspec.Struct, frozen=True):
    """One resident. ``id`` is random, made by this clinic; empty texts are not known."""

    tenant: str
    hash: bytes
    id: str
    name: str = ""
    phone: str = ""
    team: str = ""
    doctor: str = ""
    contracted: bool = False
    changed_at: str = ""


def met(connection: Connection, came: KnownResident) -> None:
    """Keep who came with a card; where she is known already, only what is empty is filled.

    Each of her visits is a change of her: it is where her sex and her birth date are read.
    """
    connection.execute(_meet(connection.dialect.name), _row(came))


@cache
def _meet(dialect: str) -> Executable:
    row = upsert_for(dialect, RESIDENT)
    told = row.excluded
    return row.on_conflict_do_update(
        index_elements=["tenant", "hash"],
        set_={
            "name": case((RESIDENT.c.name == "", told.name), else_=RESIDENT.c.name),
            "phone": case((RESIDENT.c.phone == "", told.phone), else_=RESIDENT.c.phone),
            "sought": case((RESIDENT.c.name == "", told.sought), else_=RESIDENT.c.sought),
            "phone_end": case((RESIDENT.c.phone == "", told.phone_end), else_=RESIDENT.c.phone_end),
            "changed_at": told.changed_at,
        },
    )


def enrol_on_roster(connection: Connection, listed: Sequence[KnownResident]) -> None:
    """Keep the lines of a roster; what they say stands in place of what was known, an empty text does not."""
    row = upsert(connection, RESIDENT)
    words = ("name", "phone", "team", "doctor", "sought", "phone_end")
    kept = {
        word: case((row.excluded[word] != "", row.excluded[word]), else_=RESIDENT.c[word]) for word in words
    }
    fresh = {**kept, "contracted": True, "changed_at": row.excluded.changed_at}
    taken = row.on_conflict_do_update(index_elements=["tenant", "hash"], set_=fresh)
    for some in _batched(listed, _AT_ONCE):
        connection.execute(taken, [_row(one) for one in some])


def release(connection: Connection, tenant: str, hashes: Sequence[bytes], now: str) -> None:
    """Note that these are on the roster no more. What is known of them stays until it is erased."""
    for start in range(0, len(hashes), _AT_ONCE):
        here = (RESIDENT.c.tenant == tenant, RESIDENT.c.hash.in_(hashes[start : start + _AT_ONCE]))
        connection.execute(update(RESIDENT).where(*here).values(contracted=False, changed_at=now))


def resident_by_hash(connection: Connection, tenant: str, hash_: bytes) -> KnownResident | None:
    """Who has this keyed hash, or None."""
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, RESIDENT.c.hash == hash_)
    row = connection.execute(asked).one_or_none()
    return None if row is None else resident_in(row)


def resident_by_id(connection: Connection, tenant: str, resident: str) -> KnownResident | None:
    """Who has this id, or None."""
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, RESIDENT.c.id == resident)
    row = connection.execute(asked).one_or_none()
    return None if row is None else resident_in(row)


def reach(connection: Connection, tenant: str, resident: str, phone: str, team: str, now: str) -> bool:
    """Note how a resident is reached and whose she is, empty or not; False when there is none of that id."""
    here = (RESIDENT.c.tenant == tenant, RESIDENT.c.id == resident)
    end = keys_of("", phone)["phone_end"]
    fresh = update(RESIDENT).where(*here).values(phone=phone, phone_end=end, team=team, changed_at=now)
    return connection.execute(fresh).rowcount == 1


def teams_of_residents(connection: Connection, tenant: str) -> tuple[str, ...]:
    """Every team that somebody on the roster is of."""
    # From one team to the next: an index says it in a few steps, however many residents there are.
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        asked = select(func.min(RESIDENT.c.team)).where(RESIDENT.c.tenant == tenant, RESIDENT.c.team > after)
        team = connection.execute(asked).scalar_one()
        if team is None:
            return tuple(found)
        found.append(team)


def contracted_residents(connection: Connection, tenant: str) -> tuple[KnownResident, ...]:
    """Everyone on the roster."""
    asked = select(RESIDENT).where(RESIDENT.c.tenant == tenant, RESIDENT.c.contracted)
    return tuple(resident_in(row) for row in connection.execute(asked))


def new_resident(tenant: str, hash_: bytes, now: str) -> KnownResident:
    """A resident nothing is known of yet."""
    return KnownResident(tenant, hash_, str(new_id()), changed_at=now)


def _batched(many: Sequence[KnownResident], size: int) -> Iterator[Sequence[KnownResident]]:
    """``many`` in parts of ``size``."""
    return (many[start : start + size] for start in range(0, len(many), size))


def _row(one: KnownResident) -> dict[str, object]:
    return {
        "tenant": one.tenant,
        "hash": one.hash,
        "id": one.id,
        "name": one.name,
        "phone": one.phone,
        "team": one.team,
        "doctor": one.doctor,
        "contracted": one.contracted,
        "changed_at": one.changed_at,
        **keys_of(one.name, one.phone),
    }


def resident_in(row: Row[tuple[Any, ...]]) -> KnownResident:
    """The resident of a row of the table."""
    return KnownResident(
        tenant=row.tenant,
        hash=row.hash,
        id=row.id,
        name=row.name,
        phone=row.phone,
        team=row.team,
        doctor=row.doctor,
        contracted=row.contracted,
        changed_at=row.changed_at,
    )
