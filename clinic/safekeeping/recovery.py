"""The recovery key at work: the drill that shows it opens everything, and the way back without a working key.

The secret comes from the safe, is used in memory and is written nowhere. Records themselves lie in the
database; without the working key what is lost is whatever is still sealed, and the way to find a resident.
"""

from pathlib import Path
from uuid import UUID

import msgspec
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.intake import take_in
from clinic.keyring import FOLDER, KeyringError, must_be_recovery
from clinic.matching import NOBODY, hash_of
from clinic.safekeeping.finding_key import opened_finding_key, see_to_finding_key, with_finding_key
from clinic.store import audit
from clinic.store.erasing import unmark_phones
from clinic.store.recovery import (
    kept_envelopes,
    known_hashes,
    marks_of_erased,
    owned_visits,
    rename,
)
from clinic.store.visits import match
from health.envelope import DoesNotOpen, Envelope, unsealed
from health.errors import HealthError
from health.keys import BadKeyError, SecretKey, read_secret
from health.record import read
from health.wire import Delivery

_SETTLED = frozenset({Delivery.STORED, Delivery.KNOWN, Delivery.ERASED})


class Drill(msgspec.Struct, frozen=True):
    """How many of the kept envelopes the recovery key opens, and how many it does not.

    ``finds``: whether it opens the key that people are found by, too.
    """

    opened: int
    shut: int
    finds: bool = True


class Recovered(msgspec.Struct, frozen=True):
    """``filed``: envelopes opened that were shut; ``unmatched``: residents to be read from a roster again;
    ``unmarked``: people who were erased and are held back no more.
    """

    filed: int
    shut: int
    unmatched: int
    unmarked: int


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
    return Drill(opened, shut, opened_finding_key(clinic, recovery) is not None)


def recover(clinic: Clinic, recovery: SecretKey, data: Path) -> Recovered:
    """Make the clinic's rows fit its keys, whose working key is fresh, and file what only ``recovery`` opens.

    The key that people are found by is opened from the database, and everybody stays under her hash; where
    it was never kept there, each visit's owner is hashed anew. Every step may be done again: whoever was
    interrupted begins anew.
    """
    keys, found = with_finding_key(clinic, recovery, data)
    able, unmatched, unmarked = replace(clinic, keys=keys), 0, 0
    if not found:
        unmatched, unmarked = _match_anew(able)
    see_to_finding_key(able, anew=True)
    done = file_shut(able, recovery)
    _note(clinic, "recovered")
    return Recovered(done.opened, done.shut, unmatched, unmarked)


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


def _match_anew(clinic: Clinic) -> tuple[int, int]:
    """Every visit, and whoever made one, under the hash of today's key.

    Returns how many residents could not be reached, and how many marks of the erased may fit nobody now.
    """
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
        marks = marks_of_erased(connection, tenant)
        unmark_phones(connection, tenant)
    same = not renamed or all(before == hash_ for before, hash_ in renamed.items())
    return len(known - set(renamed)), 0 if renamed and same else marks


def _note(clinic: Clinic, did: str) -> None:
    with clinic.store.writing() as connection:
        audit.note(connection, clinic.settings.tenant, "command line", did, "keys", clinic.now())
