"""Sessions, and the numbers of signed requests that were taken already, as rows: any worker sees them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from clinic.store.rows import insert_new
from clinic.store.tables import NONCE, SESSION, STAFF
from devices.reading import Confidential


class Session(Confidential, msgspec.Struct, frozen=True):
    """One signed-in browser (``page``), program (``bearer``) or login link not yet used (``link``).

    ``made_at`` is when this token was made, ``seen_at`` when it was last used. ``role`` and ``team`` are
    those of the account as it is now.
    """

    tenant: str
    token: bytes
    staff: str
    kind: str
    csrf: str
    expires_at: str
    made_at: str
    seen_at: str
    role: str = ""
    team: str = ""


def keep_session(connection: Connection, session: Session, now: str) -> None:
    """Remember a session, and forget those that have run out by ``now``."""
    connection.execute(delete(SESSION).where(SESSION.c.tenant == session.tenant, SESSION.c.expires_at <= now))
    connection.execute(insert(SESSION).values(_row(session)))


def session_of(connection: Connection, tenant: str, token: bytes, now: str) -> Session | None:
    """The living session with this token hash, of an account that may be let in; or None."""
    own = and_(STAFF.c.tenant == SESSION.c.tenant, STAFF.c.name == SESSION.c.staff)
    asked = select(*SESSION.c, STAFF.c.role, STAFF.c.team).select_from(SESSION.join(STAFF, own))
    asked = asked.where(SESSION.c.tenant == tenant, SESSION.c.token == token, SESSION.c.expires_at > now)
    row = connection.execute(asked.where(STAFF.c.enabled)).one_or_none()
    return None if row is None else _session(row)


def touch_session(connection: Connection, session: Session, now: str) -> None:
    """Note that a session was used."""
    connection.execute(update(SESSION).where(*_here(session)).values(seen_at=now))


def replace_token(connection: Connection, session: Session, token: bytes, now: str, old_ends: str) -> bool:
    """Give a session another token; False when it has ended, or was given one already."""
    old = update(SESSION).where(*_here(session), SESSION.c.expires_at > old_ends)
    if connection.execute(old.values(expires_at=old_ends)).rowcount != 1:
        return False
    connection.execute(insert(SESSION).values(_row(replace(session, token=token, made_at=now, seen_at=now))))
    return True


def end_session(connection: Connection, tenant: str, token: bytes) -> bool:
    """Forget a session; True when there was one. A one-time link is used up by this, exactly once."""
    gone = delete(SESSION).where(SESSION.c.tenant == tenant, SESSION.c.token == token)
    return connection.execute(gone).rowcount == 1


def living_sessions(connection: Connection, tenant: str, kinds: Sequence[str], now: str) -> list[Session]:
    """Sessions of those kinds that have not run out, by account and age."""
    own = and_(STAFF.c.tenant == SESSION.c.tenant, STAFF.c.name == SESSION.c.staff)
    asked = select(*SESSION.c, STAFF.c.role, STAFF.c.team).select_from(SESSION.join(STAFF, own))
    asked = asked.where(SESSION.c.tenant == tenant, SESSION.c.kind.in_(kinds), SESSION.c.expires_at > now)
    return [_session(row) for row in connection.execute(asked.order_by(SESSION.c.staff, SESSION.c.made_at))]


def end_sessions(connection: Connection, tenant: str, staff: str, kinds: Sequence[str]) -> int:
    """Forget the sessions of those kinds of one account. Returns how many there were."""
    here = (SESSION.c.tenant == tenant, SESSION.c.staff == staff, SESSION.c.kind.in_(kinds))
    return connection.execute(delete(SESSION).where(*here)).rowcount


def first_time(connection: Connection, tenant: str, number: str, now: str, forget_before: str) -> bool:
    """Whether a signed request with this number was never taken; it was, after this."""
    connection.execute(delete(NONCE).where(NONCE.c.tenant == tenant, NONCE.c.taken_at < forget_before))
    return insert_new(connection, NONCE, {"tenant": tenant, "number": number, "taken_at": now})


def _here(session: Session) -> tuple[Any, ...]:
    return SESSION.c.tenant == session.tenant, SESSION.c.token == session.token


def _row(session: Session) -> Mapping[str, object]:
    return {
        "tenant": session.tenant,
        "token": session.token,
        "staff": session.staff,
        "kind": session.kind,
        "csrf": session.csrf,
        "expires_at": session.expires_at,
        "made_at": session.made_at,
        "seen_at": session.seen_at,
    }


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    return Session(
        tenant=row.tenant,
        token=row.token,
        staff=row.staff,
        kind=row.kind,
        csrf=row.csrf,
        expires_at=row.expires_at,
        made_at=row.made_at,
        seen_at=row.seen_at,
        role=row.role,
        team=row.team,
    )
