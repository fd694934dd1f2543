"""Sessions of who was let in: a browser's, a program's, a wall's, and what lets in once. Kept as hashes.

A browser's ends when nobody touched it for half an hour and at the latest ten hours after the login; its
token is changed for a fresh one every hour. That of a screen on a wall lasts a year, or until it is shut out:
there is nobody to log in again. That of a program that reads the figures lasts two years: it may nothing
else. Who may be let in is decided in ``accounts`` and ``invitations``.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from clinic.clinic import Clinic
from clinic.store.sessions import (
    Session,
    end_session,
    keep_session,
    replace_token,
    session_of,
    touch_session,
)

PAGE, BEARER, LINK, CODE, WALL, METER = "page", "bearer", "link", "code", "wall", "meter"
_LIVES = {
    PAGE: timedelta(hours=10),
    BEARER: timedelta(hours=10),
    LINK: timedelta(hours=1),
    CODE: timedelta(hours=24),
    WALL: timedelta(days=365),
    METER: timedelta(days=730),
}
IDLE = timedelta(minutes=30)
FRESH = timedelta(hours=1)
GRACE = timedelta(minutes=1)
"""How long a token that was changed still holds, for what a page asked at the same time."""
_TOUCHED = timedelta(minutes=1)


def open_session(clinic: Clinic, staff: str, kind: str, token: str = "") -> str:
    """Sign ``staff`` in; returns the token, a random one unless one is given. It is kept nowhere here."""
    token, now = token or secrets.token_urlsafe(32), clinic.now()
    session = Session(
        tenant=clinic.settings.tenant,
        token=_hashed(token),
        staff=staff,
        kind=kind,
        csrf=secrets.token_urlsafe(32),
        expires_at=(now + _LIVES[kind]).isoformat(),
        made_at=now.isoformat(),
        seen_at=now.isoformat(),
    )
    with clinic.store.writing() as connection:
        keep_session(connection, session, now.isoformat())
    return token


def session_for(clinic: Clinic, token: str, *kinds: str, touched: bool = True) -> Session | None:
    """The living session of one of those kinds, or None. What a person does (``touched``) keeps it alive."""
    if not token:
        return None
    now = clinic.now()
    with clinic.store.reading() as connection:
        found = session_of(connection, clinic.settings.tenant, _hashed(token), now.isoformat())
    if found is None or found.kind not in kinds:
        return None
    idle = now - datetime.fromisoformat(found.seen_at)
    if found.kind == PAGE and idle > IDLE:
        return None
    if idle > _TOUCHED and touched:
        with clinic.store.writing() as connection:
            touch_session(connection, found, now.isoformat())
    return found


def fresh_token(clinic: Clinic, session: Session) -> str | None:
    """A new token for a browser whose own has grown old, else None. The old one ends a minute later."""
    now = clinic.now()
    # A wall that loses its power between two tokens would stay outside: nobody is there to let it in.
    if session.kind != PAGE or now - datetime.fromisoformat(session.made_at) < FRESH:
        return None
    token = secrets.token_urlsafe(32)
    with clinic.store.writing() as connection:
        ends = (now + GRACE).isoformat()
        done = replace_token(connection, session, _hashed(token), now.isoformat(), ends)
    return token if done else None


def use_link(clinic: Clinic, token: str) -> Session | None:
    """Use up a one-time login link; None when it was used, is too old or never was."""
    return use_up(clinic, token, LINK)


def use_up(clinic: Clinic, token: str, kind: str) -> Session | None:
    """Use up what lets in once; None when it was used, is too old or never was."""
    found = session_for(clinic, token, kind)
    if found is None or not close_session(clinic, found):
        return None
    return found


def close_session(clinic: Clinic, session: Session) -> bool:
    """Sign out; False when that was done already."""
    with clinic.store.writing() as connection:
        return end_session(connection, session.tenant, session.token)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
