"""What a command cannot follow: one sentence on standard error, exit code 2, and what was there stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from tests.house.tree import ROOT

DAY = '{"on": "2026-11-23"'

FILES = {
    "binary": bytes(range(128, 256)) * 3,
    "empty": b"",
    "cut": b"{\n",
    "text": b"just words\n",
    "deep.json": b"[" * 100_000,
    "deep.toml": b"a = " + b"[" * 5_000,
    "long.toml": b"a = " + b"1" * 5_000,
    "zone.toml": b'instrument = []\nstation = {id = "a", name = "A", zone = "Mars/Base"}\n',
    "later.json": (DAY + ', "history": [{"on": "2026-11-24"}]}').encode(),
    "half.json": (DAY + ', "station": "\\ud800"}').encode(),
    "lang.json": (DAY + ', "lang": "fr"}').encode(),
    "visit.json": (DAY + "}").encode(),
}
NO_SETTINGS = ("zone.toml", "nowhere", "folder", "binary", "empty", "text", "deep.toml", "long.toml")
NO_VISITS = ("nowhere", "folder", "binary", "empty", "cut", "text", "deep.json", "half.json", "later.json")
NO_ADDRESSES = ("foo", "ftp://clinic.example", "http://", "http://h:99999", "http://h:x", "http://a b", "")
NO_NUMBERS = ("x", "", "0", "1_0", "nan", "inf", "-1", "1e2", "１０", "99999")

WRONG: dict[str, list[tuple[str, ...]]] = {
    "instruments": [
        ("--dance",),
    ],
    "kiosk": [
        *(("--settings", name) for name in NO_SETTINGS),
        *(("--speed", speed) for speed in NO_NUMBERS),
        *(("--clinic", clinic) for clinic in NO_ADDRESSES),
        ("--dance",),
        ("staff",),
        ("staff", "dance"),
        ("staff", "list", "--settings", "nowhere"),
        ("staff", "list", "--data", "text"),
        ("staff", "open", "nobody", "--data", "fresh"),
        ("staff", "add", "li-na", "--name", "Li", "--role", "nurse", "--stdin", "--data", "fresh"),
        ("staff", "add", "li-na", "--name", "Li", "--role", "chief", "--stdin", "--data", "fresh"),
    ],
    "visit": [
        *(("--settings", name) for name in NO_SETTINGS),
        *(("--speed", speed) for speed in NO_NUMBERS),
        *(("--clinic", clinic) for clinic in NO_ADDRESSES),
        ("--data", "text"),
        ("--data", "text/below"),
        ("--data", "/proc/nowhere"),
        ("--data", "n" * 300),
        ("--lang", "fr"),
        ("--persona", "nobody"),
        ("--protocol", "slow"),
        ("--speed",),
        ("more",),
    ],
    "enrol": [
        (),
        *((address,) for address in NO_ADDRESSES),
        ("http://127.0.0.1:9", "--data", "text"),
        ("http://127.0.0.1:9", "--settings", "binary"),
    ],
    "doctor": [
        *(("--settings", name) for name in NO_SETTINGS),
        ("--data", "text"),
        ("--data", "n" * 300),
    ],
    "screens": [
        (),
        ("text",),
        ("text/below",),
        ("/proc/nowhere",),
        ("pictures", "--lang", "fr"),
        ("pictures", "--screen", "nowhere"),
        ("pictures", "--theme", "pink"),
    ],
    "clinic": [
        *(("--settings", name) for name in NO_SETTINGS),
        *(("--demo", "--port", port) for port in ("x", "-1", "65536", "99999", "1_0", "８０", "")),
        ("--demo", "--data", "text"),
        ("--demo", "--data", "/proc/nowhere"),
        ("--data", "nowhere"),
        ("--data", "text"),
        ("dance",),
        ("init", "--data", "text"),
        ("init", "--data", "/proc/nowhere"),
        ("init", "--data", "n" * 300),
        ("restore",),
        *(("restore", name, "--data", "back") for name in ("nowhere", "folder", "binary", "empty", "text")),
        ("backup", "copy", "--data", "nowhere"),
        ("stations", "fly"),
        ("stations", "--data", "text"),
        ("token", "nobody", "--data", "nowhere"),
    ],
    "simulate": [("nothing",), ("shanghe-sh", "--speed", "nan")],
    "listen": [
        ("nothing", "nowhere"),
        ("grip-line", "text"),
        ("grip-line", "folder"),
        ("grip-line", "text/below"),
        ("grip-line", "foo://port"),
    ],
    "decode": [(), ("nothing", "text"), ("grip-line", "nowhere"), ("grip-line", "folder")],
    "assess": [
        (),
        *((name,) for name in NO_VISITS),
        ("lang.json",),
        ("visit.json", "--edition", "nothing"),
        ("visit.json", "--edition", "blood_pressure/nothing"),
    ],
    "report": [
        (),
        ("visit.json",),
        ("visit.json", "-o", "sheet.pdf", "--dance"),
        *((name, "-o", "sheet.pdf") for name in NO_VISITS),
        ("lang.json", "-o", "sheet.pdf"),
        ("visit.json", "-o", "nowhere/sheet.pdf"),
        ("visit.json", "-o", "text/sheet.pdf"),
    ],
    "dance": [()],
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with every kind of file that is none of what was asked for."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _kept(place: Path) -> bool:
    return all((place / name).read_bytes() == content for name, content in FILES.items())


@pytest.mark.parametrize("command", WRONG)
def test_what_cannot_be_followed_is_told_in_one_sentence_and_nothing_is_lost(
    command: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in WRONG[command]:
        code = main.main([command, *words])
        out, said = capsys.readouterr()
        assert (code, out, said.count("\n")) == (2, "", 1), (words, out, said)
        assert not any(leak in said for leak in ("Traceback", "usage:", "[Errno", "invalid _")), said
        assert _kept(place), words


NAMED = [
    ("visit --speed x", "--speed: give a number from 1 to 1000"),
    ("clinic --port 99999", "--port: give a whole number from 0 to 65535"),
    ("visit --lang fr", "zh_CN, en"),
    ("visit --clinic foo", "'foo'"),
    ("enrol foo", "'foo'"),
    ("visit --settings zone.toml", "no time zone 'Mars/Base'"),
    ("doctor --settings binary", "binary is not UTF-8"),
    ("doctor --settings folder", "folder is a folder"),
    ("doctor --data text", "text is no folder"),
    ("assess cut", "Line 1 ends"),
    ("assess folder", "folder is a folder"),
    ("assess later.json", "history holds a visit later"),
    ("clinic restore text --data back", "text is no copy of a clinic"),
    ("clinic init --data text", "text is a file where a folder is needed"),
    ("clinic stations --data text", "text is a file"),
    ("listen grip-line folder", "folder is a file or a folder"),
]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("line", "told"), NAMED)
def test_the_sentence_names_what_is_wrong(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(line.split()) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("value", ["1_0", " 5 ", "５.１", "+5", "-5", "1e2", "NaN", "", ".5", "5."])
def test_a_number_between_quotes_is_digits_and_a_point(
    value: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = DAY + f', "observations": {{"body_weight": {{"value": "{value}", "unit": "kg"}}}}}}'
    (place / "case.json").write_text(case, encoding="utf-8")
    assert main.main(["assess", "case.json", "--json"]) == 2
    out, said = capsys.readouterr()
    assert (out, said.count("\n")) == ("", 1)
    assert "digits and a point" in said


def test_a_clinic_that_is_there_refuses_in_one_sentence_too(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["clinic", "init", "--data", "clinic"]) == 0
    capsys.readouterr()
    key = (place / "clinic/keys/working.key").read_bytes()
    for words in ("init", "stations approve", "stations revoke nobody", "token nobody", "backup text"):
        assert main.main(["clinic", *words.split(), "--data", "clinic"]) == 2
        out, said = capsys.readouterr()
        assert (out, said.count("\n")) == ("", 1)
    assert _kept(place)
    assert (place / "clinic/keys/working.key").read_bytes() == key


def test_a_process_of_its_own_says_the_same(place: Path) -> None:
    # In its own process: this command takes the signals of the program it runs in.
    command = [sys.executable, str(ROOT / "main.py"), "simulate", "grip-line", "--scenario", "nothing"]
    done = subprocess.run(command, cwd=place, env=os.environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no scenario 'nothing'" in done.stderr


def test_a_port_that_may_still_come_is_waited_for_and_said(place: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "listen", "grip-line", "nowhere"]
    with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, text=True) as listening:
        assert listening.stderr
        try:
            assert listening.stderr.readline() == "grip-line: the port is away; waiting for it.\n"
            assert listening.poll() is None
        finally:
            listening.terminate()
