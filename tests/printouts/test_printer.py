"""The printer: every fault has its word, every sheet an end, and none comes out for the next person."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.words import words_of
from printouts import ipp
from printouts.errors import PrintoutError
from printouts.ipp import Attribute, Message, Tag
from printouts.printer import FolderPrinter, Printer, PrinterState
from printouts.printer_fault import Fault
from printouts.simulated_printer import SimulatedPrinter

PDF = b"%PDF-1.4 one sheet"
SHORT = 0.3


def quick(_: float) -> None:
    time.sleep(0.01)


@pytest.fixture
def machine() -> Iterator[SimulatedPrinter]:
    made = SimulatedPrinter()
    made.start()
    yield made
    made.stop()


def client(machine: SimulatedPrinter, limit_s: float = 5.0) -> Printer:
    return Printer(machine.url, limit_s=limit_s, answer_s=1.0, pause=quick)


def test_a_sheet_arrives_byte_for_byte(machine: SimulatedPrinter) -> None:
    outcome = client(machine).send(PDF)
    assert outcome.printed
    assert machine.sheets == (PDF,)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (None, PrinterState.READY),
        (Fault.PAPER_OUT, PrinterState.PAPER_OUT),
        (Fault.JAM, PrinterState.JAM),
        (Fault.DOOR, PrinterState.DOOR),
        (Fault.TONER_OUT, PrinterState.TONER_OUT),
        (Fault.OFFLINE, PrinterState.OFFLINE),
    ],
)
def test_every_fault_is_told_by_its_name(
    machine: SimulatedPrinter, fault: Fault | None, state: PrinterState
) -> None:
    machine.fault(fault)
    assert client(machine).state() is state


WORDS = {
    Fault.PAPER_OUT: "打印机没有纸了，请放纸。",
    Fault.JAM: "打印机卡纸了，请取出来。",
    Fault.DOOR: "打印机的盖子开着，请盖好。",
    Fault.TONER_OUT: "打印机没有墨了，请换上。",
    Fault.OFFLINE: "打印机没有开，请打开它。",
    Fault.SLOW: "单子还没有打出来，请看打印机。",
    Fault.BREAKS_OFF: "单子没有打完，请找工作人员。",
}


@pytest.mark.parametrize("fault", list(Fault))
def test_the_person_reads_of_every_fault_what_to_do(machine: SimulatedPrinter, fault: Fault) -> None:
    machine.fault(fault)
    outcome = client(machine, SHORT).send(PDF)
    assert not outcome.printed
    assert words_of("zh_CN").text(outcome.key) == WORDS[fault]
    assert len(words_of("en").text(outcome.key)) > 20


def while_waiting(machine: SimulatedPrinter, *faults: Fault | None, limit_s: float) -> Printer:
    """A client at whose every look the next of ``faults`` happens."""
    coming = iter(faults)

    def pause(_: float) -> None:
        machine.fault(next(coming, faults[-1]))
        time.sleep(0.01)

    return Printer(machine.url, limit_s=limit_s, answer_s=1.0, pause=pause)


def test_a_printer_that_vanishes_and_comes_back_brings_the_sheet(machine: SimulatedPrinter) -> None:
    machine.fault(Fault.SLOW)
    outcome = while_waiting(machine, Fault.OFFLINE, Fault.OFFLINE, None, limit_s=30.0).send(PDF)
    assert outcome.printed
    assert machine.sheets == (PDF,)


def test_the_sheet_of_somebody_who_has_gone_does_not_come_out_when_the_printer_is_back(
    machine: SimulatedPrinter,
) -> None:
    machine.fault(Fault.SLOW)
    printer = while_waiting(machine, Fault.OFFLINE, limit_s=SHORT)
    assert printer.send(PDF).key == "printer.offline"
    machine.fault(Fault.SLOW)
    assert printer.state() is PrinterState.READY
    machine.fault(None)
    assert machine.sheets == ()


@pytest.mark.parametrize("fault", [one for one in Fault if one is not Fault.OFFLINE])
def test_a_sheet_that_does_not_come_is_cancelled_and_never_comes_later(
    machine: SimulatedPrinter, fault: Fault
) -> None:
    machine.fault(fault)
    outcome = client(machine, SHORT).send(PDF)
    assert not outcome.printed
    machine.fault(None)
    assert machine.sheets == ()


def test_paper_put_in_while_waiting_brings_the_sheet(machine: SimulatedPrinter) -> None:
    machine.fault(Fault.PAPER_OUT)
    refill = threading.Timer(0.15, machine.fault, [None])
    refill.start()
    outcome = client(machine).send(PDF)
    refill.join()
    assert outcome.printed
    assert machine.sheets == (PDF,)


def test_a_printer_that_is_off_is_told_apart_from_one_that_is_not_there() -> None:
    machine = SimulatedPrinter()
    machine.start()
    url = machine.url
    machine.stop()
    assert Printer(url, answer_s=0.5).state() is PrinterState.OFFLINE
    outcome = Printer(url, answer_s=0.5).send(PDF)
    assert not outcome.printed
    assert outcome.key == "printer.offline"


def test_both_sides_are_asked_for_only_where_the_printer_can() -> None:
    machine = SimulatedPrinter(both_sides=False)
    machine.start()
    assert client(machine).send(PDF).printed
    machine.stop()


def test_every_outcome_has_its_sentence_in_every_language() -> None:
    keys = {f"printer.{state.value}" for state in PrinterState}
    keys |= {"printer.printed", "printer.refused", "printer.broken_off", "printer.slow", "printer.in_folder"}
    for language in ("zh_CN", "en"):
        assert keys <= words_of(language).keys()


def test_an_address_that_is_no_printer_is_refused_with_what_to_do() -> None:
    with pytest.raises(PrintoutError, match=r"printer\.url"):
        Printer("usb:/dev/lp0")


def test_paper_as_a_file_is_whole_and_named_by_nothing_personal(tmp_path: Path) -> None:
    paper = FolderPrinter(tmp_path / "paper")
    assert paper.state() is PrinterState.READY
    assert paper.send(PDF).printed
    assert paper.path_of(PDF).read_bytes() == PDF
    assert len(list((tmp_path / "paper").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    outcome = FolderPrinter(blocked / "paper").send(PDF)
    assert not outcome.printed
    assert outcome.state is PrinterState.AWAY


NAMES = st.text("abcdefgh-", min_size=1, max_size=12)
ATTRIBUTES = st.one_of(
    st.builds(
        Attribute,
        st.just(Tag.OPERATION),
        st.just(int(Tag.INTEGER)),
        NAMES,
        st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(
        Attribute,
        st.just(Tag.OPERATION),
        st.just(int(Tag.KEYWORD)),
        NAMES,
        st.lists(st.text(max_size=10), min_size=1, max_size=3).map(tuple),
    ),
)


@given(st.integers(0, 0xFFFF), st.lists(ATTRIBUTES, max_size=5).map(tuple), st.binary(max_size=20))
def test_a_message_survives_the_wire(code: int, attributes: tuple[Attribute, ...], document: bytes) -> None:
    message = Message(code, 7, attributes, document)
    assert ipp.from_bytes(ipp.to_bytes(message)) == message


@given(st.binary(max_size=60))
def test_noise_is_refused_as_no_printer(raw: bytes) -> None:
    with suppress(PrintoutError):
        assert ipp.from_bytes(raw).number >= 0
