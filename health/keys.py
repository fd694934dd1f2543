"""The keys of a station and of a clinic, each with exactly one use.

*Sealing*: X25519 pairs in the age format (age-encryption.org/v1). The clinic has a working pair and a
recovery pair whose secret half lies in a safe; the station has a day key, which never touches a disk.
*Signing*: Ed25519 (RFC 8032), one of the station, one of the clinic. A secret has no readable ``repr`` and
lies in files of mode 0600 only.
"""

import base64
import binascii
import os
import secrets
from pathlib import Path

import msgspec
import pyrage
from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair
from nacl.exceptions import BadSignatureError

from devices.reading import Confidential
from health.errors import HealthError

SIGNATURE_BYTES = 64
"""Length of a signature of Ed25519 (RFC 8032 §5.1.6); a seed and a public key have 32."""
_KEY_BYTES = 32


class BadKeyError(HealthError):
    """A key or key file that cannot be used."""


class PublicKey(msgspec.Struct, frozen=True):
    """The half of a sealing pair that may be shown to anyone: ``age1…``."""

    text: str

    def recipient(self) -> pyrage.x25519.Recipient:
        """The key as pyrage takes it. Raises ``BadKeyError`` if the text is no age key."""
        try:
            return pyrage.x25519.Recipient.from_str(self.text)
        except pyrage.RecipientError as wrong:
            raise BadKeyError("A public sealing key does not read as an age key; copy it again.") from wrong


class SecretKey(Confidential, msgspec.Struct, frozen=True):
    """The half of a sealing pair that opens: ``AGE-SECRET-KEY-1…``."""

    text: str

    @classmethod
    def new(cls) -> "SecretKey":
        """A fresh pair."""
        return cls(str(pyrage.x25519.Identity.generate()))

    def identity(self) -> pyrage.x25519.Identity:
        """The key as pyrage takes it. Raises ``BadKeyError`` if the text is no age key."""
        try:
            return pyrage.x25519.Identity.from_str(self.text)
        except pyrage.IdentityError as wrong:
            raise BadKeyError(
                "A secret sealing key does not read as an age key; restore it from its copy."
            ) from wrong

    def public(self) -> PublicKey:
        """The half to seal to."""
        return PublicKey(str(self.identity().to_public()))


class VerifyKey(msgspec.Struct, frozen=True):
    """The public half of a signing key. ``text`` is base64url of its 32 bytes, without padding."""

    text: str

    def raw(self) -> bytes:
        """The 32 bytes. Raises ``BadKeyError`` if the text is anything else."""
        raw = _unbase64(self.text)
        if len(raw) != _KEY_BYTES or _base64(raw) != self.text:
            raise BadKeyError("A public signing key does not read as an Ed25519 key; copy it again.")
        return raw

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether the owner of this key signed exactly ``message``."""
        key = self.raw()
        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            crypto_sign_open(signature + message, key)
        except BadSignatureError:
            return False
        return True


class SigningKey(Confidential, msgspec.Struct, frozen=True):
    """The secret half of a signing key. ``text`` is base64url of its 32-byte seed, without padding."""

    text: str

    @classmethod
    def new(cls) -> "SigningKey":
        """A fresh key."""
        return cls(_base64(secrets.token_bytes(_KEY_BYTES)))

    def raw(self) -> bytes:
        """The 32 bytes of the seed. Raises ``BadKeyError`` if the text is anything else."""
        seed = _unbase64(self.text)
        if len(seed) != _KEY_BYTES:
            raise BadKeyError(
                "A secret signing key does not read as an Ed25519 key; restore it from its copy."
            )
        return seed

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        _, pair = crypto_sign_seed_keypair(self.raw())
        return crypto_sign(message, pair)[:SIGNATURE_BYTES]

    def verify_key(self) -> VerifyKey:
        """The half that others check with."""
        public, _ = crypto_sign_seed_keypair(self.raw())
        return VerifyKey(_base64(public))


def write_secret(path: Path, text: str) -> None:
    """Keeps a secret in a new file only its owner can read. Raises ``BadKeyError`` if one is there.

    It has its name only once it is whole: half a key is worse than none, because none is made anew.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(handle)
        os.link(part, path)
    except FileExistsError as there:
        raise BadKeyError(f"There is a key in {path.name} already; a key is never overwritten.") from there
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def read_secret(path: Path) -> str:
    """The secret in ``path``. Raises ``BadKeyError`` if it is not there or others can read it."""
    try:
        with path.open(encoding="ascii") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise BadKeyError(f"Others can read the key file {path.name}; set its mode to 0600.")
            return file.read().strip()
    except FileNotFoundError as gone:
        raise BadKeyError(f"The key file {path.name} is not there; restore it from its copy.") from gone
    except PermissionError as other:
        raise BadKeyError(
            f"The key file {path.name} belongs to another user; give it to the one who runs this (chown)."
        ) from other
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadKeyError(f"The key file {path.name} cannot be read; restore it from its copy.") from wrong


def sync_folder(folder: Path) -> None:
    """Makes sure that the names in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
