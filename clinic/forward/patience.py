"""Ends a request to another server that lasts too long, in whichever part of the answer it hangs.

The library's time-outs count from one byte to the next, so a server that says one now and then would hold the
thread for ever. Here its line is cut. It judges no answer.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Line:
    """The lines to one server that are open, by handles of their own: TLS takes the others over."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._open: list[socket.socket] = []

    def hold(self, line: socket.socket) -> socket.socket:
        """From now on this is the line; those before it are given back."""
        with self._turn:
            self._give_back()
            self._open.append(line.dup())
        return line

    @contextmanager
    def no_longer_than(self, seconds: float) -> Iterator[None]:
        """Cuts the line if the block lasts longer."""
        watch = threading.Timer(seconds, self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def let_go(self) -> None:
        """Give the handles back."""
        with self._turn:
            self._give_back()

    def _cut(self) -> None:
        with self._turn:
            for line in self._open:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def _give_back(self) -> None:
        for line in self._open:
            line.close()
        self._open.clear()


class LineAdapter(HTTPAdapter):
    """The library's way to its connections, which tell ``line`` of each one they open."""

    def __init__(self, line: Line) -> None:
        self._pools = _pools(line)
        super().__init__()

    def init_poolmanager(self, *words: Any, **more: Any) -> None:  # noqa: ANN401 (the library's own)
        """Makes the manager as the library does, with connections of our own kind."""
        super().init_poolmanager(*words, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools


def _pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return line.hold(super()._new_conn())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return line.hold(super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
