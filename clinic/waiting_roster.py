"""A roster between the page that shows it and the press that takes it.

It waits in the database, so that any worker can take it, but sealed to a key that stands only in the page
that was shown: whoever copies the database, or looks after half an hour, reads nothing of it. No identity
number is in it; those were hashed when it was read.
"""

from datetime import datetime, timedelta

import msgspec
import pyrage

from clinic.clinic import Clinic
from clinic.roster import Preview, Roster, preview, take_roster
from clinic.store.store import Transaction
from clinic.store.waiting_rosters import (
    SealedRoster,
    forget_older,
    forget_waiting,
    keep_waiting,
    waiting_of,
)
from devices.reading import Confidential
from health.keys import BadKeyError, SecretKey

WAITS = timedelta(minutes=30)


class Shown(Confidential, msgspec.Struct, frozen=True):
    """What taking it would do, and the ``key`` with which it can be taken, once, within ``WAITS``."""

    preview: Preview
    key: str


def show(clinic: Clinic, roster: Roster, staff: str) -> Shown:
    """Look at what ``roster`` would change, and let it wait for ``staff``."""
    tenant, now, secret = clinic.settings.tenant, clinic.now(), SecretKey.new()
    content = msgspec.msgpack.encode(roster)
    sealed = SealedRoster(pyrage.encrypt(content, [secret.public().recipient()]), now.isoformat())
    with clinic.store.writing() as connection:
        forget_older(connection, tenant, (now - WAITS).isoformat())
        keep_waiting(connection, tenant, staff, sealed)
        return Shown(preview(connection, tenant, roster), secret.text)


def take(clinic: Clinic, key: str, staff: str, *, whole: bool, sure: int | None = None) -> Preview | None:
    """Take the roster that ``staff`` was shown with this ``key``; None where it does not wait any more.

    Raises ``ManyGoneError``; it waits on then.
    """
    tenant, now = clinic.settings.tenant, clinic.now()
    with clinic.store.writing() as connection:
        roster = _waiting(clinic, connection, key, staff)
        if roster is None:
            return None
        forget_waiting(connection, tenant, staff)
        return take_roster(connection, tenant, roster, staff, now, whole=whole, sure=sure)


def look_again(clinic: Clinic, key: str, staff: str) -> tuple[Roster, Shown] | None:
    """What waits for ``staff`` and what taking it would do; None where it does not wait any more."""
    with clinic.store.reading() as connection:
        roster = _waiting(clinic, connection, key, staff)
        if roster is None:
            return None
        return roster, Shown(preview(connection, clinic.settings.tenant, roster), key)


def leave(clinic: Clinic, staff: str) -> None:
    """It will not be taken."""
    with clinic.store.writing() as connection:
        forget_waiting(connection, clinic.settings.tenant, staff)


def _waiting(clinic: Clinic, connection: Transaction, key: str, staff: str) -> Roster | None:
    waiting = waiting_of(connection, clinic.settings.tenant, staff)
    if waiting is None or clinic.now() - datetime.fromisoformat(waiting.read_at) > WAITS:
        return None
    return _opened(waiting.sealed, key)


def _opened(sealed: bytes, key: str) -> Roster | None:
    try:
        content = pyrage.decrypt(sealed, [SecretKey(key).identity()])
    except (BadKeyError, pyrage.DecryptError):
        return None
    return msgspec.msgpack.decode(content, type=Roster)
