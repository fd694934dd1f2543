"""Ends a request to the clinic that lasts too long, whatever it hangs in: handshake, head or answer.

Time-outs of the library count from one piece to the next, so whoever sends a byte now and then would hold the
courier for ever. Here the line itself is cut. It knows no HTTP and judges no answer.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

REST_S = 5.0
"""The watcher goes home when so long nothing was asked on its road."""


class Watch:
    """Holds the line of one road, watched by one thread while requests follow each other on it."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._line: socket.socket | None = None
        self._watched = False
        self._ends: float | None = None
        self._looks_at = 0.0
        self.cut = False
        """Whether the latest request was ended by the watch."""

    @contextmanager
    def over(self, seconds: float) -> Iterator[None]:
        """Cuts the line if the block lasts longer."""
        with self._turn:
            self.cut = False
            self._ends = ends = monotonic() + seconds
            if not self._watched:
                self._watched = True
                threading.Thread(target=self._look_on, name="watch", daemon=True).start()
            elif ends < self._looks_at:
                self._turn.notify()
        try:
            yield
        finally:
            with self._turn:
                self._ends = None

    def hold(self, line: socket.socket) -> socket.socket:
        """From now on this is the line, by a handle of its own: TLS takes the other one over."""
        with self._turn:
            self._give_back()
            self._line = line.dup()
        return line

    def let_go(self) -> None:
        """The line was closed at its end of the program; it shall be closed on the wire too."""
        with self._turn:
            self._give_back()

    def _look_on(self) -> None:
        """Wait for the end of each request, and a rest behind the last."""
        with self._turn:
            rested = False
            while not rested:
                ends = self._ends
                self._looks_at = monotonic() + REST_S if ends is None else ends
                self._turn.wait(max(0.0, self._looks_at - monotonic()))
                rested = ends is None and self._ends is None and monotonic() >= self._looks_at
                if self._ends is not None and monotonic() >= self._ends:
                    self._cut()
            self._watched = False

    def _cut(self) -> None:
        """Ends the line of the request that lasted too long; once."""
        self._ends = None
        self.cut = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def _give_back(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def watched(watch: Watch, ca: str) -> PoolManager:
    """The library's connections, which tell ``watch`` of each line they open; ``ca``: whom to trust."""
    manager = PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=ca)
    manager.pool_classes_by_scheme = _pools(watch)
    return manager


def _pools(watch: Watch) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return watch.hold(super()._new_conn())

        def close(self) -> None:
            super().close()
            watch.let_go()

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return watch.hold(super()._new_conn())

        def close(self) -> None:
            super().close()
            watch.let_go()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
