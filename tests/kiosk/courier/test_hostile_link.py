"""A hostile link between the real station and the real clinic; ``./run bench hostile`` sends a thousand."""

import random
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from benchmarks.hostile.crossing import cross
from benchmarks.hostile.proxy import Fault, HostileLink
from kiosk.courier.road import LinkError, Road

pytestmark = pytest.mark.long


def test_the_clinic_has_exactly_what_the_station_kept_and_a_poisoned_one_holds_up_nobody(
    tmp_path: Path,
) -> None:
    crossed = cross(tmp_path, 60, seed=1, longest_s=120.0, poisoned=2)
    assert (crossed.lost, crossed.twice) == (0, 0)
    assert (len(crossed.kept), len(crossed.filed)) == (66, 60)
    assert len(crossed.met) >= 10


class Echo(BaseHTTPRequestHandler):
    """Answers what it was sent."""

    protocol_version = "HTTP/1.1"
    seen = 0

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        body = self.rfile.read(length)
        if not length or len(body) < length:
            return
        type(self).seen += 1
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def echo() -> Iterator[Callable[[Fault | None], str]]:
    """Opens a link that always has one fault, or none, before a server that answers what it gets."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    Echo.seen = 0
    opened: list[HostileLink] = []

    def with_fault(fault: Fault | None) -> str:
        class Always(random.Random):
            def random(self) -> float:
                return 0.0

            def choice(self, seq):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
                return fault if fault in seq else seq[0]

        link = HostileLink(f"http://127.0.0.1:{server.server_port}", Always(), hostile=fault is not None)
        opened.append(link)
        return link.open()

    yield with_fault
    for link in opened:
        link.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_of_the_link_is_one(echo: Callable[[Fault | None], str], fault: Fault) -> None:
    plain = requests.put(f"{echo(None)}/envelopes/a", b'{"a":1}', timeout=60)
    assert (plain.status_code, plain.json(), Echo.seen) == (201, {"a": 1}, 1)
    road = Road(echo(fault), patience=2.0)
    try:
        answer = road.ask("PUT", "/envelopes/a", b'{"a":1}')
    except LinkError:
        answer = None
    road.close()
    handed_on = {Fault.ANSWER_LOST: 2, Fault.CUT_ON_THE_WAY_BACK: 2, Fault.SLOW: 2, Fault.CLOCK: 2}
    handed_on |= {Fault.TWICE: 3, Fault.OF_ANOTHER: 2}
    assert Echo.seen == handed_on.get(fault, 1)
    told = {Fault.CONFLICT: 409, Fault.BAD_REQUEST: 400, Fault.TOO_LARGE: 413, Fault.STRANGER: 401}
    told |= {Fault.ERRORS_INSIDE: 200, Fault.SLOW: 201, Fault.CLOCK: 201, Fault.TWICE: 201}
    told |= {Fault.OF_ANOTHER: 201}
    assert (None if answer is None else answer.status) == told.get(fault)
