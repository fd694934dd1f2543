"""Codes by which a station that was announced goes first, as rows. Only their hashes are here."""

from sqlalchemy import Connection, delete, insert, select

from clinic.store.fleet_tables import STATION_CODE


def keep_code(connection: Connection, tenant: str, code: bytes, now: str, expires_at: str) -> None:
    """Remember a code, and forget those that have run out by ``now``."""
    connection.execute(
        delete(STATION_CODE).where(STATION_CODE.c.tenant == tenant, STATION_CODE.c.expires_at <= now)
    )
    connection.execute(insert(STATION_CODE).values(tenant=tenant, code=code, expires_at=expires_at))


def holds(connection: Connection, tenant: str, code: bytes, now: str) -> bool:
    """Whether this code was given out, and neither used up nor run out."""
    asked = select(STATION_CODE.c.code).where(STATION_CODE.c.tenant == tenant, STATION_CODE.c.code == code)
    return connection.execute(asked.where(STATION_CODE.c.expires_at > now)).one_or_none() is not None


def use_up(connection: Connection, tenant: str, code: bytes) -> None:
    """Forget a code: its station is in."""
    connection.execute(
        delete(STATION_CODE).where(STATION_CODE.c.tenant == tenant, STATION_CODE.c.code == code)
    )
