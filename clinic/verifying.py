"""Hears who signed a request: HTTP message signatures (RFC 9421) as ``health.signing`` says them.

The library http-message-signatures decides, with the Ed25519 of cryptography: neither is what the station
signs with, so a mistake there cannot repeat itself here. Whoever calls must also refuse a random number that
came before within the skew. No I/O and no clock in here.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from clinic.errors import ClinicError
from health.keys import VerifyKey
from health.signing import COVERED, TAG
from health.wire import SKEW_SECONDS

_ANY_HOST = "http://station"


class SignatureError(ClinicError):
    """A request whose sender cannot be believed."""


class ClockError(SignatureError):
    """A request signed with a clock too far from this one. The signature itself holds."""


class Sender(msgspec.Struct, frozen=True):
    """Who signed, when, and the random number that must not come twice within the skew."""

    key_id: str
    created: datetime
    nonce: str


class _Message(msgspec.Struct, frozen=True):
    """A request as the library wants to see it."""

    method: str
    url: str
    headers: dict[str, str]


class _Known(HTTPSignatureKeyResolver):
    def __init__(self, key_of: Callable[[str], VerifyKey | None]) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        known = self._key_of(key_id)
        return None if known is None else Ed25519PublicKey.from_public_bytes(known.raw())


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = timedelta(days=36500)  # Judged by ``verify`` with the time it is given.


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
            message, max_age=None, expect_tag=TAG, require_components=COVERED, body=body
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
