"""The LIS01 handshake from the host's side, and what of a message may become a result."""

import pytest

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, Block, blocks, build
from devices.drivers.astm import framer, receiver
from devices.reading import Comparator, Quantity, Reading
from devices.session import Reason, Say, Session, Tell, Told, Unread, Working

HEADER = b"H|\\^&|||LIPID-SIM|||||||P|LIS2-A2\r"
ORDER = b"P|1||K000123\rO|1|S77||^^^LIPID\r"
RESULT = b"R|1|^^^TC|5.20|mmol/L||N||F\r"
END = b"L|1|N\r"


class Host:
    """The receiver, and what it said and told, on a clock set by hand."""

    def __init__(self, encoding: str = "latin-1") -> None:
        self.now = 0.0
        self.told: list[Told] = []
        self._session = Session(receiver(encoding=encoding), framer)
        self._session.start(0.0)

    def hears(self, data: bytes) -> bytes:
        return self._took(self._session.receive(data, self.now))

    def waits(self, seconds: float) -> bytes:
        self.now += seconds
        return self._took(self._session.tick(self.now))

    def readings(self) -> list[Reading]:
        return [what for what in self.told if isinstance(what, Reading)]

    def refusals(self) -> list[Reason]:
        return [what.reason for what in self.told if isinstance(what, Unread)]

    def _took(self, steps: tuple[Say | Tell, ...]) -> bytes:
        self.told += [step.what for step in steps if isinstance(step, Tell)]
        return b"".join(step.data for step in steps if isinstance(step, Say))


def _frames(*records: bytes) -> list[bytes]:
    return [build(block) for block in blocks(records)]


def _whole(*records: bytes) -> Host:
    host = Host()
    for data in (ENQ, *_frames(*records), EOT):
        host.hears(data)
    return host


def test_every_good_frame_is_answered_by_ack_and_the_end_by_nothing() -> None:
    host = Host()
    assert host.hears(ENQ) == ACK
    for frame in _frames(HEADER, ORDER, RESULT, END):
        assert host.hears(frame) == ACK
    assert host.hears(EOT) == b""
    assert [(reading.kind, str(reading.value), reading.specimen) for reading in host.readings()] == [
        (Quantity.TOTAL_CHOLESTEROL, "5.20", "S77")
    ]


def test_nothing_is_told_before_the_last_record_and_the_eot() -> None:
    host = Host()
    for data in (ENQ, *_frames(HEADER, ORDER, RESULT, END)):
        host.hears(data)
    assert host.told == [Working("receiving")]


def test_a_message_without_its_last_record_is_discarded() -> None:
    host = _whole(HEADER, ORDER, RESULT)
    assert host.readings() == []
    assert host.refusals() == [Reason.INCOMPLETE]


def test_a_message_whose_last_frame_promised_more_is_discarded() -> None:
    host = Host()
    host.hears(ENQ)
    assert host.hears(build(Block(1, HEADER + ORDER + RESULT + END, last=False))) == ACK
    host.hears(EOT)
    assert host.readings() == []
    assert host.refusals() == [Reason.INCOMPLETE]


def test_a_wrong_checksum_is_answered_by_nak_and_the_frame_may_come_again() -> None:
    host = Host()
    host.hears(ENQ)
    for frame in _frames(HEADER, ORDER, RESULT, END):
        spoiled = frame[:-4] + (b"00" if frame[-4:-2] != b"00" else b"01") + frame[-2:]
        assert host.hears(spoiled) == NAK
        assert host.hears(frame) == ACK
    host.hears(EOT)
    assert len(host.readings()) == 1


def test_a_repeated_frame_is_acknowledged_and_counted_once() -> None:
    host = Host()
    host.hears(ENQ)
    for frame in _frames(HEADER, ORDER, RESULT, END):
        assert host.hears(frame) == ACK
        assert host.hears(frame) == ACK
    host.hears(EOT)
    assert len(host.readings()) == 1


@pytest.mark.parametrize("number", [0, 2, 3, 7])
def test_the_first_frame_has_number_one(number: int) -> None:
    host = Host()
    host.hears(ENQ)
    assert host.hears(build(Block(number, HEADER, last=True))) == NAK
    assert host.refusals() == [Reason.SEQUENCE]


def test_frame_numbers_go_on_behind_seven_with_zero() -> None:
    results = [RESULT.replace(b"R|1", b"R|%d" % place) for place in range(1, 16)]
    host = _whole(HEADER, ORDER, *results, END)
    assert len(host.readings()) == 15


def test_a_frame_left_out_is_refused() -> None:
    host = Host()
    host.hears(ENQ)
    frames = _frames(HEADER, ORDER, RESULT, END)
    assert host.hears(frames[0]) == ACK
    assert host.hears(frames[2]) == NAK


def test_thirty_seconds_of_silence_discard_the_message() -> None:
    host = Host()
    host.hears(ENQ)
    frames = _frames(HEADER, ORDER, RESULT, END)
    for frame in frames[:3]:
        host.hears(frame)
    host.waits(29.9)
    assert host.refusals() == []
    host.waits(0.2)
    assert host.refusals() == [Reason.INCOMPLETE]
    assert host.hears(frames[3]) == b""
    assert host.hears(EOT) == b""
    assert host.readings() == []


def test_noise_does_not_put_the_thirty_seconds_off() -> None:
    host = Host()
    host.hears(ENQ)
    host.hears(_frames(HEADER)[0])
    for _ in range(31):
        host.waits(1)
        host.hears(b"\xff\xff\r\n")
    assert Reason.INCOMPLETE in host.refusals()


def test_an_instrument_that_begins_again_is_heard_from_the_beginning() -> None:
    host = Host()
    frames = _frames(HEADER, ORDER, RESULT, END)
    for data in (ENQ, *frames[:3], ENQ, *frames, EOT):
        host.hears(data)
    assert len(host.readings()) == 1


def test_a_frame_without_enq_gets_no_answer() -> None:
    host = Host()
    assert host.hears(_frames(HEADER)[0]) == b""
    assert host.refusals() == [Reason.SEQUENCE]


@pytest.mark.parametrize("size", [1, 7, 240])
def test_a_message_split_by_etb_says_the_same(size: int) -> None:
    host = Host()
    host.hears(ENQ)
    for block in blocks((HEADER + ORDER, RESULT, END), size):
        assert host.hears(build(block)) == ACK
    host.hears(EOT)
    assert [str(reading.value) for reading in host.readings()] == ["5.20"]


def test_a_frame_of_the_largest_size_is_taken() -> None:
    host = Host()
    host.hears(ENQ)
    text = HEADER + ORDER + RESULT + b"C|1|I|" + b"x" * 63_000 + b"|G\r" + END
    assert host.hears(build(Block(1, text, last=True))) == ACK
    host.hears(EOT)
    assert len(host.readings()) == 1


def test_a_capture_without_line_ends_behind_the_frames_is_read() -> None:
    host = Host()
    host.hears(ENQ + b"".join(frame[:-2] for frame in _frames(HEADER, ORDER, RESULT, END)) + EOT)
    assert len(host.readings()) == 1


@pytest.mark.parametrize(
    ("record", "value", "comparator"),
    [
        (b"R|1|^^^TC|<2.59|mmol/L||||F\r", "2.59", Comparator.BELOW),
        (b"R|1|^^^TC|> 12.9|mmol/L||||F\r", "12.9", Comparator.ABOVE),
        (b"R|1|^^^TC|2.59|mmol/L||<||F\r", "2.59", Comparator.BELOW),
        (b"R|1|^^^TC|12.9|mmol/L||>\\A||F\r", "12.9", Comparator.ABOVE),
        (b"R|1|^^^CHOL|201|mg/dL||H||F\r", "201", None),
        (b"r|1|^^^chol|5.2|mmol/l||H||f\r", "5.2", None),
    ],
)
def test_off_scale_keeps_its_sign_and_units_are_read(
    record: bytes, value: str, comparator: Comparator | None
) -> None:
    (reading,) = _whole(HEADER, ORDER, record, END).readings()
    assert (str(reading.value), reading.comparator) == (value, comparator)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (b"R|1|^^^TC|5.20|mmol/L||N||P\r", Reason.NOT_FINAL),
        (b"R|1|^^^TC|5.20|mmol/L||N||X\r", Reason.NOT_FINAL),
        (b"R|1|^^^TC|5.20|mmol/L||N\r", Reason.NOT_FINAL),
        (b"R|1|^^^XYZ9|5.20|mmol/L||N||F\r", Reason.UNKNOWN_CODE),
        (b"R|1|^^^TC|N/A|mmol/L||N||F\r", Reason.NO_VALUE),
        (b"R|1|^^^TC|----|mmol/L||N||F\r", Reason.NO_VALUE),
        (b"R|1|^^^TC||mmol/L||N||F\r", Reason.NO_VALUE),
        (b"R|1|^^^TC|-5.2|mmol/L||N||F\r", Reason.NO_VALUE),
        (b"R|1|^^^TC|<5.2|mmol/L||>||F\r", Reason.NO_VALUE),
        (b"R|1|^^^TC|52.0|mmol/L||N||F\r", Reason.RANGE),
        (b"R|1|^^^TC|5.2E-3|mmol/L||N||F\r", Reason.RANGE),
        (b"R|1|^^^TC|5.20|mg/dL||N||F\r", Reason.RANGE),
        (b"R|1|^^^TC|5.20|||N||F\r", Reason.UNIT),
        (b"R|1|^^^TC|5.20|g/L||N||F\r", Reason.UNIT),
        (b"R|1|^^^TC|5.20|mmol/L||N||F||||20240230\r", Reason.DATE),
    ],
)
def test_what_is_no_result_is_refused_with_its_reason(record: bytes, reason: Reason) -> None:
    host = _whole(HEADER, ORDER, record, END)
    assert host.readings() == []
    assert host.refusals() == [reason]


@pytest.mark.parametrize("processing", [b"Q", b"T", b"D", b""])
def test_only_production_messages_are_a_persons(processing: bytes) -> None:
    host = _whole(HEADER.replace(b"|P|", b"|" + processing + b"|"), ORDER, RESULT, END)
    assert host.readings() == []
    assert host.refusals() == [Reason.NOT_PATIENT]


def test_a_control_sample_among_persons_is_nobodys_result() -> None:
    control = b"O|2|QC1||^^^LIPID|||||||Q\r"
    host = _whole(HEADER, ORDER, RESULT, control, RESULT, END)
    assert len(host.readings()) == 1
    assert host.refusals() == [Reason.NOT_PATIENT]


@pytest.mark.parametrize("end", [b"L|1|T\r", b"L|1|E\r"])
def test_a_message_the_sender_gave_up_is_no_result(end: bytes) -> None:
    assert _whole(HEADER, ORDER, RESULT, end).refusals() == [Reason.ABORTED]


def test_the_header_names_the_delimiters() -> None:
    swapped = [record.replace(b"|", b"!") for record in (ORDER, RESULT, END)]
    host = _whole(b"H!`@#!!!LIPID!!!!!!!P\r", *[record.replace(b"^", b"@") for record in swapped])
    assert [str(reading.value) for reading in host.readings()] == ["5.20"]


def test_the_patient_number_stands_in_for_a_missing_specimen_and_no_name_is_kept() -> None:
    named = b"P|1||K000123|||ZHANG^SAN||19400101|F\rO|1|||^^^LIPID\r"
    (reading,) = _whole(HEADER, named, RESULT, END).readings()
    assert reading.specimen == "K000123"
    assert b"ZHANG" not in reading.frame


def test_a_result_carries_the_instruments_own_time() -> None:
    timed = b"R|1|^^^TC|5.20|mmol/L||N||F|||20240618092500|20240618093000+0800\r"
    (reading,) = _whole(HEADER, ORDER, timed, END).readings()
    assert reading.device_time is not None
    assert reading.device_time.isoformat() == "2024-06-18T09:30:00"
