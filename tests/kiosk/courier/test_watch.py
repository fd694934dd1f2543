"""Whoever lets a byte come now and then holds the courier no longer than a request may last."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.courier import road, watch
from kiosk.courier.road import LinkError, Road
from kiosk.courier.watch import Watch

Drip = Callable[[bytes, bytes], str]
LONG_S = 30.0
"""Far more than a request may last here, however busy the machine is."""


@pytest.fixture
def drip() -> Iterator[Drip]:
    """Serves a beginning, then one byte ten times a second for as long as somebody reads."""
    stop = threading.Event()
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(listening: socket.socket, begin: bytes, byte: bytes) -> None:
        line, _ = listening.accept()
        with line:
            try:
                line.recv(65536)
                line.sendall(begin)
                while not stop.wait(0.1):
                    line.sendall(byte)
            except OSError:
                return

    def dripping(begin: bytes, byte: bytes) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)
        threads.append(threading.Thread(target=serve, args=(listening, begin, byte), daemon=True))
        threads[-1].start()
        return f"127.0.0.1:{listening.getsockname()[1]}"

    yield dripping
    stop.set()
    for listening in opened:
        listening.close()
    for thread in threads:
        thread.join(10)


HEAD = b"HTTP/1.1 200 OK\r\nX: "
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
HANDSHAKE = b"\x16\x03\x03\x3f\xff"


@pytest.mark.parametrize(
    ("scheme", "begin"), [("http", HEAD), ("http", ANSWER), ("https", HANDSHAKE)], ids=["head", "body", "tls"]
)
def test_a_byte_now_and_then_does_not_hold_a_request_longer_than_it_may_last(
    drip: Drip, monkeypatch: pytest.MonkeyPatch, scheme: str, begin: bytes
) -> None:
    monkeypatch.setattr(road, "WHOLE_S", 1.0)
    way = Road(f"{scheme}://{drip(begin, b'a')}")
    began = time.monotonic()
    with pytest.raises(LinkError, match="too slowly"):
        way.ask("GET", "/healthz")
    assert time.monotonic() - began < LONG_S
    way.close()


def test_who_waits_at_the_station_waits_twice_the_patience_at_most(drip: Drip) -> None:
    way = Road(f"http://{drip(HEAD, b'a')}", patience=0.5)
    began = time.monotonic()
    with pytest.raises(LinkError, match="too slowly"):
        way.ask("GET", "/healthz")
    assert time.monotonic() - began < LONG_S
    way.close()


def watchers() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "watch"]


def test_requests_that_follow_each_other_have_one_watcher_who_then_goes_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch, "REST_S", 0.01)
    others = watchers()
    one = Watch()
    with one.over(0.2):
        (watcher,) = (each for each in watchers() if each not in others)
        with one.over(5.0):
            assert [each for each in watchers() if each not in others] == [watcher]
            watcher.join(0.3)
    assert not one.cut, "the second request is not ended when the first would have been"
    watcher.join(LONG_S)
    assert not watcher.is_alive()
    with one.over(LONG_S):
        assert [each for each in watchers() if each not in others] != []
