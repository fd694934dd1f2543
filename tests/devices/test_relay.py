"""A relay that rings for staff is closed and opened again, whatever becomes of its port."""

import os
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import serial

from devices.line import lead
from devices.model import PortSettings
from devices.ports import PortNameError
from devices.relay import LC_CLOSE, LC_OPEN, Relay
from devices.relay_kind import RelayKind

LIMIT = 60.0


def within(done: Callable[[], bool], seconds: float = LIMIT) -> None:
    """Wait until ``done()``."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the relay was not switched"
        time.sleep(0.01)


class Wire:
    """The far end of a pty, and all the bytes that came there."""

    def __init__(self) -> None:
        self.near, far = os.openpty()
        tty.setraw(far)
        self.path = os.ttyname(far)
        os.set_blocking(self.near, False)
        self._far = far
        self.heard = b""

    def listen(self) -> bytes:
        with suppress(BlockingIOError):
            self.heard += os.read(self.near, 100)
        return self.heard

    def close(self) -> None:
        os.close(self.near)
        os.close(self._far)


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.close()


@contextmanager
def open_relay(url: str, kind: RelayKind) -> Iterator[Relay]:
    relay = Relay(url, kind)
    relay.open()
    try:
        yield relay
    finally:
        relay.close()


def test_four_bytes_close_it_and_four_open_it_again_each_time_it_rings(wire: Wire) -> None:
    with open_relay(wire.path, RelayKind.LC) as relay:
        assert wire.listen() == b""
        relay.ring(0.05)
        within(lambda: wire.listen() == LC_CLOSE + LC_OPEN)
        relay.ring(0.05)
        within(lambda: wire.listen() == 2 * (LC_CLOSE + LC_OPEN))


def test_a_station_that_is_closed_leaves_no_relay_closed(wire: Wire) -> None:
    with open_relay(wire.path, RelayKind.LC) as relay:
        relay.ring(3600.0)
        within(lambda: wire.listen() == LC_CLOSE)
    assert wire.listen() == LC_CLOSE + LC_OPEN


def test_the_bytes_are_those_of_the_documents() -> None:
    for said in (LC_CLOSE, LC_OPEN):
        assert said[0] == 0xA0
        assert sum(said[:3]) & 0xFF == said[3]


class Adapter:
    """A serial adapter without a wire (pyserial's own) that notes how its outputs stood."""

    def __init__(self) -> None:
        self._port = lead("loop://", PortSettings())
        self.was = [(self.rts, self.dtr)]

    @property
    def rts(self) -> bool:
        return bool(self._port.rts)

    @rts.setter
    def rts(self, on: bool) -> None:
        self._port.rts = on
        self.was.append((self.rts, self.dtr))

    @property
    def dtr(self) -> bool:
        return bool(self._port.dtr)

    @dtr.setter
    def dtr(self, on: bool) -> None:
        self._port.dtr = on
        self.was.append((self.rts, self.dtr))

    def write(self, data: bytes, /) -> int | None:
        return self._port.write(data)

    def flush(self) -> None:
        self._port.flush()

    def close(self) -> None:
        self._port.close()


@pytest.mark.parametrize(
    ("kind", "on"), [(RelayKind.RTS, (True, False)), (RelayKind.DTR, (False, True))], ids=["rts", "dtr"]
)
def test_an_output_of_the_adapter_goes_up_and_down_and_the_other_stays_down(
    kind: RelayKind, on: tuple[bool, bool]
) -> None:
    adapter = Adapter()

    relay = Relay("loop://", kind, lambda _url, _settings: adapter)
    relay.open()
    relay.ring(0.05)
    within(lambda: on in adapter.was and adapter.was[-1] == (False, False))
    relay.close()
    assert set(adapter.was) == {(False, False), on}


def test_a_port_is_opened_with_both_outputs_off() -> None:
    port = lead("loop://", PortSettings())
    assert (port.rts, port.dtr) == (False, False)
    port.close()


def test_a_port_that_is_not_there_fails_nothing_and_is_rung_once_it_is_back(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    away = [True]

    def connect(url: str, settings: object) -> serial.Serial:
        if away:
            away.pop()
            raise OSError("away")
        return serial.Serial(url)

    relay = Relay(wire.path, RelayKind.LC, connect)
    relay.open()
    try:
        relay.ring(0.05)
        within(lambda: wire.listen() == LC_CLOSE + LC_OPEN)
    finally:
        relay.close()
    assert "could not be switched" in caplog.text


def test_a_name_that_can_be_no_port_is_refused_before_anything_starts() -> None:
    with pytest.raises(PortNameError):
        Relay("usb:nothing", RelayKind.LC)
