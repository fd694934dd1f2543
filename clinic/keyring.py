"""The clinic's own keys: the pair that opens, the spare pair for the safe, and the key that signs settings.

The recovery secret is written once, into a file meant to be carried away; the server never reads it. No key
is ever made anew while one is there. A working key that was replaced stays beside the new one, because a
station may have sealed to it and not have sent yet.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from clinic.errors import ClinicError
from clinic.folders import make_folder
from devices.reading import Confidential
from health.keys import (
    BadKeyError,
    PublicKey,
    SecretKey,
    SigningKey,
    read_secret,
    sync_folder,
    write_secret,
)

FOLDER = "keys"
WORKING, RECOVERY, RECOVERY_PUBLIC, SIGNING = "working.key", "recovery.key", "recovery.pub", "signing.key"
MATCHING = "matching.key"
RETIRED = re.compile(r"retired-([1-9][0-9]*)\.key")
_MATCHING = b"kangyi resident 1"


class KeyringError(ClinicError):
    """The clinic's keys are not there or cannot be used."""


class Keyring(Confidential, msgspec.Struct, frozen=True):
    """The keys the server works with; ``retired`` are working keys of before, the oldest first."""

    working: SecretKey
    recovery: PublicKey
    signing: SigningKey
    retired: tuple[SecretKey, ...] = ()
    kept_matching: bytes = b""

    def matching(self) -> bytes:
        """The secret of the keyed hash that residents are matched by, drawn from the first working key.

        A copy of the database alone cannot be searched for a number. Once that key was replaced the secret
        lies in a file of its own, so that everybody is still found.
        """
        return self.kept_matching or hmac.digest(self.working.text.encode("ascii"), _MATCHING, hashlib.sha256)


def make_keys(data: Path) -> Keyring:
    """Make and keep the clinic's keys in ``data``; a set that was cut short is finished.

    Raises ``KeyringError`` when there are keys already. Whoever calls knows that nothing was ever sealed to a
    working key of this folder.
    """
    folder = data / FOLDER
    make_folder(folder)
    if (folder / WORKING).exists():
        raise KeyringError(f"There are keys in {folder} already; a clinic's keys are made once.")
    try:
        recovery = SecretKey(_kept_or_made(folder / RECOVERY, SecretKey.new().text, _opens))
        public = recovery.public()
        _kept_or_made(folder / RECOVERY_PUBLIC, public.text, lambda text: text == public.text)
        signing = SigningKey(_kept_or_made(folder / SIGNING, SigningKey.new().text, _signs))
        # The working key comes last: a set that was cut short is not taken for a whole one.
        keep_working(data, working := SecretKey.new())
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause
    except OSError as cause:
        raise KeyringError(
            f"The keys cannot be kept in {folder} ({cause.strerror}); see to its disk and rights."
        ) from cause
    return Keyring(working, recovery.public(), signing)


def _kept_or_made(file: Path, fresh: str, fits: Callable[[str], bool]) -> str:
    """The secret in ``file`` if all of it is there, else a ``fresh`` one in its place."""
    if file.exists():
        text = read_secret(file)
        if fits(text):
            return text
        file.unlink()
    write_secret(file, fresh)
    return fresh


def _opens(text: str) -> bool:
    try:
        SecretKey(text).identity()
    except BadKeyError:
        return False
    return True


def _signs(text: str) -> bool:
    try:
        SigningKey(text).raw()
    except BadKeyError:
        return False
    return True


def read_keys(data: Path) -> Keyring:
    """The keys kept in ``data``. Raises ``KeyringError``."""
    folder = data / FOLDER
    if data.exists() and not data.is_dir():
        raise KeyringError(f"{data} is a file where the clinic's folder is needed; name another.")
    if not (folder / WORKING).exists():
        raise KeyringError(f"There are no keys in {folder}; make them with: clinic init --data {data}")
    try:
        return _kept(folder, SecretKey(read_secret(folder / WORKING)))
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause


def rotate(data: Path) -> Keyring:
    """Put a fresh working key in the place of the one in ``data``, which is retired and still opens.

    Raises ``KeyringError``. A server that runs goes on with what it read when it started.
    """
    keys, folder = read_keys(data), data / FOLDER
    try:
        if not keys.kept_matching:
            write_secret(folder / MATCHING, keys.matching().hex())
        write_secret(folder / f"retired-{len(keys.retired) + 1}.key", keys.working.text)
        keep_working(data, SecretKey.new())
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause
    except OSError as cause:
        raise KeyringError(f"The new key cannot be kept in {folder} ({cause.strerror}).") from cause
    return read_keys(data)


def keys_without_working(data: Path, recovery: SecretKey) -> Keyring:
    """A keyring for a clinic whose working key is gone: a fresh one, which ``keep_working`` is to keep.

    What else is missing is made, what is there stays; that by which people are found is seen to by
    ``safekeeping``. Raises ``KeyringError``, also where nothing is lost.
    """
    folder = data / FOLDER
    make_folder(folder)
    if (folder / WORKING).exists():
        raise KeyringError(f"There is a working key in {folder}; if it is damaged, move it away first.")
    try:
        must_be_recovery(folder, recovery)
        made = {
            RECOVERY_PUBLIC: recovery.public().text,
            SIGNING: SigningKey.new().text,
        }
        for name, text in made.items():
            if not (folder / name).exists():
                write_secret(folder / name, text)
        return _kept(folder, SecretKey.new())
    except BadKeyError as cause:
        raise KeyringError(str(cause)) from cause


def must_be_recovery(folder: Path, recovery: SecretKey) -> None:
    """Raises ``KeyringError`` where ``folder`` knows another recovery key."""
    known = folder / RECOVERY_PUBLIC
    if known.exists() and read_secret(known) != recovery.public().text:
        raise KeyringError("This is not the recovery key of this clinic; look for the other one.")


def keep_working(data: Path, key: SecretKey) -> None:
    """Keep ``key`` as the working key, in one step: after a power cut there is the old one or this."""
    folder = data / FOLDER
    fresh = folder / f"{WORKING}.new"
    fresh.unlink(missing_ok=True)
    write_secret(fresh, key.text)
    fresh.replace(folder / WORKING)
    sync_folder(folder)


def keep_matching(folder: Path, key: bytes) -> None:
    """Keep the ``key`` of the keyed hash in ``folder``, in one step, for one that does not fit."""
    fresh = folder / f"{MATCHING}.new"
    fresh.unlink(missing_ok=True)
    write_secret(fresh, key.hex())
    fresh.replace(folder / MATCHING)
    sync_folder(folder)


def names_of(data: Path) -> tuple[str, ...]:
    """The key files a copy of this clinic needs: all but the recovery secret."""
    folder = data / FOLDER
    wanted = (WORKING, RECOVERY_PUBLIC, SIGNING, *((MATCHING,) if (folder / MATCHING).exists() else ()))
    return (*wanted, *(file.name for file in _retired(folder)))


def _kept(folder: Path, working: SecretKey) -> Keyring:
    matching = folder / MATCHING
    return Keyring(
        working,
        PublicKey(read_secret(folder / RECOVERY_PUBLIC)),
        SigningKey(read_secret(folder / SIGNING)),
        tuple(SecretKey(read_secret(file)) for file in _retired(folder)),
        _unhex(read_secret(matching)) if matching.exists() else b"",
    )


def _unhex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as cause:
        raise BadKeyError(f"The key file {MATCHING} cannot be read; restore it from its copy.") from cause


def _retired(folder: Path) -> list[Path]:
    found = [(RETIRED.fullmatch(file.name), file) for file in folder.glob("retired-*.key")]
    return [file for _, file in sorted((int(name[1]), file) for name, file in found if name)]


def keys_of(data: Path) -> Keyring:
    """The keys kept in ``data``, made first when there are none. For the demonstration only."""
    return read_keys(data) if (data / FOLDER / WORKING).exists() else make_keys(data)
