"""The clinic's own keys: the pair that opens, the spare pair for the safe, and the key that signs settings.

The recovery secret is written once, into a file meant to be carried away; the server never reads it. No key
is ever made anew while one is there.
"""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from clinic.errors import ClinicError
from clinic.folders import make_folder
from health.keys import BadKeyError, PublicKey, SecretKey, SigningKey, read_secret, write_secret

FOLDER = "keys"
WORKING, RECOVERY, RECOVERY_PUBLIC, SIGNING = "working.key", "recovery.key", "recovery.pub", "signing.key"
_MATCHING = b"kangyi resident 1"


class KeyringError(ClinicError):
    """The clinic's keys are not there or cannot be used."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The keys the server works with."""

    working: SecretKey
    recovery: PublicKey
    signing: SigningKey

    def matching(self) -> bytes:
        """The secret of the keyed hash that residents are matched by, drawn from the working key.

        So it lies in no further file, and a copy of the database alone cannot be searched for a number.
        """
        return hmac.digest(self.working.text.encode("ascii"), _MATCHING, hashlib.sha256)


def make_keys(data: Path) -> Keyring:
    """Make and keep the clinic's keys in ``data``. Raises ``KeyringError`` when there are keys already."""
    folder = data / FOLDER
    make_folder(folder)
    if (folder / WORKING).exists():
        raise KeyringError(f"There are keys in {folder} already; a clinic's keys are made once.")
    working, recovery, signing = SecretKey.new(), SecretKey.new(), SigningKey.new()
    try:
        write_secret(folder / RECOVERY, recovery.text)
        write_secret(folder / RECOVERY_PUBLIC, recovery.public().text)
        write_secret(folder / SIGNING, signing.text)
        # The working key comes last: a set that was cut short is not taken for a whole one.
        write_secret(folder / WORKING, working.text)
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause
    except OSError as cause:
        raise KeyringError(
            f"The keys cannot be kept in {folder} ({cause.strerror}); see to its disk and rights."
        ) from cause
    return Keyring(working, recovery.public(), signing)


def read_keys(data: Path) -> Keyring:
    """The keys kept in ``data``. Raises ``KeyringError``."""
    folder = data / FOLDER
    if data.exists() and not data.is_dir():
        raise KeyringError(f"{data} is a file where the clinic's folder is needed; name another.")
    if not (folder / WORKING).exists():
        raise KeyringError(f"There are no keys in {folder}; make them with: clinic init --data {data}")
    try:
        return Keyring(
            SecretKey(read_secret(folder / WORKING)),
            PublicKey(read_secret(folder / RECOVERY_PUBLIC)),
            SigningKey(read_secret(folder / SIGNING)),
        )
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause


def keys_of(data: Path) -> Keyring:
    """The keys kept in ``data``, made first when there are none. For the demonstration only."""
    return read_keys(data) if (data / FOLDER / WORKING).exists() else make_keys(data)
