"""A long queue is sent while the station is killed again and again and its clock jumps: it arrives once."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import UUID

from clinic.store.store import FILE as CLINIC_FILE
from kiosk.store.ledger import FILE
from tests.house.tree import ROOT
from tests.kiosk.station import record
from tests.kiosk.switched_link import SwitchedLink, switched_link
from tests.kiosk.test_to_the_clinic import Joined, _demo, real_clinic

VISITS = 160
CLOCKS = ("1970", "1", "-1")
"""How the clock stands at each start that is cut short; the last start has the right one."""


def _start(folder: Path, link: SwitchedLink, clock: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.kiosk.child_drain", str(folder), link.url, clock]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _visit_of(child: subprocess.Popen[str]) -> UUID:
    assert child.stdout is not None
    return UUID(child.stdout.readline().strip())


def _asked(file: Path, question: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return [row[0] for row in database.execute(question)]


def test_killed_between_the_clinics_commit_and_its_own_and_with_a_clock_that_jumps_nothing_is_lost_or_twice(
    tmp_path: Path,
) -> None:
    station, clinic = tmp_path / "station", tmp_path / "clinic"
    with real_clinic(clinic) as url, switched_link(url) as link:
        joined = Joined(station, url)
        kept = [_demo(record()) for _ in range(VISITS)]
        for one in kept:
            joined.keep(one)
        joined.close()
        ids = {one.visit.id for one in kept}
        for clock in CLOCKS:
            link.held.clear()
            link.hold_after = 2
            with _start(station, link, clock) as child:
                ids.add(_visit_of(child))
                assert link.held.wait(120)
                child.kill()
        link.hold_after = None
        with _start(station, link, "0") as child:
            ids.add(_visit_of(child))
            assert child.stdout is not None
            assert child.stdout.readline() == "drained\n"
            assert child.wait(60) == 0
    there = _asked(clinic / CLINIC_FILE, "SELECT visit FROM envelope WHERE kind = 'visit'")
    assert sorted(map(UUID, there)) == sorted(ids)
    assert {UUID(one) for one in _asked(clinic / CLINIC_FILE, "SELECT id FROM visit")} == ids
    assert _asked(station / FILE, "SELECT state FROM envelope WHERE state = 'waiting'") == []
    assert len(ids) == VISITS + len(CLOCKS) + 1
