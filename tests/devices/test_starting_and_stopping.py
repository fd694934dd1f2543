"""What the house asks of an instrument: at once or not at all, and a stop before everything else."""

import time
from collections.abc import Iterator

import pytest

from devices.catalogue import CATALOGUE, model_of
from devices.codecs import tm2655
from devices.codecs.cuff import Cuff
from devices.events import Found, Heard, LineEvent, Progress
from devices.framing import Frame
from devices.line import Line
from devices.session import Complaint, Start, Working, Zero
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.bench import SimulatedInstrument
from devices.simulators.samples import samples
from tests.devices.corpus import known_frames
from tests.devices.pair import Pair
from tests.devices.promises import refusals_of, values_of

CUFF = model_of("and-tm2655")
ARM = samples(CUFF.role)[0][0]


def test_start_and_stop_are_the_bytes_of_both_drivers_and_their_checksums_hold() -> None:
    for frame in (tm2655.START, tm2655.STOP):
        assert tm2655.checksum(frame[2:-1]) == frame[-1]
    assert tm2655.START.hex(" ") == "16 16 01 30 30 02 53 54 03 07"


def test_what_can_be_stopped_has_bytes_to_stop_it_and_nothing_else_has() -> None:
    assert [bool(model.stop_with) for model in CATALOGUE] == [model.can.stop for model in CATALOGUE]


def test_a_start_is_said_once_answered_and_told_as_work() -> None:
    pair = Pair(CUFF)
    pair.act(ARM)
    pair.run(10)
    assert pair.host == []
    pair.order(Start())
    assert pair.host == [tm2655.START]
    assert pair.whats() == (Working("measuring"),)
    pair.run(60)
    assert len(values_of(pair.whats())) == 3


def test_a_start_that_nobody_answers_is_told_in_two_seconds_and_never_said_again() -> None:
    pair = Pair(CUFF, "silent")
    pair.act(ARM)
    pair.order(Start())
    pair.run(600)
    assert pair.told == [(2.0, Complaint("no_answer", 0, 0))]
    assert pair.host == [tm2655.START]


def test_a_second_start_before_the_first_is_answered_is_refused() -> None:
    pair = Pair(CUFF, "silent")
    pair.act(ARM)
    pair.order(Start())
    pair.order(Start())
    assert pair.whats() == (Complaint("not_now", 0, 0),)
    assert pair.host == [tm2655.START]


@pytest.mark.parametrize("seconds", [0, 1, 20, 34])
def test_a_stop_ends_the_measurement_and_no_result_comes(seconds: float) -> None:
    pair = Pair(CUFF)
    pair.act(ARM)
    pair.order(Start())
    pair.run(seconds)
    pair.stop()
    pair.run(120)
    assert values_of(pair.whats()) == ()
    assert refusals_of(pair.whats()) == frozenset()


def test_a_model_that_only_speaks_refuses_a_start() -> None:
    pair = Pair(model_of("terumo"))
    pair.order(Start())
    assert pair.whats() == (Complaint("not_now", 0, 0),)
    assert pair.host == []


@pytest.mark.parametrize(("slug", "command"), [("sma", b"\nZ\r"), ("mt-sics", b"Z\r\n")])
def test_an_empty_scale_is_zeroed_and_one_with_somebody_on_it_is_not(slug: str, command: bytes) -> None:
    step_on, step_off = (act for act, _ in samples(model_of(slug).role))
    assert isinstance(step_on, StepOn)
    assert isinstance(step_off, StepOff)
    pair = Pair(model_of(slug))
    pair.act(step_on)
    pair.run(5)
    pair.order(Zero())
    pair.run(5)
    assert command not in pair.host
    assert refusals_of(pair.whats()) == {"not_now"}
    pair.act(step_off)
    pair.run(5)
    pair.order(Zero())
    pair.run(5)
    assert pair.host.count(command) == 1


SPEED = 20.0
"""A measurement lasts nearly two seconds: on a busy machine too it is stopped before it is over."""
LONGEST_S = 2.2
"""After so long a measurement that was not stopped has told its values."""


@pytest.fixture
def cuff() -> Iterator[tuple[SimulatedInstrument, Line, list[LineEvent]]]:
    events: list[LineEvent] = []
    instrument = SimulatedInstrument(CUFF, speed=SPEED)
    line = Line("cuff", CUFF, instrument.port, events.append)
    instrument.start()
    try:
        yield instrument, line, events
    finally:
        line.close()
        instrument.stop()


def _wait_for(events: list[LineEvent], kind: type[LineEvent], count: int) -> None:
    until = time.monotonic() + 30
    while _count(events, kind) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def _count(events: list[LineEvent], kind: type[LineEvent]) -> int:
    return sum(isinstance(event, kind) for event in list(events))


def test_over_a_port_a_start_measures_and_a_stop_leaves_nothing(
    cuff: tuple[SimulatedInstrument, Line, list[LineEvent]],
) -> None:
    instrument, line, events = cuff
    assert not line.order(Start())
    assert not line.stop()
    line.open()
    _wait_for(events, Found, 1)
    instrument.act(ARM)
    assert line.order(Start())
    _wait_for(events, Heard, 3)
    instrument.act(ARM)
    assert line.order(Start())
    _wait_for(events, Progress, 2)
    assert line.stop()
    time.sleep(LONGEST_S)
    assert _count(events, Heard) == 3


def test_a_start_that_waits_behind_a_stop_never_goes_out(
    cuff: tuple[SimulatedInstrument, Line, list[LineEvent]],
) -> None:
    instrument, line, events = cuff
    line.open()
    _wait_for(events, Found, 1)
    instrument.act(ARM)
    for _ in range(20):
        line.order(Start())
        line.stop()
    time.sleep(LONGEST_S)
    assert not any(isinstance(event, Heard) for event in events)


def test_a_line_whose_model_cannot_be_stopped_says_so() -> None:
    assert not Line("stand", model_of("sma"), "/dev/there-is-no-such-port", lambda _event: None).stop()


def test_the_built_result_is_the_published_layout_byte_for_byte() -> None:
    (known,) = (one for one in known_frames() if one.name == "a result and the byte behind it")
    cuff = tm2655.parse(Frame(known.data[:-1], 0))
    assert isinstance(cuff, Cuff)
    assert tm2655.build(cuff) == known.data
    assert len(known.data) == 73
