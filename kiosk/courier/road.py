"""One request to the clinic and its answer, with every way a road can be bad told apart.

The only place of the kiosk that speaks HTTP. Time-outs on everything, no redirect followed, no proxy or login
taken from the environment, a reply never larger than a megabyte, and only JSON is ever an answer: the log-in
page of a hotel that says 200 is trouble of the link.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from urllib.parse import urlsplit

import certifi
import msgspec
import urllib3

from health.wire import JSON_TYPE, LARGEST_REPLY
from kiosk.courier.events import Trouble
from kiosk.courier.watch import Watch, watched
from kiosk.errors import KioskError
from kiosk.stationtime import EARLIEST

CONNECT_S = 5.0
READ_S = 20.0
WHOLE_S = 60.0
"""Seconds to connect, between two pieces of an answer, and for all of a request."""
TROUBLED = frozenset({408, 425, 429})
"""Statuses below 500 that say nothing of what was sent: try the same again later."""

EXPIRED_OR_CLOCK = (
    "The clinic's certificate does not hold today; set this clock, or renew the certificate there."
)
UNTRUSTED = (
    "Nobody this station trusts signed the clinic's certificate; if the clinic has an authority of its own, "
    "name its file as [clinic] ca."
)
OTHER_NAME = "The certificate is made for another address; check the clinic's address, or who answers there."
TOO_SLOW = "The clinic answers too slowly; it is tried again later."
NO_TLS = "What answers does not speak TLS as a clinic does; check the clinic's address."
UNREADABLE = "The file of [clinic] ca cannot be read as certificates (PEM); put the clinic's own there."
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""A clinic that says a later time, or one before there was any, says none."""
_TOO_EARLY, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64
DOUBTS: Mapping[int, str] = MappingProxyType(
    {
        _TOO_EARLY: EXPIRED_OR_CLOCK,
        _EXPIRED: EXPIRED_OR_CLOCK,
        _OTHER_NAME: OTHER_NAME,
        _OTHER_ADDRESS: OTHER_NAME,
    }
)
"""By OpenSSL's number of what is wrong with a certificate (x509_vfy.h); for any other it is not trusted."""


class LinkError(KioskError):
    """The clinic was not reached, or what answered was not it. ``wait`` is what it asked for, in seconds."""

    def __init__(self, words: str, wait: float | None = None, trouble: Trouble = Trouble.AWAY) -> None:
        super().__init__(words)
        self.wait = wait
        self.trouble = trouble


class IllError(LinkError):
    """The clinic answered that it is not well (5xx, 408, 425, 429), or what no clinic would."""

    def __init__(self, words: str, wait: float | None = None, trouble: Trouble = Trouble.ILL) -> None:
        super().__init__(words, wait, trouble)


class CertificateError(LinkError):
    """Whoever answers cannot prove to be the clinic, or this station cannot tell: nothing is sent."""

    def __init__(self, words: str) -> None:
        super().__init__(words, trouble=Trouble.CERTIFICATE)


class Answer(msgspec.Struct, frozen=True):
    """A JSON answer. ``ahead`` is how far the clinic's clock is ahead of ours, where it said a ``Date``."""

    status: int
    body: bytes
    ahead: timedelta | None


class Road:
    """The way to one clinic, at ``base`` (``https://host:port``). ``ca``: a file of certificates to trust
    in place of the system's, where there is one.

    ``patience``: seconds to wait where somebody stands there, in place of the longer ones; no request lasts
    more than twice as long.
    """

    def __init__(self, base: str, ca: str = "", patience: float | None = None) -> None:
        self._base = base.rstrip("/")
        self._whole = WHOLE_S if patience is None else min(WHOLE_S, 2 * patience)
        self._watch = Watch()
        connect, read = (CONNECT_S, READ_S) if patience is None else (min(CONNECT_S, patience), patience)
        self._limits = urllib3.Timeout(connect=connect, read=read)
        self._lines = watched(self._watch, ca or certifi.where())
        self._ca = ca
        self._patience = patience
        self._headers = {"Accept": JSON_TYPE, "Accept-Encoding": "identity"}

    def close(self) -> None:
        """Give the connections back."""
        self._lines.clear()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        content_type: str = JSON_TYPE,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """One request. Raises ``LinkError`` or a kind of it; any other status is for the caller to read."""
        ends = time.monotonic() + self._whole
        self._find_the_name()
        try:
            with (
                self._watch.over(self._whole),
                self._lines.request(
                    method,
                    self._base + path,
                    body=body or None,
                    headers={**self._headers, "Content-Type": content_type, **headers},
                    timeout=self._limits,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                ) as reply,
            ):
                return _answer(reply, ends)
        except (urllib3.exceptions.HTTPError, OSError) as wrong:
            if self._watch.cut:
                raise LinkError(TOO_SLOW) from wrong
            if self._ca and not _is_readable(self._ca):
                raise CertificateError(UNREADABLE) from wrong
            if isinstance(wrong, urllib3.exceptions.SSLError):
                raise CertificateError(_doubt(wrong)) from wrong
            raise LinkError(
                f"The clinic cannot be reached ({type(wrong).__name__}); check its address and the network."
            ) from wrong

    def _find_the_name(self) -> None:
        """Where somebody waits: a system looks for a name for half a minute, and no time-out ends that."""
        if self._patience is None:
            return
        host = urlsplit(self._base).hostname
        looking = threading.Thread(target=_look_up, args=(host,), name="name", daemon=True)
        looking.start()
        looking.join(self._patience)
        if looking.is_alive():
            raise LinkError("Nobody says where the clinic's address leads (DNS); check the network.")


def _look_up(host: str | None) -> None:
    with suppress(OSError, UnicodeError):  # who asks next hears why
        socket.getaddrinfo(host, None)


def _doubt(wrong: BaseException) -> str:
    """Which sentence of ``DOUBTS`` fits what is wrong with a certificate."""
    for cause in _causes(wrong):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return DOUBTS.get(cause.verify_code, UNTRUSTED)
    return NO_TLS


def _causes(wrong: BaseException) -> Iterator[BaseException]:
    """``wrong`` and what it was made from; libraries put that into arguments, reason or context."""
    todo: list[object] = [wrong]
    seen: list[BaseException] = []
    while todo:
        one = todo.pop()
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            yield one
            todo += [*one.args, one.__cause__, one.__context__]
        if isinstance(one, urllib3.exceptions.MaxRetryError):
            todo.append(one.reason)


def _is_readable(ca: str) -> bool:
    try:
        ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError):
        return False
    return True


def _answer(reply: urllib3.BaseHTTPResponse, ends: float) -> Answer:
    status = reply.status
    if time.monotonic() > ends:  # a line that was cut within the head reads as if the head ended there
        raise LinkError(TOO_SLOW)
    if status >= 500 or status in TROUBLED:
        raise IllError(f"The clinic is not well just now ({status}).", _asked_to_wait(reply))
    if 300 <= status < 400:
        raise LinkError(
            f"Something on the way sends the station elsewhere ({status}); check the clinic's address.",
            trouble=Trouble.OTHER,
        )
    kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != JSON_TYPE:
        raise LinkError(
            f"What answers is not the clinic ({status}, {kind or 'no type'}); check the network's log-in.",
            trouble=Trouble.OTHER,
        )
    return Answer(status, _body(reply, ends), _ahead(reply))


def _body(reply: urllib3.BaseHTTPResponse, ends: float) -> bytes:
    body = b""
    while piece := reply.read1(64 * 1024):
        body += piece
        if len(body) > LARGEST_REPLY:
            raise LinkError("What answers says far too much; it is not the clinic.", trouble=Trouble.OTHER)
        if time.monotonic() > ends:
            break
    if time.monotonic() > ends:  # the line may have been cut, so what came need not be all of it
        raise LinkError(TOO_SLOW)
    return body


def _ahead(reply: urllib3.BaseHTTPResponse) -> timedelta | None:
    try:
        told = parsedate_to_datetime(reply.headers["Date"])
        return told - datetime.now(UTC) if EARLIEST <= told <= LATEST else None
    except (KeyError, ValueError, TypeError):
        return None


def _asked_to_wait(reply: urllib3.BaseHTTPResponse) -> float | None:
    said = reply.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() and len(said) < 6 else None
