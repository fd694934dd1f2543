"""The key that people are found by, kept in the database as well, sealed to the recovery key of the safe.

Residents and the marks of who was erased stand under hashes that only this key makes. It lies with the other
keys; where that folder is lost whole, the key in the safe opens this copy of it, so that everybody is found
again and nobody who was erased comes back. The database alone opens nothing.
"""

import hashlib
import hmac
import secrets
from pathlib import Path

import pyrage
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.keyring import FOLDER, Keyring, KeyringError, keep_matching
from clinic.store.recovery import SealedKey, keep_sealed_key, sealed_key
from health.keys import SecretKey

_CHECK = b"kangyi resident check 1"


def see_to_finding_key(clinic: Clinic, *, anew: bool = False) -> None:
    """Keep a sealed copy in the database; ``anew``: whatever lies there fits nothing any more.

    Raises ``KeyringError`` where these keys are not those that this database was filled with: nobody would be
    found by them, and who was erased would be taken in again.
    """
    tenant, own = clinic.settings.tenant, clinic.keys.matching()
    with clinic.store.reading() as connection:
        kept = sealed_key(connection, tenant)
    if kept is not None and not anew:
        if not hmac.compare_digest(kept.fits, _check_of(own)):
            raise KeyringError(
                "These keys are not those of this database: no resident would be found by them. Put the "
                "folder of keys back from a copy; or move it away, then: clinic keys recover --recovery FILE"
            )
        if kept.sealed_to == clinic.keys.recovery.text:
            return
    sealed = pyrage.encrypt(own, [clinic.keys.recovery.recipient()])
    with clinic.store.writing() as connection:
        keep_sealed_key(connection, tenant, SealedKey(sealed, clinic.keys.recovery.text, _check_of(own)))


def opened_finding_key(clinic: Clinic, recovery: SecretKey) -> bytes | None:
    """The key as ``recovery`` opens it; None where the database has none, or one sealed to another key."""
    with clinic.store.reading() as connection:
        kept = sealed_key(connection, clinic.settings.tenant)
    if kept is None:
        return None
    try:
        found: bytes = pyrage.decrypt(kept.sealed, [recovery.identity()])
    except pyrage.DecryptError:
        return None
    return found if hmac.compare_digest(kept.fits, _check_of(found)) else None


def with_finding_key(clinic: Clinic, recovery: SecretKey, data: Path) -> tuple[Keyring, bool]:
    """The keyring of a recovery, its finding key kept in ``data``; and whether that is the one of before."""
    before = opened_finding_key(clinic, recovery)
    own = before or clinic.keys.kept_matching or secrets.token_bytes(32)
    if own != clinic.keys.kept_matching:
        keep_matching(data / FOLDER, own)
    return replace(clinic.keys, kept_matching=own), before is not None


def _check_of(key: bytes) -> bytes:
    return hmac.digest(key, _CHECK, hashlib.sha256)
