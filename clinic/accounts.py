"""Who may look: passwords, sessions, one-time links. Staff only; a station has no account.

Passwords are kept as argon2id, tokens as their SHA-256. It says no more than "name or password is wrong", and
takes as long to say it of a name that does not exist.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.store.staff import Session, Staff, end_session, keep_session, keep_staff, session_of, staff_named

PAGE, BEARER, LINK = "page", "bearer", "link"
_LIVES = {PAGE: timedelta(hours=10), BEARER: timedelta(hours=10), LINK: timedelta(hours=1)}
_SHORTEST = 10
_HASHER = PasswordHasher()
# A hash of nothing anyone knows: judging it costs what judging a real one costs.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


class AccountError(ClinicError):
    """An account that cannot be made, or a person who cannot be let in."""


@dataclass(slots=True)
class Patience:
    """Counts wrong passwords by account name: five in a row, and that name waits a minute."""

    at_most: int = 5
    pause: timedelta = timedelta(minutes=1)
    _wrong: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def waits(self, name: str, now: datetime) -> bool:
        """Whether this name has to wait."""
        with self._lock:
            count, last = self._wrong.get(name, (0, now))
            return count >= self.at_most and now - last < self.pause

    def note(self, name: str, now: datetime, *, right: bool) -> None:
        """Remember how a try went."""
        with self._lock:
            if right:
                self._wrong.pop(name, None)
                return
            self._wrong = {n: (c, t) for n, (c, t) in self._wrong.items() if now - t < self.pause}
            self._wrong[name] = (self._wrong.get(name, (0, now))[0] + 1, now)


def add_staff(clinic: Clinic, name: str, password: str, role: str = "staff") -> None:
    """Make an account, or give one a new password and end its sessions. Raises ``AccountError``."""
    if not name.strip() or len(name) > 64:
        raise AccountError("A name may have 1 to 64 characters.")
    if not _SHORTEST <= len(password) <= 256:
        raise AccountError(f"A password needs {_SHORTEST} to 256 characters; choose a longer one.")
    keep_staff(
        clinic.store,
        Staff(clinic.settings.tenant, name, _HASHER.hash(password), role, clinic.now().isoformat()),
    )


def password_holds(clinic: Clinic, name: str, password: str) -> bool:
    """Whether this is the password of that account."""
    staff = staff_named(clinic.store, clinic.settings.tenant, name)
    try:
        _HASHER.verify(_NOBODY if staff is None else staff.hash, password[:256])
    except (VerificationError, InvalidHashError):
        return False
    return staff is not None


def open_session(clinic: Clinic, staff: str, kind: str) -> str:
    """Sign ``staff`` in; returns the token, which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    now = clinic.now()
    session = Session(
        tenant=clinic.settings.tenant,
        token=_hashed(token),
        staff=staff,
        kind=kind,
        csrf=secrets.token_urlsafe(32),
        expires_at=(now + _LIVES[kind]).isoformat(),
    )
    keep_session(clinic.store, session, now.isoformat())
    return token


def session_for(clinic: Clinic, token: str, kind: str) -> Session | None:
    """The living session of that kind, or None."""
    if not token:
        return None
    found = session_of(clinic.store, clinic.settings.tenant, _hashed(token), clinic.now().isoformat())
    return found if found is not None and found.kind == kind else None


def use_link(clinic: Clinic, token: str) -> Session | None:
    """Use up a one-time login link; None when it was used, is too old or never was."""
    found = session_for(clinic, token, LINK)
    if found is None or not end_session(clinic.store, found.tenant, found.token):
        return None
    return found


def close_session(clinic: Clinic, session: Session) -> None:
    """Sign out."""
    end_session(clinic.store, session.tenant, session.token)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
