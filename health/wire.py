"""What a station and its clinic say to each other over HTTP: paths, header names, statuses and shapes.

Both ends import these and nothing else of each other. JSON goes through ``encode`` and ``decode``, which
refuse an unknown field. No path, header or shape in the clear carries anything about a person.
"""

import struct
from collections.abc import Sequence
from enum import IntEnum, StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec

from health.envelope import LARGEST, EnvelopeDamaged, Slug
from health.errors import HealthError

ENVELOPES = "/envelopes"
ENROLMENTS = "/enrolments"
SETTINGS = "/settings"
SLIP = "/slip"
HEALTH = "/healthz"
HEALTHY = b'{"ok":true}'
"""All that a clinic answers there."""

ENVELOPE_TYPE = "application/vnd.kangyi.envelope"
BATCH_TYPE = "application/vnd.kangyi.envelopes"
JSON_TYPE = "application/json"

MOST_IN_BATCH = 50
LARGEST_BATCH = 4 * 1024 * 1024
LARGEST_REPLY = 1024 * 1024
SKEW_SECONDS = 300
"""How far the clock of a signed request may be from the clinic's."""

STRANGER = frozenset({401, 403})
"""Statuses by which a clinic says that it does not know this station, or not any more."""

T = TypeVar("T")
Status = Annotated[int, msgspec.Meta(ge=200, le=599)]


class WireError(HealthError):
    """The other end said something that this version does not understand."""


class Delivery(IntEnum):
    """What became of one envelope: the HTTP status of a PUT, the ``status`` of a line of a batch.

    Only ``STORED``, ``KNOWN`` and ``ERASED`` let the station ever purge its copy. Any other status says that
    the clinic did not store it, and why is in the detail.
    """

    STORED = 201
    KNOWN = 200
    HELD = 202
    OTHER_BYTES = 409
    ERASED = 410


class Delivered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to one envelope: a ``Delivery``, or 400, 403, 413, 422 for what was not stored at all.

    ``id`` is None where the bytes did not even say one. ``detail`` is for staff, where the status is not 200
    or 201; it names no person.
    """

    id: UUID | None
    status: Status
    detail: str = ""


class BatchResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to ``POST /envelopes``: one line each, in the order sent, all stored in one transaction."""

    results: tuple[Delivered, ...]


class Refusal(msgspec.Struct, frozen=True):
    """The answer with any other status. ``error`` is one sentence; it names no person."""

    error: str


class EnrolmentRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``POST /enrolments``: a station asks to join. Answered by 202 and ``EnrolmentOffer``.

    ``key`` is the text of its verify key, ``commitment`` of ``pairing.commitment(number)``. ``code`` is
    what the clinic's staff gave so that this station goes first; it lets nobody in.
    """

    station: Slug
    name: str
    key: str
    commitment: str
    software: str
    demo: bool = False
    code: str = ""


class EnrolmentOffer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clinic's own verify key and random number. ``id`` names the enrolment in later questions."""

    id: UUID
    key: str
    number: str


class EnrolmentQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``POST /enrolments/{id}``, repeated until approved: opens the commitment, asks if staff agreed.

    From the first one on both ends can compute ``pairing.code``; the clinic shows nothing before it.
    """

    number: str


class Approval(StrEnum):
    """What staff said of the code."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class EnrolmentAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """200 to an ``EnrolmentQuestion``. ``settings`` is there once approved."""

    state: Approval
    settings: "SignedSettings | None" = None


class SignedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``StationSettings`` as the text that was signed, and the clinic's signature over it (``pairing``)."""

    text: str
    signature: str


class StationSettings(msgspec.Struct, frozen=True):
    """What a clinic tells a station (``GET /settings``, signed request). It sets no command, path or markup.

    What a clinic of another edition says besides is signed too, and not read: a station goes on.

    ``edition`` rises with every change; a station refuses one that is not newer. ``working`` and ``recovery``
    are the age keys to seal to. ``station_key`` repeats the key that was enrolled, so that these settings fit
    no other station. Empty texts are not configured. ``restored`` changes when the clinic's database went
    back to an older copy: what a station still keeps of what was taken is to be sent again.
    """

    edition: int
    tenant: Slug
    station: Slug
    station_key: str
    name: str
    working: str
    recovery: str
    place: str = ""
    hours: str = ""
    phone: str = ""
    clinic: str = ""
    doctor: str = ""
    phone_page: str = ""
    demo: bool = False
    restored: str = ""


class SealedSlip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``POST /slip`` (signed request) and the 200 to it: ``health.slip``'s question, and its answer.

    Sealed both ways. Whoever is not known has a slip with nothing in it; 429 where a station asks too often.
    """

    sealed: bytes


def envelope_path(envelope: UUID) -> str:
    """Where one envelope is PUT."""
    return f"{ENVELOPES}/{envelope}"


def enrolment_path(enrolment: UUID) -> str:
    """Where an enrolment is asked after."""
    return f"{ENROLMENTS}/{enrolment}"


def encode(message: msgspec.Struct) -> bytes:
    """The JSON of one of the shapes above."""
    return msgspec.json.encode(message)


def decode(data: bytes, shape: type[T]) -> T:
    """The ``shape`` in ``data``. Raises ``WireError`` for anything else, without repeating what it said."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise WireError(
            f"The other end did not answer as {shape.__name__}; both need the same version."
        ) from wrong


def pack(envelopes: Sequence[bytes]) -> bytes:
    """The body of ``POST /envelopes``: each envelope behind its length in 4 bytes, big endian."""
    return b"".join(struct.pack(">I", len(one)) + one for one in envelopes)


def unpack(body: bytes) -> tuple[bytes, ...]:
    """The envelopes in such a body. Raises ``EnvelopeDamaged`` if it is not 1 to 50 whole ones."""
    found: list[bytes] = []
    at = 0
    while at < len(body) and len(found) < MOST_IN_BATCH:
        size = int.from_bytes(body[at : at + 4], "big")
        one = body[at + 4 : at + 4 + size]
        if not 0 < size <= LARGEST or len(one) != size:
            raise EnvelopeDamaged("This batch is cut short; send it again.")
        found.append(one)
        at += 4 + size
    if at != len(body) or not found:
        raise EnvelopeDamaged(f"A batch holds 1 to {MOST_IN_BATCH} envelopes; this one does not.")
    return tuple(found)
