"""The recovery key at work: the drill that shows it opens everything, and the way back without a working key.

The secret comes from the safe, is used in memory and is written nowhere. Records themselves lie in the
database; without the working key what is lost is whatever is still sealed, and the way to find a resident.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from clinic.clinic import Clinic
from clinic.intake import take_in
from clinic.keyring import FOLDER, Keyring, KeyringError, must_be_recovery
from clinic.matching import NOBODY, hash_of
from clinic.store import audit
from clinic.store.recovery import kept_envelopes, known_hashes, owned_visits, rename
from clinic.store.visits import match
from health.envelope import DoesNotOpen, Envelope, unsealed
from health.errors import HealthError
from health.keys import BadKeyError, SecretKey, read_secret
from health.record import read
from health.wire import Delivery

_SETTLED = frozenset({Delivery.STORED, Delivery.KNOWN, Delivery.ERASED})


@dataclass(frozen=True, slots=True)
class Drill:
    """How many of the kept envelopes the recovery key opens, and how many it does not."""

    opened: int
    shut: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """``filed``: envelopes opened that were shut; ``unmatched``: residents to be read from a roster again."""

    filed: int
    shut: int
    unmatched: int


def some_key(file: Path) -> SecretKey:
    """A secret that may open something. Raises ``KeyringError`` where it is none."""
    try:
        key = SecretKey(read_secret(file))
        key.identity()
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause
    return key


def recovery_key(file: Path, data: Path) -> SecretKey:
    """The secret from the safe, if it is this clinic's. Raises ``KeyringError``."""
    try:
        key = SecretKey(read_secret(file))
        must_be_recovery(data / FOLDER, key)
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause
    return key


def drill(clinic: Clinic, recovery: SecretKey) -> Drill:
    """Open every envelope that is kept with the recovery key alone, and change nothing but the trail."""
    opened = shut = 0
    for _, raw in kept_envelopes(clinic.store, clinic.settings.tenant):
        try:
            unsealed(Envelope.from_bytes(raw), recovery)
            opened += 1
        except DoesNotOpen:
            shut += 1
    _note(clinic, "recovery drill")
    return Drill(opened, shut)


def recover(clinic: Clinic, keys: Keyring, recovery: SecretKey) -> Recovered:
    """Make the clinic's rows fit ``keys``, whose working key is fresh, and file what only ``recovery`` opens.

    Every step may be done again: whoever was interrupted begins anew.
    """
    unmatched = _match_anew(replace(clinic, keys=keys))
    done = file_shut(replace(clinic, keys=keys), recovery)
    _note(clinic, "recovered")
    return Recovered(done.opened, done.shut, unmatched)


def file_shut(clinic: Clinic, key: SecretKey) -> Drill:
    """File what was set aside because no key of the clinic opens it, and ``key`` does. It may be any: that of
    the safe, one of before, a working key from a copy.
    """
    able = replace(clinic, keys=replace(clinic.keys, retired=(*clinic.keys.retired, key)))
    filed = shut = 0
    for named, raw in kept_envelopes(clinic.store, clinic.settings.tenant, "does_not_open"):
        if take_in(able, UUID(named), raw).status in _SETTLED:
            filed += 1
        else:
            shut += 1
    _note(clinic, "opened with another key")
    return Drill(filed, shut)


def _match_anew(clinic: Clinic) -> int:
    """Every visit, and whoever made one, under the hash of today's key. Returns who could not be reached."""
    tenant, renamed = clinic.settings.tenant, {}
    with clinic.store.writing() as connection:
        for one in owned_visits(connection, tenant):
            try:
                hash_ = hash_of(clinic, read(one.record))
            except HealthError:
                continue
            if hash_ == NOBODY:
                continue
            renamed[one.resident] = hash_
            if hash_ != one.resident:
                match(connection, tenant, one.id, hash_)
        known = known_hashes(connection, tenant)
        for before, hash_ in renamed.items():
            if before != hash_ and before in known:
                rename(connection, tenant, before, hash_)
    return len(known - set(renamed))


def _note(clinic: Clinic, did: str) -> None:
    with clinic.store.writing() as connection:
        audit.note(connection, clinic.settings.tenant, "command line", did, "keys", clinic.now())
