"""The commands as a support engineer types them: exact shapes, and one sentence where something is wrong."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.catalogue import CATALOGUE
from devices.commands import decode, instruments, listen
from devices.errors import DeviceError
from devices.model import PortSettings, port_settings

ROOT = Path(__file__).resolve().parents[2]


def _json_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_instruments_are_listed_with_exactly_the_agreed_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert instruments(["--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["model"] for row in rows] == [model.slug for model in CATALOGUE]
    for row in rows:
        assert set(row) == {
            "model", "maker", "measures", "port", "can", "scenarios", "evidence", "source", "grade",
        }  # fmt: skip
        assert set(row["can"]) == {
            "start", "stop", "repeat", "live", "zero", "height_unaided", "says_specimen",
        }  # fmt: skip


def test_instruments_are_listed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert instruments([]) == 0
    printed = capsys.readouterr().out
    assert all(model.slug in printed for model in CATALOGUE)


def test_decoded_bytes_have_exactly_the_agreed_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capture = tmp_path / "capture.bin"
    capture.write_bytes(b"W:065.5 H:170.5\r\n")
    assert decode(["shanghe-sh", str(capture), "--json"]) == 0
    weight, height = _json_lines(capsys.readouterr().out)
    assert weight == {
        "kind": "body_weight",
        "value": "65.5",
        "unit": "kg",
        "comparator": None,
        "stable": True,
        "device_time": None,
    }
    assert height["kind"] == "body_height"


def test_refused_bytes_have_exactly_the_agreed_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capture = tmp_path / "capture.bin"
    capture.write_bytes(b"GRIP,L,21.3,peak*6E\r\n")
    assert decode(["grip-line", str(capture), "--json"]) == 0
    assert _json_lines(capsys.readouterr().out) == [{"refused": "checksum", "bytes": 19, "at": 0}]


def test_a_device_time_is_printed_without_a_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capture = tmp_path / "capture.bin"
    capture.write_bytes(b"2024,06,18,09,30,            00000123,0,128,082,072,0\r\n")
    decode(["omron-hbp9030", str(capture), "--json"])
    assert {line["device_time"] for line in _json_lines(capsys.readouterr().out)} == {"2024-06-18T09:30:00"}


def test_a_file_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(DeviceError, match=r"cannot be read .*; give another"):
        decode(["shanghe-sh", "/nowhere/at-all"])


def test_an_unknown_model_is_one_sentence_that_names_the_known_ones() -> None:
    with pytest.raises(DeviceError, match="shanghe-sh"):
        decode(["no-such-scale", "-"])


def test_decode_reads_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "decode", "shanghe-sh", "-", "--json"],
        cwd=ROOT,
        input=b"W:065.5 H:170.5",
        capture_output=True,
        check=True,
    )
    assert len(_json_lines(done.stdout.decode())) == 2


@contextmanager
def _started(*argv: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "main.py", *argv], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _line(process: subprocess.Popen[bytes], seconds: float) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    assert ready
    return process.stdout.readline().decode().strip()


def test_a_simulated_instrument_is_heard_by_listen_and_both_end_on_sigterm() -> None:
    with _started("simulate", "grip-line", "--speed", "4") as simulated:
        port = _line(simulated, 30)
        with _started("listen", "grip-line", port, "--json") as listening:
            said = json.loads(_line(listening, 30))
            assert said["unit"] == "kg"
            listening.send_signal(signal.SIGTERM)
            assert listening.wait(30) == 0
        simulated.send_signal(signal.SIGTERM)
        assert simulated.wait(30) == 0
    assert not os.path.lexists(port)


def test_an_unknown_scenario_is_one_sentence_with_exit_code_two() -> None:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "main.py", "simulate", "grip-line", "--scenario", "flood"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"has no scenario 'flood'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert time.monotonic() - start < 20


def test_speed_and_bits_that_cannot_be_are_one_sentence() -> None:
    for text in ("9600", "9600 8X1", "9601 8N1", "9600 9N1", "speed 8N1"):
        with pytest.raises(DeviceError, match="write one like '9600 8N1'"):
            listen(["sma", "/dev/there-is-no-such-port", "--line", text])


def test_speed_and_bits_are_read_as_people_write_them() -> None:
    assert port_settings("2400 7E1") == PortSettings(baud=2400, bytesize=7, parity="E")
    assert all(port_settings(str(model.port)) == model.port for model in CATALOGUE)
