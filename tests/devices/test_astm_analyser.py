"""The analyser's side of LIS01: every wait and retry of the standard, against a host played by hand."""

from datetime import datetime
from decimal import Decimal

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, checksum
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.astm import analyser, message
from devices.simulators.stage import Order, Stage, Unplug

SAMPLE = InsertSample("S77", tc=Decimal("5.2"), hdl=Decimal("1.3"))


class Analyser:
    """A running analyser on a clock set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self._stage = Stage(analyser(run_seconds=100)(2.0))
        self._stage.start(0.0)
        self._stage.order(Order(SAMPLE), 0.0)

    def waits(self, seconds: float) -> list[bytes]:
        self.now += seconds
        return _bytes(self._stage.tick(self.now))

    def hears(self, data: bytes) -> list[bytes]:
        return _bytes(self._stage.receive(data, self.now))


def _bytes(said: tuple[Say | Unplug, ...]) -> list[bytes]:
    return [item.data for item in said if isinstance(item, Say)]


def test_the_run_takes_its_time_divided_by_speed() -> None:
    running = Analyser()
    assert running.waits(49.9) == []
    assert running.waits(0.2) == [ENQ]


def test_a_host_that_never_answers_hears_eot_after_fifteen_seconds_and_enq_ten_later() -> None:
    running = Analyser()
    running.waits(50)
    assert running.waits(14.9) == []
    assert running.waits(0.2) == [EOT]
    assert running.waits(9.8) == []
    assert running.waits(0.2) == [ENQ]


def test_a_busy_host_is_asked_again_after_ten_seconds() -> None:
    running = Analyser()
    running.waits(50)
    assert running.hears(NAK) == []
    assert running.waits(9.9) == []
    assert running.waits(0.2) == [ENQ]


def test_in_a_contention_the_analyser_bids_again_after_a_second() -> None:
    running = Analyser()
    running.waits(50)
    assert running.hears(ENQ) == []
    assert running.waits(1.0) == [ENQ]


def test_a_frame_refused_six_times_ends_the_message_which_is_kept() -> None:
    running = Analyser()
    running.waits(50)
    (first,) = running.hears(ACK)
    for _ in range(5):
        assert running.hears(NAK) == [first]
    assert running.hears(NAK) == [EOT]
    assert running.waits(10) == [ENQ]
    assert running.hears(ACK) == [first]


def test_frames_go_out_one_by_one_and_eot_behind_the_last() -> None:
    running = Analyser()
    running.waits(50)
    said = [running.hears(ACK)[0] for _ in range(6)]
    assert [frame[1:2] for frame in said] == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert all(checksum(frame[1:-4]) == frame[-4:-2] for frame in said)
    assert running.hears(ACK) == [EOT]


def test_the_message_names_nobody() -> None:
    records = message(SAMPLE, frozenset(), datetime.fromisoformat("2026-11-23T09:30"))
    assert records[1] == b"P|1\r"
