"""Who may look: staff accounts and their sessions, as rows. Judging a password is not done here."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from clinic.store.rows import upsert
from clinic.store.store import Store
from clinic.store.tables import SESSION, STAFF


@dataclass(frozen=True, slots=True)
class Staff:
    """One account. ``hash`` is argon2id with its own salt and cost."""

    tenant: str
    name: str
    hash: str
    role: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser (``page``), program (``bearer``) or login link not yet used (``link``)."""

    tenant: str
    token: bytes
    staff: str
    kind: str
    csrf: str
    expires_at: str


def keep_staff(store: Store, staff: Staff) -> None:
    """Add the account, or give an existing one this password and role; its sessions end."""
    row = {
        "tenant": staff.tenant,
        "name": staff.name,
        "hash": staff.hash,
        "role": staff.role,
        "created_at": staff.created_at,
    }
    with store.writing() as connection:
        connection.execute(
            upsert(connection, STAFF)
            .values(row)
            .on_conflict_do_update(
                index_elements=["tenant", "name"], set_={"hash": staff.hash, "role": staff.role}
            )
        )
        connection.execute(
            delete(SESSION).where(SESSION.c.tenant == staff.tenant, SESSION.c.staff == staff.name)
        )


def staff_named(store: Store, tenant: str, name: str) -> Staff | None:
    """The account of that name, or None."""
    with store.reading() as connection:
        row = connection.execute(
            select(STAFF).where(STAFF.c.tenant == tenant, STAFF.c.name == name)
        ).one_or_none()
    return None if row is None else Staff(*row)


def keep_session(store: Store, session: Session, now: str) -> None:
    """Remember a session, and forget those that have run out by ``now``."""
    with store.writing() as connection:
        connection.execute(
            delete(SESSION).where(SESSION.c.tenant == session.tenant, SESSION.c.expires_at <= now)
        )
        connection.execute(
            insert(SESSION).values(
                tenant=session.tenant,
                token=session.token,
                staff=session.staff,
                kind=session.kind,
                csrf=session.csrf,
                expires_at=session.expires_at,
            )
        )


def session_of(store: Store, tenant: str, token: bytes, now: str) -> Session | None:
    """The living session with this token hash, or None."""
    asked = select(SESSION).where(
        SESSION.c.tenant == tenant, SESSION.c.token == token, SESSION.c.expires_at > now
    )
    with store.reading() as connection:
        row = connection.execute(asked).one_or_none()
    return None if row is None else Session(*row)


def end_session(store: Store, tenant: str, token: bytes) -> bool:
    """Forget a session; True when there was one. A one-time link is used up by this, exactly once."""
    with store.writing() as connection:
        gone = connection.execute(delete(SESSION).where(SESSION.c.tenant == tenant, SESSION.c.token == token))
    return gone.rowcount == 1
