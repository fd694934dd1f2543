"""Lines over pseudo-terminals: real bytes, real ports, the plug pulled at any time."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from devices.catalogue import model_of
from devices.events import Found, Heard, LineEvent, Lost, Refused, Trouble
from devices.framing import Frame, Noise
from devices.line import Line
from devices.model import Model
from devices.session import Driver, hear
from devices.simulators.acts import Act
from devices.simulators.bench import SimulatedInstrument
from devices.simulators.samples import samples
from tests.devices.played import SPEED, Played, until


@contextmanager
def _playing(slug: str, scenario: str = "default") -> Iterator[Played]:
    played = Played(slug, scenario)
    try:
        until(lambda: played.count(Found) == 1, 60)
        yield played
    finally:
        played.close()


def _first(slug: str) -> Act:
    return samples(model_of(slug).role)[0][0]


@pytest.mark.parametrize("slug", ["shanghe-sh", "sam-idcard"])
def test_a_port_that_comes_back_is_opened_again_by_itself(slug: str) -> None:
    with _playing(slug) as played:
        for away in (0.0, 1.2):
            found, lost = played.count(Found), played.count(Lost)
            played.instrument.fault("unplug")
            until(lambda lost=lost: played.count(Lost) == lost + 1, 60)  # type: ignore[misc]
            time.sleep(away)
            played.instrument.fault("replug")
            until(lambda found=found: played.count(Found) == found + 1, 60)  # type: ignore[misc]
        played.instrument.act(_first(slug))
        until(lambda: bool(played.values()), 60)


def test_a_lost_port_is_told_once_however_long_it_is_away() -> None:
    events: list[LineEvent] = []
    line = Line("stand", model_of("shanghe-sh"), "/dev/there-is-no-such-port", events.append)
    line.open()
    until(lambda: bool(events), 60)
    time.sleep(1.3)
    line.close()
    assert [type(event) for event in events] == [Lost]


def test_what_was_said_before_the_port_was_opened_is_nobodys_value() -> None:
    model = model_of("shanghe-sh")
    instrument = SimulatedInstrument(model, speed=SPEED)
    instrument.start()
    instrument.act(_first("shanghe-sh"))
    time.sleep(0.3)
    events: list[LineEvent] = []
    line = Line("stand", model, instrument.port, events.append)
    line.open()
    until(lambda: bool(events), 60)
    time.sleep(0.4)
    line.close()
    instrument.stop()
    assert [type(event) for event in events] == [Found]


def test_an_instrument_behind_a_network_port_is_heard_and_found_again() -> None:
    events: list[LineEvent] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = Line(
            "stand", model_of("shanghe-sh"), f"socket://127.0.0.1:{server.getsockname()[1]}", events.append
        )
        line.open()
        for times in (1, 2):
            server.settimeout(15.0)
            peer, _ = server.accept()
            until(lambda times=times: _kinds(events).count(Found) == times, 60)  # type: ignore[misc]
            peer.sendall(b"W:065.5 H:170.5")
            until(lambda times=times: _kinds(events).count(Heard) == 2 * times, 60)  # type: ignore[misc]
            peer.close()
        line.close()
    assert _kinds(events)[:4] == [Found, Heard, Heard, Lost]


def _kinds(events: list[LineEvent]) -> list[type[LineEvent]]:
    return [type(event) for event in list(events)]


def test_a_second_line_on_the_same_port_is_refused() -> None:
    with _playing("shanghe-sh") as played:
        events: list[LineEvent] = []
        second = Line("other", played.model, played.instrument.port, events.append)
        second.open()
        until(lambda: bool(events), 60)
        time.sleep(0.3)
        second.close()
        assert [type(event) for event in events] == [Lost]


def test_closing_does_not_wait_for_the_instrument_and_nothing_is_told_behind_it() -> None:
    with _playing("pelstar-esc") as played:
        played.instrument.act(_first("pelstar-esc"))
        start = time.monotonic()
        played.line.close()
        assert time.monotonic() - start < 10
        told = len(played.events)
        time.sleep(0.2)
        assert len(played.events) == told


def test_junk_in_the_middle_of_nothing_is_told_and_the_next_value_is_true() -> None:
    with _playing("shanghe-sh") as played:
        played.instrument.fault("garbage")
        until(lambda: played.count(Refused) == 1, 60)
        played.instrument.act(_first("shanghe-sh"))
        until(lambda: len(played.values()) == 2, 60)


def test_a_silent_instrument_speaks_again_when_cleared() -> None:
    with _playing("shanghe-sh") as played:
        played.instrument.fault("silent")
        played.instrument.act(_first("shanghe-sh"))
        time.sleep(0.3)
        assert played.values() == ()
        played.instrument.fault("clear")
        played.instrument.act(_first("shanghe-sh"))
        until(lambda: len(played.values()) == 2, 60)


def test_a_fault_armed_for_the_next_act_is_met_once() -> None:
    with _playing("omron-hbp9030") as played:
        played.instrument.fault("device_error")
        played.instrument.act(_first("omron-hbp9030"))
        until(lambda: played.count(Trouble) == 1, 60)
        played.instrument.act(_first("omron-hbp9030"))
        until(lambda: len(played.values()) == 3, 60)


def test_a_driver_that_falls_over_takes_only_its_own_instrument_down(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def falling() -> Driver:
        heard: Frame | Noise = yield from hear()
        raise RuntimeError(f"a name in {heard}")

    with _playing("shanghe-sh") as played:
        played.line.close()
        events: list[LineEvent] = []
        line = Line("stand", _with_driver(played.model, falling), played.instrument.port, events.append)
        line.open()
        until(lambda: bool(events), 60)
        played.instrument.act(_first("shanghe-sh"))
        until(lambda: [type(event) for event in events] == [Found, Lost, Found], 60)
        line.close()
    assert "RuntimeError" in caplog.text
    assert "a name in" not in caplog.text


def _with_driver(model: Model, driver: Callable[[], Driver]) -> Model:
    return replace(model, speech=lambda: replace(model.speech(), driver=driver))
