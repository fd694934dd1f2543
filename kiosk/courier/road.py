"""One request to the clinic and its answer, with every way a road can be bad told apart.

The only place of the kiosk that speaks HTTP. Time-outs on everything, no redirect followed, no proxy or login
taken from the environment, a reply never larger than a megabyte, and only JSON is ever an answer: the log-in
page of a hotel that says 200 is trouble of the link.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import requests
import urllib3

from health.wire import JSON_TYPE, LARGEST_REPLY
from kiosk.errors import KioskError

CONNECT_S = 5.0
READ_S = 20.0
WHOLE_S = 60.0
"""Seconds to connect, between two pieces of an answer, and for the whole of it."""
TROUBLED = frozenset({408, 425, 429})
"""Statuses below 500 that say nothing of what was sent: try the same again later."""


class LinkError(KioskError):
    """The clinic was not reached, or what answered was not it. ``wait`` is what it asked for, in seconds."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


class IllError(LinkError):
    """The clinic answered that it is not well (5xx, 408, 425, 429)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON answer. ``ahead`` is how far the clinic's clock is ahead of ours, where it said a ``Date``."""

    status: int
    body: bytes
    ahead: timedelta | None


class Road:
    """The way to one clinic, at ``base`` (``https://host:port``). ``ca``: a file of certificates to trust.

    ``patience``: seconds to wait where somebody stands there, in place of the longer ones.
    """

    def __init__(self, base: str, ca: str | None = None, patience: float | None = None) -> None:
        self._base = base.rstrip("/")
        self._limits = (CONNECT_S, READ_S) if patience is None else (min(CONNECT_S, patience), patience)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ca or True
        self._session.headers.update({"Accept": JSON_TYPE, "Accept-Encoding": "identity"})

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        content_type: str = JSON_TYPE,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """One request. Raises ``LinkError`` or ``IllError``; any other status is for the caller to read."""
        try:
            with self._session.request(
                method,
                self._base + path,
                data=body or None,
                headers={"Content-Type": content_type, **headers},
                timeout=self._limits,
                allow_redirects=False,
                stream=True,
            ) as reply:
                return _answer(reply)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as wrong:
            raise LinkError(
                f"The clinic cannot be reached ({type(wrong).__name__}); check its address and the network."
            ) from wrong


def _answer(reply: requests.Response) -> Answer:
    status = reply.status_code
    if status >= 500 or status in TROUBLED:
        raise IllError(f"The clinic is not well just now ({status}).", _asked_to_wait(reply))
    if 300 <= status < 400:
        raise LinkError(
            f"Something on the way sends the station elsewhere ({status}); check the clinic's address."
        )
    kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != JSON_TYPE:
        raise LinkError(
            f"What answers is not the clinic ({status}, {kind or 'no type'}); check the network's log-in."
        )
    return Answer(status, _body(reply), _ahead(reply))


def _body(reply: requests.Response) -> bytes:
    ends = time.monotonic() + WHOLE_S
    body = b""
    while piece := reply.raw.read1(64 * 1024):
        body += piece
        if len(body) > LARGEST_REPLY:
            raise LinkError("What answers says far too much; it is not the clinic.")
        if time.monotonic() > ends:
            raise LinkError("The clinic answers too slowly.")
    return body


def _ahead(reply: requests.Response) -> timedelta | None:
    try:
        return parsedate_to_datetime(reply.headers["Date"]) - datetime.now(UTC)
    except (KeyError, ValueError, TypeError):
        return None


def _asked_to_wait(reply: requests.Response) -> float | None:
    said = reply.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() and len(said) < 6 else None
