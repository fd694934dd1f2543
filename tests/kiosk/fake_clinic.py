"""A clinic for tests: real HTTP on a loopback socket, with switches for all that goes wrong on the way."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

from health.envelope import Envelope
from health.wire import (
    BATCH_TYPE,
    ENVELOPE_TYPE,
    HEALTH,
    HEALTHY,
    JSON_TYPE,
    BatchResult,
    Delivered,
    encode,
    unpack,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back. ``cut`` closes the connection before a byte of it does."""

    status: int
    body: bytes = b'{"error":"no"}'
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False


Switch = Callable[["FakeClinic", str, str, bytes], Reply | None]


@dataclass(slots=True)
class FakeClinic:
    """Stores by id and bytes as decision 5 says. ``switch`` may answer in its place; None lets it go on.

    ``ahead`` is how far its clock is before ours.
    """

    url: str = ""
    stored: dict[UUID, bytes] = field(default_factory=dict)
    order: list[UUID] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    special: dict[UUID, int] = field(default_factory=dict)
    switch: Switch | None = None
    lose_answers: int = 0
    ahead: timedelta = timedelta(0)

    def answer(self, method: str, path: str, content_type: str, body: bytes) -> Reply:
        self.asked.append((method, path))
        said = self.switch(self, method, path, body) if self.switch else None
        if said is not None:
            return said
        if (method, path) == ("GET", HEALTH):
            return Reply(200, HEALTHY)
        if (method, path, content_type) == ("POST", "/envelopes", BATCH_TYPE):
            lines = tuple(self._store(one) for one in unpack(body))
            reply = Reply(200, encode(BatchResult(lines)))
        elif method == "PUT" and content_type == ENVELOPE_TYPE:
            line = self._store(body)
            assert path == f"/envelopes/{line.id}"
            reply = Reply(line.status, encode(line))
        else:
            return Reply(404)
        if self.lose_answers:
            self.lose_answers -= 1
            return Reply(0, cut=True)
        return reply

    def _store(self, body: bytes) -> Delivered:
        one = Envelope.from_bytes(body).header.id
        if one in self.special:
            return Delivered(one, self.special[one], "why")
        if one in self.stored:
            same = hashlib.sha256(self.stored[one]).digest() == hashlib.sha256(body).digest()
            return Delivered(one, 200 if same else 409)
        self.stored[one] = body
        self.order.append(one)
        return Delivered(one, 201)


@contextmanager
def fake_clinic(port: int = 0, clinic: FakeClinic | None = None) -> Iterator[FakeClinic]:
    """A clinic that answers on ``clinic.url`` until the block ends."""
    at_work = clinic or FakeClinic()

    class Door(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_GET(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = at_work.answer(self.command, self.path, self.headers.get("Content-Type", ""), body)
            if reply.cut:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in (
                *reply.headers,
                ("Content-Type", reply.content_type),
                ("Content-Length", str(len(reply.body))),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            """The clinic's clock."""
            return super().date_time_string(time.time() + at_work.ahead.total_seconds())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    server.daemon_threads = True
    at_work.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield at_work
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
