"""The command line: one way in, nothing imported before it is asked for, trouble told in one sentence."""

import os
import subprocess
import sys

import pytest

import main
from health.errors import HealthError
from tests.house.tree import ROOT

COMMANDS = [
    "kiosk",
    "visit",
    "enrol",
    "doctor",
    "screens",
    "clinic",
    "instruments",
    "simulate",
    "listen",
    "decode",
    "assess",
    "report",
]


def _python(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_under_its_own_name(name: str) -> None:
    assert main.command_of(name).__name__ == name
    assert f"{name} " in main.USAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = _python("main.py", name, "--help", KIVY_NO_CONSOLELOG="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage:" in done.stdout


def test_an_unknown_command_is_answered_in_one_sentence() -> None:
    done = _python("main.py", "dance")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no command 'dance'; python main.py --help lists them.\n"


def test_trouble_is_one_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def troubled(argv: object) -> int:
        raise HealthError("Nothing can be assessed without a date; add one.")

    monkeypatch.setattr(main, "command_of", lambda name: troubled)
    assert main.main(["assess"]) == 2
    assert capsys.readouterr().err == "Nothing can be assessed without a date; add one.\n"


def test_the_keyboard_stops_a_command_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(argv: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "command_of", lambda name: stopped)
    assert main.main(["listen"]) == 130
    assert capsys.readouterr().err == "Stopped from the keyboard.\n"


def test_a_reader_who_has_enough_is_no_trouble() -> None:
    command = [sys.executable, "main.py", "--help"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stderr
        writer.stdout.close()
        assert writer.stderr.read() == b""


@pytest.mark.parametrize("name", ["instruments", "decode", "assess"])
def test_a_command_without_a_window_never_waits_for_the_window_library(name: str) -> None:
    done = _python("-X", "importtime", "main.py", name, "--help")
    assert done.returncode == 0
    assert not [
        line for line in done.stderr.splitlines() if line.rpartition("|")[2].strip() in {"kivy", "sqlalchemy"}
    ]
