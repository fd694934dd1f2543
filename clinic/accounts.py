"""Accounts of the staff: passwords, roles, and how often a wrong password may be tried. A station has none.

Passwords are kept as argon2id. It says no more than "name or password is wrong", takes as long to say it of a
name that does not exist, and counts a try before it judges it: a power cut gives nobody another.
"""

import secrets
from base64 import b64encode
from datetime import timedelta
from enum import Enum, auto

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.roles import Role
from clinic.store import audit
from clinic.store.staff import (
    Staff,
    forget_tries,
    keep_hash,
    keep_staff,
    note_try,
    renew_hash,
    set_enabled,
    staff_named,
    staff_of_subject,
    tries_of,
)

SHORTEST, LONGEST = 10, 256
FREE_TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
_HASHER = PasswordHasher()


def hash_of_nobody(hasher: PasswordHasher) -> str:
    """What no password anyone knows hashes to: random bytes in the place of a sum.

    For ``hasher`` it costs as much to judge as a real one, and nothing to make.
    """
    sizes = (hasher.salt_len, hasher.hash_len)
    salt, total = (b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in sizes)
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${total}"


_NOBODY = hash_of_nobody(_HASHER)


class AccountError(ClinicError):
    """An account that cannot be made or changed. ``reason`` is a key of the words (``staff.refused.…``)."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Entry(Enum):
    """What became of a name and a password."""

    RIGHT = auto()
    WRONG = auto()
    WAIT = auto()


def add_staff(
    clinic: Clinic, name: str, password: str, role: Role = Role.ADMIN, *, team: str = "", subject: str = ""
) -> None:
    """Make an account, or give one a new password and role and end its sessions. Raises ``AccountError``.

    With a ``subject`` (of the clinic's own log-in service) the password may be empty: then only that service
    lets it in.
    """
    check_words(name, team, subject)
    if not (subject and not password):
        check_password(password)
    hashed = _HASHER.hash(password) if password else ""
    tenant, now = clinic.settings.tenant, clinic.now().isoformat()
    if not keep_staff(clinic.store, Staff(tenant, name, hashed, role.value, now, team, subject)):
        raise AccountError(
            "taken", "Another account is called so at the log-in service; clinic staff list shows them."
        )


def check_words(name: str, team: str, subject: str) -> None:
    """Raises ``AccountError`` where an account cannot be called so."""
    if not name.strip() or name != name.strip() or len(name) > 64 or not name.isprintable():
        raise AccountError("name", "A name may have 1 to 64 characters.")
    if max(len(team), len(subject)) > 64 or not (team + subject).isprintable():
        raise AccountError("team", "A team and a subject may have 64 characters each.")


def check_password(password: str) -> None:
    """Raises ``AccountError`` where a password is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(
            "password", f"A password needs {SHORTEST} to {LONGEST} characters; choose a longer one."
        )


def set_password(clinic: Clinic, name: str, password: str) -> bool:
    """Give an account this password and end its sessions; False where there is none.

    Raises ``AccountError``.
    """
    check_password(password)
    hashed, tenant, now = _HASHER.hash(password), clinic.settings.tenant, clinic.now()
    with clinic.store.writing() as connection:
        kept = renew_hash(connection, tenant, name, hashed)
        forget_tries(connection, tenant, name)
        audit.note(connection, tenant, name, "password set", "", now)
    return kept


def enable(clinic: Clinic, name: str, *, enabled: bool) -> bool:
    """Let an account in again, or shut it out and end its sessions; False when there is none."""
    return set_enabled(clinic.store, clinic.settings.tenant, name, enabled=enabled)


def let_in(clinic: Clinic, name: str, password: str) -> Entry:
    """Whether this is the password of that account, if it may be tried just now."""
    tenant, now = clinic.settings.tenant, clinic.now()
    shown = name[:64]
    with clinic.store.writing() as connection:
        tries, last = tries_of(connection, tenant, shown)
        if last is not None and now - last < _pause(tries):
            return Entry.WAIT
        note_try(connection, tenant, shown, now, LONGEST_PAUSE)
    staff = staff_named(clinic.store, tenant, name) if name == shown else None
    right = _holds("" if staff is None else staff.hash, password) and staff is not None and staff.enabled
    with clinic.store.writing() as connection:
        if right:
            forget_tries(connection, tenant, shown)
        # What is no account's name may be somebody's password; it is written down nowhere.
        who = "?" if staff is None else staff.name
        audit.note(connection, tenant, who, "logged in" if right else "login refused", "", now)
    if right and staff is not None and _HASHER.check_needs_rehash(staff.hash):
        keep_hash(clinic.store, tenant, staff.name, _HASHER.hash(password))
    return Entry.RIGHT if right else Entry.WRONG


def let_in_by(clinic: Clinic, subject: str) -> str | None:
    """The name of the account that the clinic's log-in service calls ``subject``, or None."""
    staff = staff_of_subject(clinic.store, clinic.settings.tenant, subject)
    if staff is None or not staff.enabled:
        return None
    with clinic.store.writing() as connection:
        audit.note(connection, clinic.settings.tenant, staff.name, "logged in", "", clinic.now())
    return staff.name


def _pause(tries: int) -> timedelta:
    """How long a name waits after that many wrong passwords in a row."""
    if tries < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(tries - FREE_TRIES, 8)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _holds(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed or _NOBODY, password[:LONGEST]) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False
