"""Lines over pseudo-terminals: real bytes, real ports, the plug pulled at any time."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from devices.catalogue import model_of
from devices.events import CardHeard, Found, Heard, LineEvent, Lost, Refused, Trouble
from devices.framing import Frame, Framer, Noise
from devices.line import Line
from devices.model import Model
from devices.reading import Reading
from devices.session import Body, Driver, Start, hear
from devices.simulators.acts import Act
from devices.simulators.bench import SimulatedInstrument
from devices.simulators.samples import samples
from tests.devices.promises import PROMISES

SPEED = 50.0
RECONNECT_SECONDS = 2.0
BODY = Body(male=False, age=86, height=Decimal("152.4"))
SLOW = {
    ("astm-lis", "cut_frame"),
    ("astm-lis", "unplug"),
    ("astm-lis", "silent"),
    ("and-tm2655", "cut_frame"),
}
"""A protocol's time-outs against an instrument fifty times too fast: played on a jumping clock in memory."""

SPOKEN_WHILE_AWAY = {("grip-line", "unplug"), ("and-tm2655", "unplug")}
"""A plug pulled for a second takes with it whatever an instrument says in that second."""

AT_ONCE = 80
"""Scenarios played together: each has some ten files open, and ``select`` counts to 1024."""

EVERY = [(slug, name) for slug, promised in PROMISES.items() for name in promised if (slug, name) not in SLOW]


def _until(true: Callable[[], bool], seconds: float) -> float:
    """Waits until it is true; how long that took. Fails after ``seconds``."""
    start = time.monotonic()
    while not true():
        if time.monotonic() - start > seconds:
            pytest.fail(f"not within {seconds} s")
        time.sleep(0.005)
    return time.monotonic() - start


class Played:
    """One simulated instrument on a pty with a line that listens to it."""

    def __init__(self, slug: str, scenario: str = "default") -> None:
        self.model = model_of(slug)
        self.events: list[LineEvent] = []
        self.instrument = SimulatedInstrument(self.model, scenario, SPEED)
        self.line = Line(slug, self.model, self.instrument.port, self.events.append)
        self.instrument.start()
        self.line.open()

    def close(self) -> None:
        self.line.close()
        self.instrument.stop()

    def count(self, kind: type[LineEvent]) -> int:
        return sum(isinstance(event, kind) for event in list(self.events))

    def values(self) -> tuple[str, ...]:
        said = []
        for event in list(self.events):
            if isinstance(event, CardHeard):
                said.append("card")
            if isinstance(event, Heard) and event.reading.stable is not False:
                said.append(_value(event.reading))
        return tuple(said)

    def refusals(self) -> frozenset[str]:
        reasons = [event.reason for event in list(self.events) if isinstance(event, Refused)]
        return frozenset(
            [*reasons, *(event.code for event in list(self.events) if isinstance(event, Trouble))]
        )


def _value(reading: Reading) -> str:
    sign = "" if reading.comparator is None else reading.comparator.value
    return f"{reading.kind} {sign}{reading.value} {reading.unit}"


@contextmanager
def _playing(slug: str, scenario: str = "default") -> Iterator[Played]:
    played = Played(slug, scenario)
    try:
        _until(lambda: played.count(Found) == 1, 5)
        yield played
    finally:
        played.close()


def _expected(slug: str, scenario: str) -> tuple[str, ...]:
    return () if (slug, scenario) in SPOKEN_WHILE_AWAY else PROMISES[slug][scenario].values


def _first(slug: str) -> Act:
    return samples(model_of(slug).role)[0][0]


def _ordered(played: Played, key: tuple[str, str], place: int) -> None:
    slug, scenario = key
    if place == 0 and played.model.can.start and PROMISES[slug][scenario].ordered:
        assert played.line.order(Start(BODY))


@pytest.fixture(scope="module")
def stages() -> dict[tuple[str, str], Played]:
    """Many scenarios at once, so that their waiting is waited for together."""
    played: dict[tuple[str, str], Played] = {}
    for start in range(0, len(EVERY), AT_ONCE):
        played |= _round(EVERY[start : start + AT_ONCE])
    return played


def _round(keys: list[tuple[str, str]]) -> dict[tuple[str, str], Played]:
    """These scenarios, played and closed; a busy machine gets more time."""
    played = {key: Played(*key) for key in keys}
    try:
        _until(lambda: all(one.count(Found) for one in played.values()), 10)
        for pause, place in ((3.6, 0), (6.8, 1)):
            for key, one in played.items():
                acts = samples(one.model.role)
                if place < len(acts):
                    one.instrument.act(acts[place][0])
                    _ordered(one, key, place)
            time.sleep(pause)
        patience = time.monotonic() + 15
        while time.monotonic() < patience and any(
            len(one.values()) < len(_expected(*key)) for key, one in played.items()
        ):
            time.sleep(0.1)
    finally:
        with ThreadPoolExecutor(16) as closing:
            list(closing.map(Played.close, played.values()))
    return played


@pytest.mark.parametrize(("slug", "scenario"), EVERY)
def test_a_scenario_over_a_port_gives_what_it_promises(
    stages: dict[tuple[str, str], Played], slug: str, scenario: str
) -> None:
    played = stages[slug, scenario]
    assert played.values() == _expected(slug, scenario)
    if scenario == "unplug":
        assert [type(event) for event in played.events if isinstance(event, Found | Lost)][:3] == [
            Found,
            Lost,
            Found,
        ]
    else:
        assert played.refusals() == PROMISES[slug][scenario].refused
        assert played.count(Lost) == 0


@pytest.mark.parametrize("slug", ["shanghe-sh", "sam-idcard"])
def test_a_port_that_comes_back_is_open_again_within_two_seconds(slug: str) -> None:
    with _playing(slug) as played:
        for away in (0.0, 1.2):
            found = played.count(Found)
            played.instrument.fault("unplug")
            lost = played.count(Lost) + 1
            _until(lambda lost=lost: played.count(Lost) == lost, 2)  # type: ignore[misc]
            time.sleep(away)
            played.instrument.fault("replug")
            took = _until(lambda found=found: played.count(Found) == found + 1, 4)  # type: ignore[misc]
            assert took <= RECONNECT_SECONDS
        played.instrument.act(_first(slug))
        _until(lambda: bool(played.values()), 5)


def test_a_lost_port_is_told_once_however_long_it_is_away() -> None:
    events: list[LineEvent] = []
    line = Line("stand", model_of("shanghe-sh"), "/dev/there-is-no-such-port", events.append)
    line.open()
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
            server.settimeout(RECONNECT_SECONDS)
            peer, _ = server.accept()
            _until(lambda times=times: _kinds(events).count(Found) == times, 2)  # type: ignore[misc]
            peer.sendall(b"W:065.5 H:170.5")
            _until(lambda times=times: _kinds(events).count(Heard) == 2 * times, 2)  # type: ignore[misc]
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
        time.sleep(0.3)
        second.close()
        assert [type(event) for event in events] == [Lost]


def test_closing_takes_less_than_half_a_second_and_nothing_is_told_behind_it() -> None:
    with _playing("pelstar-esc") as played:
        played.instrument.act(_first("pelstar-esc"))
        start = time.monotonic()
        played.line.close()
        assert time.monotonic() - start < 0.5
        told = len(played.events)
        time.sleep(0.2)
        assert len(played.events) == told


def test_junk_in_the_middle_of_nothing_is_told_and_the_next_value_is_true() -> None:
    with _playing("shanghe-sh") as played:
        played.instrument.fault("garbage")
        _until(lambda: played.count(Refused) == 1, 3)
        played.instrument.act(_first("shanghe-sh"))
        _until(lambda: len(played.values()) == 2, 3)


def test_a_silent_instrument_speaks_again_when_cleared() -> None:
    with _playing("shanghe-sh") as played:
        played.instrument.fault("silent")
        played.instrument.act(_first("shanghe-sh"))
        time.sleep(0.3)
        assert played.values() == ()
        played.instrument.fault("clear")
        played.instrument.act(_first("shanghe-sh"))
        _until(lambda: len(played.values()) == 2, 3)


def test_a_fault_armed_for_the_next_act_is_met_once() -> None:
    with _playing("omron-hbp9030") as played:
        played.instrument.fault("device_error")
        played.instrument.act(_first("omron-hbp9030"))
        _until(lambda: played.count(Trouble) == 1, 3)
        played.instrument.act(_first("omron-hbp9030"))
        _until(lambda: len(played.values()) == 3, 3)


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
        _until(lambda: bool(events), 2)
        played.instrument.act(_first("shanghe-sh"))
        _until(lambda: [type(event) for event in events] == [Found, Lost, Found], 4)
        line.close()
    assert "RuntimeError" in caplog.text
    assert "a name in" not in caplog.text


def _with_driver(model: Model, driver: Callable[[], Driver]) -> Model:
    framer: Callable[[], Framer] = model.framer
    return replace(model, driver=driver, framer=framer)
