"""The month: a real station whose clinic is away keeps visits; then the clinic is back and takes them.

The screen is touched all the while (start, back, and the view each time; nothing is drawn), so that what the
desk and the courier do beside it can be seen in how soon a touch is answered. Then once more over a copy of
the same ledger with the window and a finger, until each tap is painted.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from clinic.demo import open_demo
from clinic.intake import take_in_all
from health.assess import assess
from health.casefile import read_case
from health.ids import new_id
from health.record import Record
from health.rulebook import load_rulebook
from health.visit import Consent
from kiosk.demo_clinic import DemoClinic
from kiosk.flow.steps import Choice
from kiosk.jobs import Count, KeepSealed
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.settings import DEMO, read_settings
from tests.kiosk.ports import quiet_port

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "samples" / "visit.json"
BOOK = load_rulebook()
DESK_S = 120.0
TOGETHER = 50
PICTURE_S = 1 / 60
_BEGUN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Month:
    """What came of it, in seconds; ``calm`` and ``busy`` are the sorted answers to touches.

    ``painted`` are the same two of a finger until its key stands painted as pressed.
    """

    kept: int
    there: int
    drained: float
    direct: float
    calm: list[float]
    busy: list[float]
    painted: tuple[list[float], list[float]]


def month(place: Path, visits: int, longest_s: float) -> Month:
    """Keep so many ``visits`` without a clinic, then let it come back. Raises ``SystemExit``."""
    port = quiet_port()
    with closing(DemoClinic(place / "clinic", port)) as first:
        url = first.told.url
        with opened(read_settings(DEMO), place / "station", 20.0, url):
            pass
    for other in ("beside", "with-window"):
        shutil.copytree(place / "clinic", place / other)
    with opened(read_settings(DEMO), place / "station", 20.0, url) as running:
        _fill(running.station, visits)
    shutil.copytree(place / "station", place / "window")
    with opened(read_settings(DEMO), place / "station", 20.0, url) as running:
        station = running.station
        calm = _touch(station, _for_seconds(3.0))
        with closing(DemoClinic(place / "clinic", port)):
            if station.courier is None:
                raise SystemExit("The station has no courier; there is no figure.")
            station.courier.wake()
            begun = time.monotonic()
            busy = _touch(station, lambda: _waiting(station) == 0, longest_s)
            drained = time.monotonic() - begun
    bodies = _bodies(place / "clinic" / "clinic.db")
    painted = _painted(place, port, url)
    return Month(visits, len(bodies), drained, _directly(place / "beside", bodies), calm, busy, painted)


def _painted(place: Path, port: int, url: str) -> tuple[list[float], list[float]]:
    """Sorted seconds until a tap is painted, calm and while the same visits drain."""
    command = [sys.executable, "-m", "benchmarks.offline.drawn", str(place / "window"), url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        calm = _told(child, "calm")["calm"]
        with closing(DemoClinic(place / "with-window", port)):
            if child.stdin is not None:
                child.stdin.write("The clinic is back.\n")
                child.stdin.flush()
            told = _told(child, "busy")
    if told["waiting"]:
        raise SystemExit(f"{told['waiting']} envelopes still wait behind the window; there is no figure.")
    return sorted(one / 1000 for one in calm), sorted(one / 1000 for one in told["busy"])


def _told(child: "subprocess.Popen[str]", name: str) -> dict[str, Any]:
    for line in child.stdout or ():
        if line.startswith("{") and name in (told := json.loads(line)):
            return dict(told)
    raise SystemExit("The window ended before its time; there is no figure.")


def _fill(station: RunningStation, visits: int) -> None:
    for record in _records(visits):
        station.desk.submit(KeepSealed(record, shares=True)).result(DESK_S)


def _records(visits: int) -> Iterator[Record]:
    case = read_case(SAMPLE.read_text(encoding="utf-8"))
    for number in range(visits):
        begun = _BEGUN + timedelta(minutes=9 * number)
        one = replace(
            case.visit, id=new_id(), opened_at=begun, closed_at=begun + timedelta(minutes=8),
            on=begun.date(), consent=Consent.SHARE, demo=True,
            resident=replace(case.visit.resident, identity=f"9999991940{number:08}"),
        )  # fmt: skip
        place = replace(case.station, id="demo-station", tenant="demo", demo=True)
        yield Record(one, assess(one, case.history, BOOK, one.on), (), place, "zh_CN", "0.1")


def _touch(station: RunningStation, done: Callable[[], bool], longest_s: float = 60.0) -> list[float]:
    """Touch the screen every picture until ``done``; the seconds of each answer, sorted."""
    taken: list[float] = []
    end = time.monotonic() + longest_s
    look_at = 0.0
    while True:
        for choice in (Choice.START, Choice.BACK):
            begun = time.perf_counter()
            station.choose(choice)
            station.tick()
            station.view()
            taken.append(time.perf_counter() - begun)
            time.sleep(PICTURE_S)
        if time.monotonic() > look_at:
            look_at = time.monotonic() + 0.1
            if done():
                return sorted(taken)
        if time.monotonic() > end:
            raise SystemExit(f"{_waiting(station)} envelopes still wait; there is no figure.")


def _for_seconds(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _waiting(station: RunningStation) -> int:
    return station.desk.submit(Count()).result(DESK_S).counts.waiting


def _bodies(file: Path) -> list[bytes]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        found = db.execute("SELECT raw FROM envelope WHERE kind = 'visit' ORDER BY sequence")
        return [raw for (raw,) in found]


def _directly(data: Path, bodies: Sequence[bytes]) -> float:
    """Seconds in which the clinic's own code takes in the same envelopes, without HTTP."""
    clinic, _ = open_demo(data, "http://127.0.0.1")
    begun = time.monotonic()
    for at in range(0, len(bodies), TOGETHER):
        receipts = take_in_all(clinic, bodies[at : at + TOGETHER])
        if {one.status for one in receipts} != {201}:
            raise SystemExit("The clinic beside does not take the same envelopes; there is no figure.")
    took = time.monotonic() - begun
    clinic.store.close()
    return took
