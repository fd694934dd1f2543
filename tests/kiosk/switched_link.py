"""A link to a clinic that can be switched off and on, can lose answers, and remembers what went through."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from benchmarks.hostile.proxy import read_message
from health.envelope import Envelope, Header, Kind


@dataclass(slots=True)
class SwitchedLink:
    """Stands before the clinic at ``there``; the station knows it as ``url``.

    ``passed`` are the headers of the envelopes that reached the clinic one by one, in their order; of the
    next ``lose_answers`` of those nothing comes back. Once ``hold_after`` requests were handed on, the
    answer to the last of them is held back for good and ``held`` is set.
    """

    there: str
    url: str = ""
    up: bool = True
    refused: int = 0
    lose_answers: int = 0
    passed: list[Header] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    hold_after: int | None = None
    held: threading.Event = field(default_factory=threading.Event)

    def serve(self, plain: socket.socket) -> None:
        """One connection, until a request on it finds the link down."""
        plain.settimeout(30)
        with plain, suppress(OSError), self._secured(plain) as caller:
            while asked := read_message(caller):
                if not self.up:
                    self.refused += 1
                    return
                reply = self._handed_on(asked.whole)
                if self._hold():
                    return
                if asked.head.startswith(b"PUT"):
                    self.passed.append(Envelope.from_bytes(asked.body).header)
                    if self.lose_answers:
                        self.lose_answers -= 1
                        return
                caller.sendall(reply)

    def seen(self) -> list[tuple[Kind, UUID | None]]:
        """Kind and visit of what reached the clinic."""
        return [(one.kind, one.visit) for one in self.passed]

    def _secured(self, plain: socket.socket) -> socket.socket:
        return plain if self.tls is None else self.tls.wrap_socket(plain, server_side=True)

    def _hold(self) -> bool:
        if self.hold_after is not None:
            self.hold_after -= 1
            if self.hold_after <= 0:
                self.held.set()
                return True
        return False

    def _handed_on(self, asked: bytes) -> bytes:
        where = urlsplit(self.there)
        with socket.create_connection((where.hostname or "", where.port or 80), 30) as clinic:
            clinic.sendall(asked)
            reply = read_message(clinic)
        if reply is None:
            raise ConnectionError
        return reply.whole


@contextmanager
def switched_link(clinic: str, tls: ssl.SSLContext | None = None) -> Iterator[SwitchedLink]:
    """A link before the clinic at this address, until the block ends; with ``tls`` it speaks that."""
    door = socket.create_server(("127.0.0.1", 0))
    link = SwitchedLink(clinic, tls=tls)
    link.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{door.getsockname()[1]}"

    def listen() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=link.serve, args=(caller,), daemon=True).start()

    at_the_door = threading.Thread(target=listen, daemon=True)
    at_the_door.start()
    try:
        yield link
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        at_the_door.join(10)
