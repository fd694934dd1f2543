"""A capture says again exactly what was heard, and never who it was."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.spoken import Conversation
from devices.capture import CaptureError, Recorder, read
from devices.catalogue import CATALOGUE, model_of
from devices.commands import decode as decode_command
from devices.commands import listen
from devices.decode import decode
from devices.events import Found, Lost
from devices.session import Session
from devices.simulators.acts import StepOn
from devices.simulators.bench import SimulatedInstrument
from devices.simulators.samples import samples
from devices.wire import Wire
from tests.devices.corpus import lines
from tests.devices.played import until

ROOT = Path(__file__).resolve().parents[2]
EVERY = [
    (model.slug, name)
    for model in CATALOGUE
    for name in model.scenarios
    if not model.reads_identity and name != "unplug"
]


@pytest.mark.parametrize(("slug", "scenario"), EVERY)
def test_a_capture_of_every_scenario_says_again_what_was_told(
    slug: str, scenario: str, tmp_path: Path
) -> None:
    model, path = model_of(slug), tmp_path / "capture.txt"
    recorder = Recorder(model, path)
    recorder.note(Found(slug, 0.0))
    session = Session(model.driver, model.framer, Wire(model.blank, keep=recorder.note))
    session.start(0.0)
    wire = Conversation(model, session)
    wire.play(samples(model.role)[0][0], scenario, ordered=False)
    recorder.close(wire.now)
    assert lines(decode(model, path.read_bytes())) == lines(tuple(wire.told))


def test_time_that_passed_is_part_of_a_capture_as_it_is_not_of_bare_bytes(tmp_path: Path) -> None:
    """The same packet again behind a pause is a recalled weight; in one run of bytes it is a repeat."""
    model, path = model_of("pelstar-esc"), tmp_path / "capture.txt"
    recorder = Recorder(model, path)
    recorder.note(Found("scale", 0.0))
    session = Session(model.driver, model.framer, Wire(model.blank, keep=recorder.note))
    session.start(0.0)
    packet = b"\x1bR\x1bI0000000000\x1bW65.5\x1bH0.0\x1bB0.0\x1bT0.0\x1bNm\x1bE"
    for at in (1.0, 2.0, 9.0):
        session.tick(at)
        session.receive(packet, at)
    session.tick(12.0)
    recorder.close(13.0)
    assert len(lines(decode(model, path.read_bytes()))) == 2
    assert len(lines(decode(model, packet * 3))) == 1


def test_a_lost_port_begins_the_conversation_anew(tmp_path: Path) -> None:
    model, path = model_of("sma"), tmp_path / "capture.txt"
    recorder = Recorder(model, path)
    frame = b"\n 1G       65.50kg \r"
    for start in (0.0, 10.0):
        recorder.note(Found("scale", start))
        wire = Wire(keep=recorder.note)
        session = Session(model.driver, model.framer, wire)
        session.start(start)
        session.receive(frame, start + 1)
        recorder.note(Lost("scale", start + 2))
    recorder.close(15.0)
    assert lines(decode(model, path.read_bytes())) == ("body_weight 65.50 kg (stable)",) * 2


@pytest.mark.parametrize("slug", [model.slug for model in CATALOGUE if model.reads_identity])
def test_of_a_reader_of_identities_no_capture_is_made(slug: str, tmp_path: Path) -> None:
    path = tmp_path / "capture.txt"
    with pytest.raises(CaptureError, match="no capture is made"):
        listen([slug, "/dev/there-is-no-such-port", "--capture", str(path)])
    assert not path.exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "capture.txt"
    path.write_text("mine")
    with pytest.raises(CaptureError, match="cannot be made"):
        Recorder(model_of("sma"), path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kangyi-capture 9 sma\n", "version '9' is not known"),
        ("kangyi-capture 1 shanghe-sh\n", "a capture of 'shanghe-sh'"),
        ("kangyi-capture 1 sma\n0.000000 open\n1.000000 < 0a zz\n", "Line 3"),
        ("kangyi-capture 1 sma\n2.000000 open\n1.000000 < 0a\n", "Line 3"),
        ("kangyi-capture 1 sma\n1.0 open\n", "Line 2"),
    ],
)
def test_a_capture_that_cannot_be_read_is_one_sentence(text: str, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        read(model_of("sma"), text.encode("ascii"))


def test_a_capture_that_was_cut_off_is_read_to_its_last_line() -> None:
    text = (
        b"kangyi-capture 1 shanghe-sh\nport 9600 8N1\n0.000000 open\n1.000000 < "
        + b"W:065.5 H:170.5".hex(" ").encode()
    )
    assert len(decode(model_of("shanghe-sh"), text)) == 2


def test_what_listen_captured_decodes_to_what_listen_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "capture.txt"
    model = model_of("pelstar-esc")
    instrument = SimulatedInstrument(model, "recall", speed=50.0)
    instrument.start()
    listening = subprocess.Popen(
        [
            sys.executable,
            "main.py",
            "listen",
            "pelstar-esc",
            instrument.port,
            "--json",
            "--capture",
            str(path),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: path.exists() and b"open" in path.read_bytes(), 30)
        step_on = samples(model.role)[0][0]
        assert isinstance(step_on, StepOn)
        instrument.act(step_on)
        until(lambda: b" < " in path.read_bytes(), 30)
        instrument.act(samples(model.role)[1][0])
        until(lambda: path.read_bytes().count(b" < ") >= 2, 30)
        listening.send_signal(signal.SIGTERM)
        said, _ = listening.communicate(timeout=15)
    finally:
        listening.kill()
        listening.communicate()
        instrument.stop()
    assert decode_command(["pelstar-esc", str(path), "--json"]) == 0
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in again:
        line.pop("at", None)
    assert again == [json.loads(line) for line in said.decode().splitlines()]
    assert again[0]["value"] == "51.3"
