"""The accounts of the staff, and how often a wrong password was tried, as rows. Judging is not done here."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, select, update

from clinic.store.rows import insert_new, upsert
from clinic.store.store import Store
from clinic.store.tables import LOGIN_TRY, SESSION, STAFF
from devices.reading import Confidential


class Staff(Confidential, msgspec.Struct, frozen=True):
    """One account. ``hash`` is argon2id with its own salt and cost, empty where no password lets it in.

    ``subject`` is its name at the clinic's own log-in service, empty without one.
    """

    tenant: str
    name: str
    hash: str
    role: str
    created_at: str
    team: str = ""
    subject: str = ""
    enabled: bool = True


def keep_staff(store: Store, staff: Staff) -> bool:
    """Add the account, or give an existing one this password, role and team; its sessions end.

    False where another account has its subject; nothing has changed then.
    """
    fresh = {
        "hash": staff.hash,
        "role": staff.role,
        "team": staff.team,
        "subject": staff.subject,
        "enabled": staff.enabled,
    }
    row = {"tenant": staff.tenant, "name": staff.name, "created_at": staff.created_at, **fresh}
    with store.writing() as connection:
        same = (STAFF.c.tenant == staff.tenant, STAFF.c.subject == staff.subject, STAFF.c.name != staff.name)
        if staff.subject and connection.execute(select(STAFF.c.name).where(*same)).first() is not None:
            return False
        kept = upsert(connection, STAFF).values(row)
        connection.execute(kept.on_conflict_do_update(index_elements=["tenant", "name"], set_=fresh))
        _end_sessions(connection, staff.tenant, staff.name)
        return True


def set_enabled(store: Store, tenant: str, name: str, *, enabled: bool) -> bool:
    """Let an account in, or not; its sessions end. False when there is none of that name."""
    with store.writing() as connection:
        _end_sessions(connection, tenant, name)
        here = (STAFF.c.tenant == tenant, STAFF.c.name == name)
        return connection.execute(update(STAFF).where(*here).values(enabled=enabled)).rowcount == 1


def add_staff_member(connection: Connection, staff: Staff) -> bool:
    """Add the account; False where one of that name, or of that subject, is there already."""
    row = {
        "tenant": staff.tenant,
        "name": staff.name,
        "hash": staff.hash,
        "role": staff.role,
        "created_at": staff.created_at,
        "team": staff.team,
        "subject": staff.subject,
        "enabled": staff.enabled,
    }
    return insert_new(connection, STAFF, row)


def change_staff(connection: Connection, tenant: str, name: str, role: str, team: str) -> bool:
    """Give an account another role and team, from its next step on. False when there is none of that name."""
    here = (STAFF.c.tenant == tenant, STAFF.c.name == name)
    return connection.execute(update(STAFF).where(*here).values(role=role, team=team)).rowcount == 1


def renew_hash(connection: Connection, tenant: str, name: str, hashed: str) -> bool:
    """Give an account another password (none with an empty hash); its sessions and its codes end."""
    _end_sessions(connection, tenant, name)
    here = (STAFF.c.tenant == tenant, STAFF.c.name == name)
    return connection.execute(update(STAFF).where(*here).values(hash=hashed)).rowcount == 1


def keep_hash(store: Store, tenant: str, name: str, hashed: str) -> None:
    """Keep the same password under a newer hash."""
    with store.writing() as connection:
        here = (STAFF.c.tenant == tenant, STAFF.c.name == name)
        connection.execute(update(STAFF).where(*here).values(hash=hashed))


def staff_named(store: Store, tenant: str, name: str) -> Staff | None:
    """The account of that name, or None."""
    with store.reading() as connection:
        asked = select(STAFF).where(STAFF.c.tenant == tenant, STAFF.c.name == name)
        row = connection.execute(asked).one_or_none()
    return None if row is None else _staff(row)


def staff_of_subject(store: Store, tenant: str, subject: str) -> Staff | None:
    """The account that the log-in service calls ``subject``, or None."""
    with store.reading() as connection:
        asked = select(STAFF).where(
            STAFF.c.tenant == tenant, STAFF.c.subject == subject, STAFF.c.subject != ""
        )
        row = connection.execute(asked).one_or_none()
    return None if row is None else _staff(row)


def all_staff(store: Store, tenant: str) -> tuple[Staff, ...]:
    """Every account, by name."""
    with store.reading() as connection:
        asked = select(STAFF).where(STAFF.c.tenant == tenant).order_by(STAFF.c.name)
        return tuple(_staff(row) for row in connection.execute(asked))


def tries_of(connection: Connection, tenant: str, name: str) -> tuple[int, datetime | None]:
    """How many wrong passwords in a row were tried for a name, and when the last."""
    asked = select(LOGIN_TRY.c.tries, LOGIN_TRY.c.tried_at)
    row = connection.execute(
        asked.where(LOGIN_TRY.c.tenant == tenant, LOGIN_TRY.c.name == name)
    ).one_or_none()
    return (0, None) if row is None else (int(row.tries), datetime.fromisoformat(row.tried_at))


def note_try(
    connection: Connection, tenant: str, name: str, now: datetime, forgotten_after: timedelta
) -> None:
    """Count one more; what was tried too long ago to matter is forgotten, whatever the name."""
    old = (now - 2 * forgotten_after).isoformat()
    connection.execute(delete(LOGIN_TRY).where(LOGIN_TRY.c.tenant == tenant, LOGIN_TRY.c.tried_at < old))
    at = now.isoformat()
    row = upsert(connection, LOGIN_TRY).values(tenant=tenant, name=name, tries=1, tried_at=at)
    more = {"tries": LOGIN_TRY.c.tries + 1, "tried_at": at}
    connection.execute(row.on_conflict_do_update(index_elements=["tenant", "name"], set_=more))


def forget_tries(connection: Connection, tenant: str, name: str) -> None:
    """A right password came."""
    connection.execute(delete(LOGIN_TRY).where(LOGIN_TRY.c.tenant == tenant, LOGIN_TRY.c.name == name))


def _end_sessions(connection: Connection, tenant: str, name: str) -> None:
    connection.execute(delete(SESSION).where(SESSION.c.tenant == tenant, SESSION.c.staff == name))


def _staff(row: Row[tuple[Any, ...]]) -> Staff:
    return Staff(
        tenant=row.tenant,
        name=row.name,
        hash=row.hash,
        role=row.role,
        created_at=row.created_at,
        team=row.team,
        subject=row.subject,
        enabled=row.enabled,
    )
