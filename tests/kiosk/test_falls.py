"""When the kiosk falls or hangs: nobody's things stay on the screen, nothing is lost, and it comes back."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.falls import FELL, LATELY_S, OFTEN, Falls, where
from kiosk.lifeline import ADDRESS, BEAT_S, Lifeline
from kiosk.stationtime import boot_id
from tests.house.tree import ROOT
from tests.kiosk.child_fall import WORDS

pytestmark = pytest.mark.long

LONGEST_S = 120.0


class Child:
    """The kiosk as a service manager sees it: what it prints and what it says on the lifeline."""

    def __init__(self, data: Path, mode: str, home: Path) -> None:
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(f"\0kangyi-{uuid4().hex}")
        address = "@" + self.line.getsockname().decode().lstrip("\0")
        self.errors = home / f"{mode}-{uuid4().hex}.err"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.kiosk.child_fall", str(data), mode],
                cwd=ROOT,
                env={**os.environ, ADDRESS: address},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.strip())

    def until_said(self, words: str) -> None:
        end = time.monotonic() + LONGEST_S
        while words not in self.said:
            assert time.monotonic() < end, (words, self.said, self.errors.read_text())
            time.sleep(0.02)

    def hears(self, seconds: float) -> bytes | None:
        """The next word on the lifeline, None where there is none for so long."""
        self.line.settimeout(seconds)
        try:
            return self.line.recv(100)
        except TimeoutError:
            return None

    def silent(self) -> None:
        """Hear what was said before until nothing comes any more."""
        end = time.monotonic() + LONGEST_S
        while self.hears(4 * BEAT_S) is not None:
            assert time.monotonic() < end, "it still says that it lives"

    def ended(self) -> int:
        return self.process.wait(LONGEST_S)


@contextmanager
def child(data: Path, mode: str, home: Path) -> Iterator[Child]:
    one = Child(data, mode, home)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()
        one.line.close()
        if one.process.stdout is not None:
            one.process.stdout.close()


def test_an_error_in_a_frame_covers_the_screen_tells_no_secret_and_ends_to_be_started_anew(
    tmp_path: Path,
) -> None:
    with child(tmp_path / "data", "raise", tmp_path) as first:
        first.until_said("board 1")
        assert first.ended() == FELL
        assert "step idle" not in first.said[first.said.index("raise") :]
        told = first.errors.read_text()
        assert "ValueError at tests/kiosk/child_fall.py" in told
        assert "Traceback" not in told
        assert not any(part in told + "".join(first.said) for part in WORDS.split())
    with child(tmp_path / "data", "look", tmp_path) as second:
        second.until_said("step idle")
        assert next(line for line in second.said if not line.startswith("waiting")) == "board 1"
        assert "waiting 0" not in second.said, "what she had measured is on its way"
        second.process.terminate()
        assert second.ended() == 0
    assert Falls(tmp_path / "data" / "demo", boot_id()).begin(time.monotonic()) == 0


def test_a_window_that_hangs_falls_silent_is_ended_and_comes_back_with_the_board(tmp_path: Path) -> None:
    with child(tmp_path / "data", "hang", tmp_path) as first:
        assert first.hears(LONGEST_S) == b"READY=1"
        assert first.hears(LONGEST_S) == b"WATCHDOG=1"
        first.until_said("hang")
        first.silent()
        first.process.send_signal(signal.SIGABRT)
        assert first.ended() == -signal.SIGABRT
    with child(tmp_path / "data", "look", tmp_path) as second:
        second.until_said("board 1")
        second.until_said("step idle")
        assert "waiting 0" not in second.said
        assert second.hears(LONGEST_S) == b"READY=1"
        second.process.terminate()
        while (word := second.hears(LONGEST_S)) == b"WATCHDOG=1":
            pass
        assert word == b"STOPPING=1"


def test_without_a_service_manager_nothing_is_said() -> None:
    quiet = Lifeline({})
    quiet.alive()
    assert not quiet.watched


def test_a_service_manager_that_went_away_is_no_trouble(tmp_path: Path) -> None:
    line = Lifeline({ADDRESS: str(tmp_path / "nobody")})
    assert line.watched
    line.alive()
    assert not line.watched


def test_falls_are_counted_for_ten_minutes_of_one_boot(tmp_path: Path) -> None:
    boot = uuid4()
    assert Falls(tmp_path, boot).begin(0.0) == 0
    counted = [Falls(tmp_path, boot).begin(60.0 * number) for number in range(1, OFTEN + 1)]
    assert counted == list(range(1, OFTEN + 1))
    assert Falls(tmp_path, boot).begin(60.0 * OFTEN + LATELY_S) == 1
    assert Falls(tmp_path, uuid4()).begin(0.0) == 0, "a power cut is no fall"


def test_a_good_end_is_no_fall_and_a_broken_mark_no_trouble(tmp_path: Path) -> None:
    boot = uuid4()
    kiosk = Falls(tmp_path, boot)
    kiosk.begin(0.0)
    kiosk.end()
    assert Falls(tmp_path, boot).begin(1.0) == 0
    (tmp_path / "at-work.json").write_bytes(b"{")
    assert Falls(tmp_path, boot).begin(2.0) == 0
    Falls(tmp_path / "gone", boot).begin(3.0)


def test_where_it_fell_is_told_and_nothing_it_says() -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        raise ValueError("a secret")
    told = where(caught.value)
    assert told.startswith("ValueError at tests/kiosk/test_falls.py:")
    assert "secret" not in told
