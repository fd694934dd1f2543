"""What is stored and what travels: only its recipients can open it, only its station can have made it.

The content is encrypted with age to every recipient. The station signs once, when it seals: Ed25519 over the
clear header and the SHA-256 of the ciphertext. The same bytes are kept, sent and sent again, so a clinic can
compare hashes, a replay is harmless, and the origin is provable for ever. The header names no person.

On the wire and on disk::

    "KYE1" · header length (2 bytes) · header (JSON) · signature (64) · ciphertext length (4) · ciphertext

Lengths are big endian. A header reads back only if it is written the one way ``_header_bytes`` writes it.
"""

import hashlib
import struct
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
import pyrage

from health.errors import HealthError
from health.keys import PublicKey, SecretKey, SigningKey, VerifyKey

MAGIC = b"KYE1"
SIGNED = b"kangyi envelope 1\n"
LARGEST = 1024 * 1024
LARGEST_HEADER = 1024

Slug = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class EnvelopeError(HealthError):
    """An envelope that cannot be used."""


class EnvelopeDamaged(EnvelopeError):  # noqa: N818 - a sentence about it reads better
    """Bytes that are no envelope, or not whole."""


class NotSignedBy(EnvelopeError):  # noqa: N818 - a sentence about it reads better
    """The signature is not that of the station it says it comes from."""


class DoesNotOpen(EnvelopeError):  # noqa: N818 - a sentence about it reads better
    """The key at hand is none of those it was sealed to, or the content was altered."""


class Kind(StrEnum):
    """What an envelope holds, most urgent first."""

    ALARM = "alarm"
    VISIT = "visit"
    AMENDMENT = "amendment"
    STATION = "station"


class Header(msgspec.Struct, frozen=True):
    """The clear part: enough to store, sort and judge time by, nothing about a person.

    ``sequence`` rises by one for everything a station sends; 0 never leaves it. ``boot`` and ``monotonic_ms``
    place it in time when ``wall`` (aware UTC) was wrong, which ``clock_trusted`` tells.
    """

    kind: Kind
    id: UUID
    visit: UUID | None
    tenant: Slug
    station: Slug
    sequence: Count
    boot: UUID
    monotonic_ms: Count
    wall: Moment
    clock_trusted: bool
    demo: bool = False
    incomplete: bool = False


class Envelope(msgspec.Struct, frozen=True):
    """A sealed, signed, immutable content."""

    header: Header
    ciphertext: bytes
    signature: bytes

    def digest(self) -> str:
        """SHA-256 of the whole envelope, in hex: what "the same bytes" means."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """The envelope as it is kept and sent."""
        header = _header_bytes(self.header)
        head = MAGIC + struct.pack(">H", len(header)) + header
        return head + self.signature + struct.pack(">I", len(self.ciphertext)) + self.ciphertext

    @classmethod
    def from_bytes(cls, data: bytes) -> "Envelope":
        """The envelope in ``data``, which says nothing yet of who made it. Raises ``EnvelopeDamaged``."""
        if len(data) > LARGEST:
            raise EnvelopeDamaged(f"An envelope may have {LARGEST} bytes; this one has {len(data)}.")
        try:
            return cls._parsed(data)
        except (struct.error, msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            raise EnvelopeDamaged("These bytes are not an envelope, or not all of one.") from wrong

    @classmethod
    def _parsed(cls, data: bytes) -> "Envelope":
        magic, length = struct.unpack_from(">4sH", data)
        if magic != MAGIC or length > LARGEST_HEADER:
            raise EnvelopeDamaged("These bytes are not an envelope, or one of a version not known here.")
        header, signature, size = struct.unpack_from(f">{length}s64sI", data, 6)
        ciphertext = data[6 + length + 68 :]
        if len(ciphertext) != size:
            raise EnvelopeDamaged("These bytes are not one whole envelope; send it again.")
        return cls(_header(header), ciphertext, signature)


def seal(content: bytes, header: Header, to: Sequence[PublicKey], key: SigningKey) -> Envelope:
    """``content`` encrypted to each of ``to`` and signed with the station's ``key``.

    Raises ``EnvelopeDamaged`` for a header or size that could not be read back.
    """
    plain = _header_bytes(header)
    try:
        _header(plain)
    except msgspec.MsgspecError as wrong:
        raise EnvelopeDamaged(f"An envelope with this header could not be read: {wrong}.") from wrong
    ciphertext = pyrage.encrypt(content, [one.recipient() for one in to])
    envelope = Envelope(header, ciphertext, key.sign(_signed(plain, ciphertext)))
    if len(ciphertext) + len(plain) + 74 > LARGEST:
        raise EnvelopeDamaged(f"An envelope may have {LARGEST} bytes; this visit needs more.")
    return envelope


def check(envelope: Envelope, verify_key: VerifyKey) -> None:
    """Raises ``NotSignedBy`` unless the owner of ``verify_key`` sealed exactly this."""
    if not verify_key.signed(
        envelope.signature, _signed(_header_bytes(envelope.header), envelope.ciphertext)
    ):
        raise NotSignedBy(
            "This envelope is not signed by the station it names; ask that station to enrol again."
        )


def open_envelope(envelope: Envelope, identity: SecretKey, verify_key: VerifyKey, *older: SecretKey) -> bytes:
    """The content, once the signature holds. Raises ``NotSignedBy`` or ``DoesNotOpen``.

    ``older`` are keys that it may have been sealed to before they were retired.
    """
    check(envelope, verify_key)
    return unsealed(envelope, identity, *older)


def unsealed(envelope: Envelope, *identities: SecretKey) -> bytes:
    """The content, whoever sealed it. Nothing in it may be believed. Raises ``DoesNotOpen``."""
    try:
        content: bytes = pyrage.decrypt(envelope.ciphertext, [one.identity() for one in identities])
    except pyrage.DecryptError as wrong:
        raise DoesNotOpen(
            "This envelope was not sealed to the key at hand; use the key of its day or the recovery key."
        ) from wrong
    return content


def _signed(header: bytes, ciphertext: bytes) -> bytes:
    return SIGNED + header + b"\n" + hashlib.sha256(ciphertext).digest()


def _header_bytes(header: Header) -> bytes:
    return msgspec.json.encode(header)


def _header(data: bytes) -> Header:
    header = msgspec.json.decode(data, type=Header)
    if _header_bytes(header) != data:
        raise EnvelopeDamaged("The header of this envelope is not written the one way it can be.")
    return header
