"""The clinic's own log-in service (OpenID Connect), where it has one: the code flow with PKCE, and no more.

The service says who somebody is; what that person may do is the clinic's own account. Nobody gets an account
by logging in. The identity token is judged here: signature, issuer, audience, time and nonce.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from clinic.errors import ClinicError

_TIMEOUT_S = 10
_ALGORITHMS = ["RS256", "ES256", "PS256", "Ed25519"]
_LEEWAY_S = 60


class LogInServiceError(ClinicError):
    """The log-in service cannot be asked, or what it said cannot be believed."""


class OidcSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the log-in service is. ``secret_file`` holds what this server proves itself by; "" where nothing.

    ``name`` is shown on the button. ``issuer`` is https, on loopback it may be http.
    """

    issuer: str
    client_id: str
    name: str
    secret_file: str = ""


class Began(msgspec.Struct, frozen=True):
    """What a log-in that began must bring back: three random texts."""

    state: str
    nonce: str
    verifier: str

    @property
    def text(self) -> str:
        """As it waits in a cookie."""
        return f"{self.state}.{self.nonce}.{self.verifier}"

    @classmethod
    def from_text(cls, text: str) -> "Began | None":
        """What waited in a cookie; None where nothing did."""
        parts = text.split(".")
        return cls(*parts) if len(parts) == 3 and all(len(part) >= 32 for part in parts) else None


class _Service(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


def is_allowed(url: str) -> bool:
    """Whether a service may be asked at ``url``: over https, or on this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1"})


def address_of(settings: OidcSettings, begun: Began, back: str) -> str:
    """Where the browser is sent to log in. Raises ``LogInServiceError``."""
    with _session(settings, back) as session:
        service = _service(settings, session)
        address, _ = session.create_authorization_url(
            service.authorization_endpoint,
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
        )
    return str(address)


def subject_of(
    settings: OidcSettings, begun: Began, came: Mapping[str, str], back: str, now: datetime
) -> str:
    """Who logged in, as the service calls her. Raises ``LogInServiceError``."""
    if not hmac.compare_digest(came.get("state", "").encode(), begun.state.encode()) or not came.get("code"):
        raise LogInServiceError("This log-in was not begun here, or was refused there; begin again.")
    with _session(settings, back) as session:
        service = _service(settings, session)
        try:
            token = session.fetch_token(
                service.token_endpoint,
                code=came["code"],
                code_verifier=begun.verifier,
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
            keys = KeySet.import_key_set(_json(session, service.jwks_uri))
            return _believed(settings, begun, keys, str(token.get("id_token", "")), now)
        except (AuthlibBaseError, JoseError, OSError, ValueError, KeyError) as cause:
            raise LogInServiceError("The log-in service did not say who this is; begin again.") from cause


def _believed(settings: OidcSettings, begun: Began, keys: KeySet, token: str, now: datetime) -> str:
    said = jwt.decode(token, keys, algorithms=_ALGORITHMS)
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY_S,
        iss={"essential": True, "value": settings.issuer},
        aud={"essential": True, "value": settings.client_id},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": begun.nonce},
    )
    registry.validate(said.claims)
    return str(said.claims["sub"])


def _session(settings: OidcSettings, back: str) -> OAuth2Session:
    secret = None
    if settings.secret_file:
        try:
            secret = Path(settings.secret_file).read_text(encoding="utf-8").strip()
        except OSError as cause:
            raise LogInServiceError(
                "The secret of the log-in service cannot be read; see to its file."
            ) from cause
    return OAuth2Session(
        settings.client_id,
        secret,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
    )


def _service(settings: OidcSettings, session: OAuth2Session) -> _Service:
    try:
        where = settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = msgspec.convert(_json(session, where), _Service)
    except (AuthlibBaseError, OSError, ValueError) as cause:
        raise LogInServiceError(
            "The log-in service does not answer; try again, or use a password."
        ) from cause
    ends = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
    if found.issuer != settings.issuer or not all(is_allowed(end) for end in ends):
        raise LogInServiceError("The log-in service is another than the settings name; see to them.")
    return found


def _json(session: OAuth2Session, url: str) -> Any:  # noqa: ANN401  (each caller judges its shape)
    answer = session.get(url, timeout=_TIMEOUT_S, allow_redirects=False, withhold_token=True)
    answer.raise_for_status()
    return msgspec.json.decode(answer.content)
