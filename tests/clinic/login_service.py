"""A small log-in service on loopback: OpenID Connect as its standard says it, with single lies to be told."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT = "kangyi-clinic"


@dataclass(slots=True)
class LogInService:
    """What it says next. ``lie`` overrides claims of the identity token; None leaves one out."""

    url: str = ""
    subject: str = "sub-1"
    lie: dict[str, object] = field(default_factory=dict)
    forge: bool = False
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, asked: dict[str, str]) -> str:
        """Somebody logs in; where her browser is sent back to."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def token(self, asked: dict[str, str]) -> dict[str, object] | None:
        """The answer to a code, once, and only for the verifier that fits its challenge."""
        began = self.codes.pop(asked["code"], None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            began is None
            or began["code_challenge"] != challenge
            or began["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        claims: dict[str, object] = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": self.subject,
            "exp": int(time()) + 300,
            "iat": int(time()),
            "nonce": began["nonce"],
        }
        told = {name: value for name, value in (claims | self.lie).items() if value is not None}
        key = ECKey.generate_key("P-256", {"kid": "one"}) if self.forge else self.key
        signed = jwt.encode({"alg": "ES256", "kid": "one"}, told, key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def log_in_service() -> Iterator[LogInService]:
    """Runs one until the block ends."""
    service = LogInService()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            if where.path == "/authorize":
                asked = {key: one for key, (one, *_) in parse_qs(where.query).items()}
                self.send_response(302)
                self.send_header("Location", service.authorize(asked))
                self.end_headers()
            elif where.path == "/keys":
                self.tell({"keys": [service.key.as_dict(private=False)]})
            else:
                ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
                self.tell({"issuer": service.url, **{k: f"{service.url}/{v}" for k, v in ends.items()}})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = service.token({key: one for key, (one, *_) in parse_qs(body).items()})
            self.tell(told or {"error": "invalid_grant"}, 200 if told else 400)

        def tell(self, said: dict[str, object], status: int = 200) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
