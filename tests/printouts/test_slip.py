"""The slip: the sentences of page 1, every value, on 80 mm; as PDF, and as dots out of a printer."""

import io
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from health.assessment import Level
from health.quantity import printed_text
from health.words import words_of
from printouts.content import for_resident
from printouts.dots import ACROSS, slip_dots
from printouts.errors import PrintoutError
from printouts.printer import PrinterState
from printouts.report import Report, build_slip
from printouts.rows import rows
from printouts.simulated_thermal import SimulatedSerialThermal, SimulatedThermal, ThermalFault
from printouts.thermal import ThermalPrinter
from tests.printouts.cases import demo, guest, middle, old, text_of, tool, urgent

PEOPLE: dict[str, Callable[..., Report]] = {"old": old, "middle": middle, "urgent": urgent, "guest": guest}


@pytest.fixture(params=[SimulatedThermal, SimulatedSerialThermal], ids=["network", "serial"])
def machine(request: pytest.FixtureRequest) -> Iterator[SimulatedThermal]:
    made = request.param()
    yield made
    made.stop()


def client(machine: SimulatedThermal) -> ThermalPrinter:
    return ThermalPrinter(machine.url, limit_s=5.0, answer_s=0.5)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_slip_says_the_sentence_and_every_value_of_page_one(who: str, lang: str, tmp_path: Path) -> None:
    made = PEOPLE[who](lang=lang)
    read = re.sub(r"\s", "", text_of(build_slip(made), tmp_path))
    assert re.sub(r"\s", "", made.words.say(made.assessment.message)) in read
    for row in rows(made.visit, made.assessment, made.history):
        assert for_resident(made.words, row.observation).replace(" ", "") in read
        if row.finding is not None and row.finding.level > Level.NORMAL:
            assert made.words.text(row.finding.word).replace(" ", "") in read


def test_the_slip_is_one_tagged_page_of_80_mm_and_the_same_every_time(tmp_path: Path) -> None:
    file = tmp_path / "s.pdf"
    file.write_bytes(build_slip(old()))
    said = subprocess.run([tool("pdfinfo"), str(file)], check=True, capture_output=True, text=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", said)
    assert size
    assert abs(float(size[1]) / 72 * 25.4 - 80) < 0.1
    assert re.search(r"Pages:\s+1\b", said)
    assert re.search(r"Tagged:\s+yes", said)
    assert build_slip(old()) == build_slip(old())
    assert slip_dots(old()) == slip_dots(old())


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_nothing_reaches_the_edge_of_the_head(who: str, lang: str) -> None:
    image = Image.open(io.BytesIO(slip_dots(PEOPLE[who](lang=lang))))
    assert image.width == ACROSS
    assert image.mode == "1"
    right = image.crop((ACROSS - 1, 0, ACROSS, image.height)).convert("L")
    frame = sum(count for count, tone in right.getcolors() or () if tone == 0)
    # The rules and the frame of the sentence end there, no letter does.
    assert frame < image.height / 3


def test_a_telephone_reads_the_code_off_the_dots(tmp_path: Path) -> None:
    made = demo(old())
    (tmp_path / "s.png").write_bytes(slip_dots(made))
    command = [tool("zbarimg"), "-q", "--raw", str(tmp_path / "s.png")]
    read = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert read.startswith(f"{made.station.phone_page}#")


def test_what_comes_out_of_the_printer_is_the_slip_dot_for_dot(machine: SimulatedThermal) -> None:
    dots = slip_dots(old())
    assert client(machine).send(dots).printed
    (slip,) = machine.slips
    wanted = Image.open(io.BytesIO(dots))
    got = (
        Image.frombytes("1", (ACROSS, len(slip)), b"".join(slip)).convert("L").point(lambda tone: 255 - tone)
    )
    assert got.crop((0, 0, *wanted.size)).tobytes() == wanted.convert("L").tobytes()


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (ThermalFault.PAPER_OUT, PrinterState.PAPER_OUT),
        (ThermalFault.COVER_OPEN, PrinterState.DOOR),
        (ThermalFault.ERROR, PrinterState.STOPPED),
        (ThermalFault.SILENT, PrinterState.OFFLINE),
    ],
)
def test_a_faulty_printer_is_told_in_words_and_nothing_is_printed(
    machine: SimulatedThermal, fault: ThermalFault, state: PrinterState
) -> None:
    machine.fault(fault)
    assert client(machine).state() is state
    outcome = client(machine).send(slip_dots(guest()))
    assert not outcome.printed
    assert outcome.key == f"printer.{state.value}"
    assert words_of("zh_CN").has(outcome.key)
    assert machine.slips == ()
    machine.fault(None)
    assert client(machine).send(slip_dots(guest())).printed
    assert len(machine.slips) == 1


def test_a_printer_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    printer = ThermalPrinter(f"tcp://127.0.0.1:{port}", answer_s=0.5)
    assert printer.state() is PrinterState.AWAY
    assert printer.send(slip_dots(guest())).key == "printer.away"
    assert ThermalPrinter("serial:///dev/no-such-printer", answer_s=0.5).state() is PrinterState.AWAY


@pytest.mark.parametrize(
    "url", ["", "lp0", "tcp://", "usb://printer", "serial://", "serial:///dev/x?baud=fast"]
)
def test_an_address_that_is_no_slip_printer_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(PrintoutError, match=r"printer\.slip"):
        ThermalPrinter(url)


def test_a_value_off_the_scale_is_a_word_on_the_slip_too(tmp_path: Path) -> None:
    made = old({"glucose": ">33.3"})
    assert printed_text(made.visit.observations[0]) == ">33.3"
    assert "大于33.3" in re.sub(r"\s", "", text_of(build_slip(made), tmp_path))
