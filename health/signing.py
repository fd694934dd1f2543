"""Who sent a request that is no envelope: HTTP message signatures (RFC 9421) with Ed25519.

Covered are method, path, query and, through its digest (RFC 9530), the body; with time of making, a random
number and the key's name. Not covered is the host: behind a proxy the clinic does not know how it was called.
The one who verifies must also refuse a random number it saw within the skew. No I/O and no clock in here.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from health.errors import HealthError
from health.keys import SigningKey, VerifyKey
from health.wire import SKEW_SECONDS

COVERED = ("@method", "@path", "@query")
TAG = "kangyi"
_ANY_HOST = "http://station"


class SignatureError(HealthError):
    """A request whose sender cannot be believed."""


class ClockError(SignatureError):
    """A request signed with a clock too far from this one. The signature itself holds."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed, when, and the random number that must not come twice within the skew."""

    key_id: str
    created: datetime
    nonce: str


@dataclass(slots=True)
class _Message:
    """A request as the library wants to see it; ``headers`` receives the signature."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class _Own(HTTPSignatureKeyResolver):
    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self._key.private_key()


class _Known(HTTPSignatureKeyResolver):
    def __init__(self, key_of: Callable[[str], VerifyKey | None]) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        known = self._key_of(key_id)
        return None if known is None else known.public_key()


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = timedelta(days=36500)  # Judged by ``verify`` with the time it is given.


def sign(
    method: str, target: str, body: bytes, *, key: SigningKey, key_id: str, at: datetime
) -> dict[str, str]:
    """The header fields to add to a request. ``target`` is path and query, ``at`` aware, corrected time."""
    message = _Message(method, _ANY_HOST + target)
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Own(key)).sign(
        message,
        key_id=key_id,
        created=at,
        nonce=secrets.token_urlsafe(16),
        tag=TAG,
        covered_component_ids=COVERED,
        body=body,
    )
    return message.headers


def verify(
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]],
    body: bytes,
    *,
    key_of: Callable[[str], VerifyKey | None],
    now: datetime,
) -> Sender:
    """Who signed exactly this request. Raises ``SignatureError``, or ``ClockError`` beyond 300 s.

    ``headers`` are the field lines received; ``key_of`` gives the key of a name, or None.
    """
    message = _Message(method, _ANY_HOST + target, _joined(headers))
    try:
        found = _Verifier(signature_algorithm=ED25519, key_resolver=_Known(key_of)).verify(
            message, max_age=None, expect_tag=TAG, require_components=(*COVERED, "content-digest"), body=body
        )
        (only,) = found
        key_id, created, nonce = only.parameters["keyid"], only.parameters["created"], only.nonce
    except (HTTPMessageSignaturesException, ValueError) as wrong:
        raise SignatureError("This request is not signed by a station known here; enrol it again.") from wrong
    if not isinstance(created, int) or not isinstance(key_id, str) or not nonce:
        raise SignatureError("This request is signed without time or number; update the station's software.")
    at = datetime.fromtimestamp(created, now.tzinfo)
    if abs(now - at) > timedelta(seconds=SKEW_SECONDS):
        raise ClockError(
            "The clock of this station is too far off; set it by the answer's Date and ask again."
        )
    return Sender(key_id, at, nonce)


def _joined(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in lines:
        key = name.lower()
        joined[key] = f"{joined[key]}, {value}" if key in joined else value
    return joined
