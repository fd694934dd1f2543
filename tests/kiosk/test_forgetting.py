"""After goodbye nothing of her is in the kiosk's memory: not her name, not her number, in no encoding."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from devices.reading import Card
from devices.simulators.acts import LayCard, TakeCard
from printouts.ipp import Attribute, Message, Operation, Tag, from_bytes, to_bytes
from tests.clinic.running import clinic_at
from tests.house.tree import ROOT
from tests.kiosk.child_forgetting import GO_ON
from tests.kiosk.test_a_real_station import as_toml, instruments, join, settings_for

pytestmark = pytest.mark.long

NAME = "甪㛃兲"
NUMBER = "110101194003021224"
PHONE = "13912345678"
SAID = "139 1234 5678"
"""As a screen shows it."""
LONGEST_S = 120.0
PIECE = 1 << 24
UNIT = ROOT / "deploy" / "kangyi-kiosk.service"


def wiped() -> dict[str, str]:
    """The environment that the unit gives the kiosk: what is given back to memory is overwritten."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    (said,) = (line.removeprefix("Environment=") for line in lines if line.startswith("Environment="))
    return dict(pair.split("=", 1) for pair in said.split())


def written(text: str) -> dict[str, bytes]:
    """``text`` in every way the program, its libraries and the wire write it."""
    return {code: text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")}


def found_in(process: int) -> list[str]:
    """What of her is in the memory of ``process``, by encoding."""
    needles = {
        f"{what} {code}": raw for what in (NAME, NUMBER, PHONE, SAID) for code, raw in written(what).items()
    }
    seen: set[str] = set()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for low, high in writable(process):
            held = whole(cast("BinaryIO", memory), low, high)
            seen |= {about for about, raw in needles.items() if raw in held}
    return sorted(seen)


def whole(memory: BinaryIO, low: int, high: int) -> bytes:
    """All of one part; the system hands out a large one in pieces, and keeps some for itself."""
    pieces = []
    while low < high:
        try:
            memory.seek(low)
            piece = memory.read(min(PIECE, high - low))
        except (OSError, OverflowError):
            break
        if not piece:
            break
        pieces.append(piece)
        low += len(piece)
    return b"".join(pieces)


def writable(process: int) -> Iterator[tuple[int, int]]:
    """The parts of its memory a program writes."""
    for line in Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines():
        span, rights, *_ = line.split()
        if rights.startswith("rw"):
            low, high = span.split("-")
            yield int(low, 16), int(high, 16)


def can_look() -> bool:
    try:
        with Path("/proc/self/mem").open("rb"):
            return Path(f"/proc/{os.getppid()}/mem").exists()
    except OSError:
        return False


def test_nothing_of_her_is_in_memory_once_she_went(tmp_path: Path) -> None:
    if not can_look():
        pytest.skip("needs /proc/PID/mem")
    with (
        clinic_at(tmp_path / "clinic") as running,
        instruments() as made,
        willing_printer() as (ipp, printed),
    ):
        join(running, tmp_path / "station")
        file = tmp_path / "station.toml"
        settings = as_toml(settings_for(made))
        file.write_text(f"{settings}\n[printer]\nipp = '{ipp}'\n", encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.kiosk.child_forgetting", str(tmp_path / "station"), str(file)],
            cwd=ROOT,
            env={**os.environ, **wiped()},
            stdout=subprocess.PIPE,
            text=True,
        )
        said: list[str] = []
        assert child.stdout is not None
        lines = child.stdout
        listening = threading.Thread(target=lambda: said.extend(map(str.strip, lines)), daemon=True)
        try:
            listening.start()
            wait_for(lambda: "identify" in said, said)
            made["reader"].act(LayCard(Card(NAME, "female", date(1940, 3, 2), NUMBER)))
            wait_for(lambda: "consent" in said, said)
            wait_for(lambda: bool(found_in(child.pid)), said)  # while she is there, she is
            (tmp_path / "station" / GO_ON).write_text(PHONE, encoding="ascii")
            made["reader"].act(TakeCard())
            wait_for(lambda: said[-1:] == ["idle"], said)
            assert {"telephone_check", "paper"} <= set(said)
            assert len(printed) == 1
            wait_for(lambda: not found_in(child.pid), said)
        finally:
            child.kill()
            child.wait()
            listening.join(LONGEST_S)
            lines.close()


@contextmanager
def willing_printer() -> Iterator[tuple[str, list[int]]]:
    """A printer that is ready and prints at once: its address, and how many bytes each sheet had."""
    sheets: list[int] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = from_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            if asked.code == Operation.PRINT_JOB:
                sheets.append(len(asked.document))
            facts = {"job-id": (Tag.INTEGER, 7), "job-state": (Tag.ENUM, 9), "printer-state": (Tag.ENUM, 3)}
            told = tuple(Attribute(Tag.PRINTER, tag, name, (fact,)) for name, (tag, fact) in facts.items())
            body = to_bytes(Message(0, asked.number, told))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is said of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"ipp://127.0.0.1:{server.server_port}/ipp/print", sheets
    finally:
        server.shutdown()
        server.server_close()
        thread.join(LONGEST_S)


def wait_for(done: Callable[[], bool], said: list[str]) -> None:
    end = time.monotonic() + LONGEST_S
    while not done():
        assert time.monotonic() < end, said
        time.sleep(0.2)
