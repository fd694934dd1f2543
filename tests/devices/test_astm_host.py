"""The host's side of LIS01 with something to say: bids, waits, retries, and the instrument's first right."""

import pytest

from devices.catalogue import model_of
from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, Block, blocks, build, checksum
from devices.codecs.astm_orders import no_information, order, ordered, queried, query
from devices.reading import Reading
from devices.session import Announce, Complaint, Say, Session, Start, Tell, Working
from devices.simulators.samples import samples
from tests.devices.pair import Pair

TICKET = Announce("K24061800017", ("TC", "HDL"))
RESULT = (
    b"H|\\^&|||SIM|||||||P|LIS2-A2\r",
    b"P|1\r",
    b"O|1|S1||^^^TC\r",
    b"R|1|^^^TC|5.20|mmol/L||N||F\r",
    b"L|1|N\r",
)


class Host:
    """The driver on a clock set by hand, against an analyser played by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[object] = []
        model = model_of("astm-lis")
        self._session = Session(model.driver, model.framer)
        self._take(self._session.start(0.0))

    def announce(self, said: Announce = TICKET) -> list[bytes]:
        return self._take(self._session.command(said, self.now)) + self.waits(0)

    def hears(self, data: bytes) -> list[bytes]:
        return self._take(self._session.receive(data, self.now)) + self.waits(0)

    def waits(self, seconds: float) -> list[bytes]:
        until, said = self.now + seconds, []
        while (due := self._session.deadline) is not None and due <= until:
            self.now = max(self.now, due)
            said += self._take(self._session.tick(self.now))
        self.now = until
        return said

    def gets(self, records: tuple[bytes, ...]) -> None:
        """One message from the analyser."""
        assert self.hears(ENQ) == [ACK]
        for block in blocks(records):
            assert self.hears(build(block)) == [ACK]

    def sends(self) -> bytes:
        """Behind its ENQ: the text of one whole message, every frame taken."""
        text, said = b"", self.hears(ACK)
        while said[0] != EOT:
            (frame,) = said
            assert checksum(frame[1:-4]) == frame[-4:-2]
            text += frame[2:-5]
            said = self.hears(ACK)
        return text

    def _take(self, steps: tuple[Say | Tell, ...]) -> list[bytes]:
        self.told += [step.what for step in steps if isinstance(step, Tell)]
        return [step.data for step in steps if isinstance(step, Say)]


def test_an_announced_specimen_goes_out_as_an_order_that_names_nobody() -> None:
    host = Host()
    assert host.announce() == [ENQ]
    text = host.sends()
    assert ordered(text) == ("K24061800017", ("TC", "HDL"))
    assert b"\rP|1\r" in text
    assert host.told == [Working("announced")]


def test_frames_are_numbered_from_one_and_wait_for_their_answers() -> None:
    host = Host()
    host.announce()
    frames = [host.hears(ACK) for _ in range(4)]
    assert [frame[0][1:2] for frame in frames] == [b"1", b"2", b"3", b"4"]
    assert host.hears(ACK) == [EOT]


def test_a_busy_analyser_is_asked_again_after_ten_seconds() -> None:
    host = Host()
    host.announce()
    assert host.hears(NAK) == []
    assert host.waits(9.9) == []
    assert host.waits(0.2) == [ENQ]


def test_in_a_contention_the_analyser_speaks_first_and_the_order_follows() -> None:
    host = Host()
    host.announce()
    assert host.hears(ENQ) == []
    assert host.waits(1.0) == []
    host.gets(RESULT)
    assert host.hears(EOT) == [ENQ]
    assert ordered(host.sends()) == ("K24061800017", ("TC", "HDL"))
    assert [str(what.value) for what in host.told if isinstance(what, Reading)] == ["5.20"]


def test_an_analyser_that_bid_and_fell_silent_is_waited_for_twenty_seconds() -> None:
    host = Host()
    host.announce()
    host.hears(ENQ)
    assert host.waits(19.9) == []
    assert host.waits(0.2) == [ENQ]


def test_a_bid_that_nobody_answers_ends_after_fifteen_seconds_and_is_told() -> None:
    host = Host()
    host.announce()
    assert host.waits(14.9) == []
    assert host.waits(0.2) == [EOT]
    assert host.told == [Complaint("no_answer", 0, 0)]
    assert host.waits(100) == []


def test_a_frame_refused_six_times_ends_the_message() -> None:
    host = Host()
    host.announce()
    (first,) = host.hears(ACK)
    for _ in range(5):
        assert host.hears(NAK) == [first]
    assert host.hears(NAK) == [EOT]
    assert host.told == [Complaint("no_answer", 0, 0)]


def test_noise_does_not_put_the_fifteen_seconds_off() -> None:
    host = Host()
    host.announce()
    host.hears(ACK)
    for _ in range(7):
        host.waits(2.0)
        host.hears(b"\xff\xfe")
    assert host.waits(1.1) == [EOT]


def test_an_analyser_that_asks_for_the_line_in_mid_message_gets_it() -> None:
    host = Host()
    host.announce()
    host.hears(ACK)
    assert host.hears(EOT) == [EOT]
    host.gets(RESULT)
    assert host.hears(EOT) == [ENQ]
    assert ordered(host.sends()) is not None


def test_a_query_for_an_announced_specimen_is_answered_with_its_tests() -> None:
    host = Host()
    host.announce()
    host.sends()
    host.gets(query("K24061800017"))
    assert host.hears(EOT) == [ENQ]
    text = host.sends()
    assert ordered(text) == ("K24061800017", ("TC", "HDL"))
    assert text.endswith(b"L|1|F\r")


def test_a_query_for_any_other_specimen_is_answered_with_no_information() -> None:
    host = Host()
    host.gets(query("STRANGER"))
    assert host.hears(EOT) == [ENQ]
    assert host.sends() == b"".join(no_information())


def test_old_announcements_are_forgotten_in_their_order() -> None:
    host = Host()
    for number in range(102):
        host.announce(Announce(f"S{number}", ("TC",)))
        host.sends()
    for specimen, known in (("S1", False), ("S2", True)):
        host.gets(query(specimen))
        host.hears(EOT)
        assert (ordered(host.sends()) is not None) is known


@pytest.mark.parametrize("specimen", ["", "A|B", "A^B", "A\rL|1|N", "\x04", "张", "x" * 33])
def test_a_ticket_that_would_break_the_message_never_reaches_the_wire(specimen: str) -> None:
    host = Host()
    assert host.announce(Announce(specimen, ("TC",))) == []
    assert host.announce(Announce("K1", (specimen,))) == []
    assert host.announce(Announce("K1", ())) == []
    assert host.told == [Complaint("bad_ticket", 0, 0)] * 3


def test_an_analyser_that_is_never_ready_fills_no_memory() -> None:
    host = Host()
    for number in range(150):
        host.announce(Announce(f"S{number}", ("TC",)))
        host.hears(NAK)
    host.waits(10)
    assert ordered(host.sends()) == ("S50", ("TC",))


def test_what_an_analyser_cannot_do_is_refused() -> None:
    model = model_of("astm-lis")
    session = Session(model.driver, model.framer)
    session.start(0.0)
    assert session.command(Start(), 0.0) == (Tell(Complaint("not_now", 0, 0)),)


def test_a_specimen_that_was_announced_is_run_for_its_tests_alone() -> None:
    pair = Pair(model_of("astm-lis"))
    pair.order(Announce("DEMO-0001", ("TC", "HDL")))
    pair.run(1.0)
    pair.act(samples(model_of("astm-lis").role)[0][0])
    pair.run(130)
    kinds = [what.kind.value for what in pair.whats() if isinstance(what, Reading)]
    assert kinds == ["total_cholesterol", "hdl"]


def test_an_analyser_takes_an_order_while_it_runs() -> None:
    pair = Pair(model_of("astm-lis"))
    pair.act(samples(model_of("astm-lis").role)[0][0])
    pair.run(20)
    pair.order(Announce("DEMO-0001", ("LDL",)))
    pair.run(200)
    assert Working("announced") in pair.whats()
    assert [what.kind.value for what in pair.whats() if isinstance(what, Reading)] == ["ldl"]


@pytest.mark.parametrize("status", [b"F", b"C", b"V"])
def test_final_corrected_and_verified_results_count(status: bytes) -> None:
    host = Host()
    host.gets(tuple(record.replace(b"||F\r", b"||" + status + b"\r") for record in RESULT))
    host.hears(EOT)
    assert any(isinstance(what, Reading) for what in host.told)


def test_a_full_frame_has_247_bytes() -> None:
    long = Block(1, b"C" * 240, last=False)
    assert len(build(long)) == 247
    assert max(len(build(block)) for block in blocks(order("K1", ("TC",) * 90))) == 247


def test_a_query_is_read_and_nothing_else_is_one() -> None:
    assert queried(b"".join(query("S1")), "latin-1") == ("S1",)
    assert queried(b"".join(order("S1", ("TC",))), "latin-1") == ()
    assert queried(b"no records", "latin-1") == ()
