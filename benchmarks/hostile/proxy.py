"""A proxy on loopback that hands requests on and, when it feels like it, does to them what bad links do.

Which fault comes is drawn from a seeded chance; every fault that a request met is counted. It reads HTTP only
as far as it must to know where a message ends; it knows nothing of envelopes but the address they go to.
"""

import random
import socket
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_S = 30.0
_FLOOD = 2 * 1024 * 1024
"""Bytes of a reply that claims to be a gigabyte; by then whoever listens must have hung up."""


class Fault(StrEnum):
    """What befalls a request."""

    ANSWER_LOST = "the answer lost after the clinic stored it"
    ERRORS_INSIDE = "200 with errors inside"
    LOGIN_PAGE = "200 with a log-in page"
    REDIRECT = "a redirect"
    CONFLICT = "409 though nothing is wrong"
    BAD_REQUEST = "400 though nothing is wrong"
    TOO_LARGE = "413"
    BUSY = "429"
    STRANGER = "401"
    ILL = "503"
    CUT_ON_THE_WAY = "cut on the way there"
    CUT_ON_THE_WAY_BACK = "cut on the way back"
    SLOW = "slow"
    GIGABYTE = "a reply of a gigabyte"
    CLOCK = "a clock an hour off"
    TWICE = "sent on twice"
    OF_ANOTHER = "the answer to another request"


@dataclass(frozen=True, slots=True)
class _Message:
    """An HTTP message: its head with the empty line, and its body."""

    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body


@dataclass(slots=True)
class HostileLink:
    """Stands before the clinic at ``url``. ``share`` of the requests meet a fault while it is ``hostile``.

    A request that speaks of one of ``poisoned`` is never handed on while the link is hostile.
    """

    url: str
    chance: random.Random
    share: float = 0.4
    hostile: bool = True
    poisoned: set[str] = field(default_factory=set)
    met: Counter[Fault] = field(default_factory=Counter)
    requests: int = 0
    _last: bytes = b""
    _door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    def open(self) -> str:
        """Begins, and tells the address at which the clinic now seems to be."""
        threading.Thread(target=self._listen, daemon=True).start()
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        """Hangs up."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        caller.settimeout(LONGEST_S)
        with caller, suppress(OSError):
            while asked := read_message(caller):
                self.requests += 1
                if not self._handle(caller, asked):
                    return

    def _handle(self, caller: socket.socket, asked: _Message) -> bool:
        """Answer one request somehow; False ends the connection."""
        poisoned = any(name.encode() in asked.whole for name in self.poisoned)
        if self.hostile and (poisoned or self.chance.random() < self.share):
            fault = self.chance.choice(tuple(Fault))
            if poisoned and fault in _HANDED_ON:
                fault = Fault.ILL
            self.met[fault] += 1
            return _FAULTS[fault](self, caller, asked)
        caller.sendall(self.hand_on(asked).whole)
        return True

    def hand_on(self, asked: _Message) -> _Message:
        """Ask the clinic, on a connection of its own."""
        there = urlsplit(self.url)
        with socket.create_connection((there.hostname or "", there.port or 80), LONGEST_S) as clinic:
            clinic.sendall(asked.whole)
            reply = read_message(clinic)
        if reply is None:
            raise ConnectionError
        return reply

    def before(self, reply: bytes) -> bytes:
        """Keep this reply and give out the one kept before."""
        self._last, last = reply, self._last
        return last or reply


def read_message(line: socket.socket) -> _Message | None:
    """One message with a length, None when the other end hung up before it."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = _length(head)
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            return None
        body += piece
    return _Message(head + b"\r\n\r\n", body)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def _reply(status: str, body: bytes, kind: str = "application/json", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _says(status: str, body: bytes, kind: str = "application/json", *more: str) -> "_Doing":
    def do(_: HostileLink, caller: socket.socket, __: _Message) -> bool:
        caller.sendall(_reply(status, body, kind, *more))
        return True

    return do


def _lose_answer(link: HostileLink, _: socket.socket, asked: _Message) -> bool:
    link.hand_on(asked)
    return False


def _cut_there(link: HostileLink, _: socket.socket, asked: _Message) -> bool:
    there = urlsplit(link.url)
    with socket.create_connection((there.hostname or "", there.port or 80), LONGEST_S) as clinic:
        clinic.sendall(asked.whole[: len(asked.whole) // 2])
    return False


def _cut_back(link: HostileLink, caller: socket.socket, asked: _Message) -> bool:
    whole = link.hand_on(asked).whole
    caller.sendall(whole[: len(whole) - 7])
    return False


def _slowly(link: HostileLink, caller: socket.socket, asked: _Message) -> bool:
    whole = link.hand_on(asked).whole
    for at in range(0, len(whole), 40):
        caller.sendall(whole[at : at + 40])
        threading.Event().wait(0.002)
    return True


def _flood(_: HostileLink, caller: socket.socket, __: _Message) -> bool:
    caller.sendall(_reply("200 OK", b"").replace(b"Content-Length: 0", b"Content-Length: 1000000000"))
    for _n in range(_FLOOD // 65536):
        caller.sendall(b" " * 65536)
    return False


def _wrong_clock(link: HostileLink, caller: socket.socket, asked: _Message) -> bool:
    reply = link.hand_on(asked)
    hour = timedelta(hours=link.chance.choice((-1, 1)))
    lines = [_moved(line, hour) for line in reply.head.split(b"\r\n")]
    caller.sendall(b"\r\n".join(lines) + reply.body)
    return True


def _moved(line: bytes, by: timedelta) -> bytes:
    name, _, value = line.partition(b":")
    if name.lower() != b"date":
        return line
    return b"date: " + format_datetime(parsedate_to_datetime(value.decode()) + by, usegmt=True).encode()


def _twice(link: HostileLink, caller: socket.socket, asked: _Message) -> bool:
    link.hand_on(asked)
    caller.sendall(link.hand_on(asked).whole)
    return True


def _of_another(link: HostileLink, caller: socket.socket, asked: _Message) -> bool:
    caller.sendall(link.before(link.hand_on(asked).whole))
    return True


_Doing = Callable[[HostileLink, socket.socket, _Message], bool]
_NO = b'{"error":"no"}'
_FAULTS: dict[Fault, _Doing] = {
    Fault.ANSWER_LOST: _lose_answer,
    Fault.ERRORS_INSIDE: _says("200 OK", b'{"results":[{"id":null,"status":500,"detail":"no"}]}'),
    Fault.LOGIN_PAGE: _says("200 OK", b"<html>Welcome to the hotel</html>", "text/html"),
    Fault.REDIRECT: _says("302 Found", b"", "text/html", "Location: /login"),
    Fault.CONFLICT: _says("409 Conflict", _NO),
    Fault.BAD_REQUEST: _says("400 Bad Request", _NO),
    Fault.TOO_LARGE: _says("413 Content Too Large", _NO),
    Fault.BUSY: _says("429 Too Many Requests", _NO),
    Fault.STRANGER: _says("401 Unauthorized", _NO),
    Fault.ILL: _says("503 Service Unavailable", _NO),
    Fault.CUT_ON_THE_WAY: _cut_there,
    Fault.CUT_ON_THE_WAY_BACK: _cut_back,
    Fault.SLOW: _slowly,
    Fault.GIGABYTE: _flood,
    Fault.CLOCK: _wrong_clock,
    Fault.TWICE: _twice,
    Fault.OF_ANOTHER: _of_another,
}
_HANDED_ON = frozenset(
    {Fault.ANSWER_LOST, Fault.CUT_ON_THE_WAY_BACK, Fault.SLOW, Fault.CLOCK, Fault.TWICE, Fault.OF_ANOTHER}
)
