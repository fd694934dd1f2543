"""The stations that may send, as rows. Who asks to join is in ``enrolments``."""

from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from clinic.store.fleet_tables import FORMER_KEY
from clinic.store.rows import upsert
from clinic.store.store import Store
from clinic.store.tables import STATION


class StationState(StrEnum):
    """Whether a station may send."""

    APPROVED = "approved"
    REVOKED = "revoked"


class EnrolledStation(msgspec.Struct, frozen=True):
    """A kiosk as the clinic knows it. ``verify_key`` is the text of a ``VerifyKey``.

    ``drift_ms``: how far the clinic's clock is ahead of the station's; None where nothing was heard yet.
    ``changed_at``: when it was let in or shut out last.
    """

    tenant: str
    id: str
    verify_key: str
    state: StationState
    name: str
    approved_at: str
    last_seen: str | None = None
    edition: int = 0
    settings: bytes = b""
    street: str = ""
    drift_ms: int | None = None
    clock_trusted: bool | None = None
    changed_at: str = ""


class FormerKey(msgspec.Struct, frozen=True):
    """A key that a station signed with until another took its place; ``revoked``: it was shut out by then."""

    verify_key: str
    until: str
    revoked: bool


def let_in(connection: Connection, station: EnrolledStation) -> None:
    """Keep an approved station; a new key takes the place of the one it had, which is remembered."""
    _remember_key(connection, station)
    fresh = {
        "verify_key": station.verify_key,
        "state": station.state.value,
        "name": station.name,
        "approved_at": station.approved_at,
        "changed_at": station.approved_at,
    }
    values = fresh | {"tenant": station.tenant, "id": station.id, "edition": 0, "settings": b""}
    connection.execute(
        upsert(connection, STATION)
        .values(values)
        .on_conflict_do_update(index_elements=["tenant", "id"], set_=fresh)
    )


def former_keys(connection: Connection, tenant: str, station: str) -> tuple[FormerKey, ...]:
    """The keys a station had before the one it has, the latest first."""
    asked = select(FORMER_KEY.c.verify_key, FORMER_KEY.c.until, FORMER_KEY.c.revoked).where(
        FORMER_KEY.c.tenant == tenant, FORMER_KEY.c.station == station
    )
    return tuple(FormerKey(*row) for row in connection.execute(asked.order_by(FORMER_KEY.c.until.desc())))


def shut_out(connection: Connection, tenant: str, station: str, now: str) -> bool:
    """Revoke a station; False when there is none of that id."""
    revoked = update(STATION).where(STATION.c.tenant == tenant, STATION.c.id == station)
    return connection.execute(revoked.values(state=StationState.REVOKED.value, changed_at=now)).rowcount == 1


def stands_in(tenant: ColumnElement[str], station: ColumnElement[str], street: str) -> ColumnElement[bool]:
    """Whether the ``station`` of a row stands in that street now."""
    there = select(STATION.c.id).where(STATION.c.tenant == tenant, STATION.c.street == street)
    return station.in_(there)


def place_station(connection: Connection, tenant: str, station: str, street: str) -> bool:
    """Note in which street a station stands; False when there is none of that id."""
    here = (STATION.c.tenant == tenant, STATION.c.id == station)
    return connection.execute(update(STATION).where(*here).values(street=street)).rowcount == 1


def station_of(store: Store, tenant: str, station: str) -> EnrolledStation | None:
    """The station, or None when it was never let in."""
    with store.reading() as connection:
        return station_in(connection, tenant, station)


_NAMED = select(STATION).where(STATION.c.tenant == bindparam("of"), STATION.c.id == bindparam("named"))


def station_in(connection: Connection, tenant: str, station: str) -> EnrolledStation | None:
    """The station, asked within a transaction; or None when it was never let in."""
    row = connection.execute(_NAMED, {"of": tenant, "named": station}).one_or_none()
    return None if row is None else _station(row)


def all_stations(store: Store, tenant: str) -> tuple[EnrolledStation, ...]:
    """Every station of the tenant, those that may send first, then by name."""
    with store.reading() as connection:
        return stations_in(connection, tenant)


def stations_in(connection: Connection, tenant: str) -> tuple[EnrolledStation, ...]:
    """The same, asked within a transaction."""
    asked = select(STATION).where(STATION.c.tenant == tenant)
    asked = asked.order_by(STATION.c.state, STATION.c.name, STATION.c.id)
    return tuple(_station(row) for row in connection.execute(asked))


def edition_for(connection: Connection, tenant: str, station: str, settings: bytes) -> int:
    """The edition number under which ``settings`` are sent: one more than before when they changed."""
    here = (STATION.c.tenant == tenant, STATION.c.id == station)
    told = connection.execute(select(STATION.c.edition, STATION.c.settings).where(*here)).one()
    if told.settings == settings:
        return int(told.edition)
    connection.execute(update(STATION).where(*here).values(edition=told.edition + 1, settings=settings))
    return int(told.edition) + 1


def _remember_key(connection: Connection, fresh: EnrolledStation) -> None:
    before = station_in(connection, fresh.tenant, fresh.id)
    own = (FORMER_KEY.c.tenant == fresh.tenant, FORMER_KEY.c.station == fresh.id)
    # Staff let this very key in just now; what they thought of it before does not hold any more.
    connection.execute(delete(FORMER_KEY).where(*own, FORMER_KEY.c.verify_key == fresh.verify_key))
    if before is None or before.verify_key == fresh.verify_key:
        return
    row = {
        "tenant": fresh.tenant,
        "station": fresh.id,
        "verify_key": before.verify_key,
        "since": before.approved_at,
        "until": fresh.approved_at,
        "revoked": before.state is StationState.REVOKED,
    }
    connection.execute(insert(FORMER_KEY).values(row))


def _station(row: Row[tuple[Any, ...]]) -> EnrolledStation:
    return EnrolledStation(
        tenant=row.tenant,
        id=row.id,
        verify_key=row.verify_key,
        state=StationState(row.state),
        name=row.name,
        approved_at=row.approved_at,
        last_seen=row.last_seen,
        edition=row.edition,
        settings=row.settings,
        street=row.street,
        drift_ms=row.drift_ms,
        clock_trusted=row.clock_trusted,
        changed_at=row.changed_at,
    )
