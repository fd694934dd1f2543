"""Says who sent a request that is no envelope: HTTP message signatures (RFC 9421) with Ed25519.

Covered are method, path, query and, through its digest (RFC 9530), the body; with time of making, a random
number and the key's name. Not covered is the host: behind a proxy the clinic does not know how it was called.
This is the one shape a station says, and only the saying of it: the clinic hears it with the library
http-message-signatures (``clinic.verifying``), which no station loads. No I/O and no clock in here.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime

from health.errors import HealthError
from health.keys import SigningKey

COVERED = ("@method", "@path", "@query", "content-digest")
ALGORITHM = "ed25519"
TAG = "kangyi"
_LABEL = "pyhms"
_METHOD = re.compile(r"[A-Z]+")
_TARGET = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
"""Path and query as RFC 3986 §3.3 and §3.4 write them; anything else may be heard as another one."""


class NotSignableError(HealthError):
    """A request that this cannot sign, because it could be read as another one."""


def sign(
    method: str, target: str, body: bytes, *, key: SigningKey, key_id: str, at: datetime
) -> dict[str, str]:
    """The header fields to add to a request. ``target`` is path and query, ``at`` aware, corrected time.

    Raises ``NotSignableError`` for what is no method, no target or no name of a key.
    """
    if not _METHOD.fullmatch(method) or not _TARGET.fullmatch(target):
        raise NotSignableError("This request has no method or path that can be signed; encode it first.")
    path, _, query = target.partition("?")
    digest = f"sha-256={_binary(hashlib.sha256(body).digest())}"
    told: dict[str, int | str] = {
        "created": int(at.timestamp()),
        "keyid": key_id,
        "alg": ALGORITHM,
        "nonce": secrets.token_urlsafe(16),
        "tag": TAG,
    }
    covered = dict(zip(COVERED, (method, path, f"?{query}", digest), strict=True))
    said, signature = signature_of(covered, told, key)
    return {
        "Content-Digest": digest,
        "Signature-Input": f"{_LABEL}={said}",
        "Signature": f"{_LABEL}={_binary(signature)}",
    }


def signature_of(
    covered: Mapping[str, str], told: Mapping[str, int | str], key: SigningKey
) -> tuple[str, bytes]:
    """What a signature says of itself, and its 64 bytes (RFC 9421 §2.5).

    ``covered`` are the parts of a message by name, ``told`` the parameters of the signature, both in order.
    """
    names = " ".join(_string(name) for name in covered)
    said = f"({names})" + "".join(f";{name}={_item(value)}" for name, value in told.items())
    lines = [f"{_string(name)}: {_plain(value)}" for name, value in covered.items()]
    base = "\n".join((*lines, f'"@signature-params": {said}'))
    return said, key.sign(base.encode("ascii"))


def _item(value: int | str) -> str:
    return str(value) if isinstance(value, int) else _string(value)


def _string(text: str) -> str:
    """A string of structured fields (RFC 9651 §3.3.3)."""
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _binary(raw: bytes) -> str:
    """Bytes in structured fields (RFC 9651 §3.3.5)."""
    return f":{base64.b64encode(raw).decode('ascii')}:"


def _plain(text: str) -> str:
    """``text``, in which there is no end of a line and nothing else that could pass for another part."""
    if not (text.isascii() and text.isprintable()):
        raise NotSignableError("Only plain ASCII can be signed in the head of a request; encode it first.")
    return text
