"""A dangerous value while the clinic is away: somebody comes at once, and the clinic hears of it first."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from clinic.store.store import FILE as CLINIC_FILE
from devices.reading import Quantity
from health.assessment import Level
from health.envelope import Kind
from health.record import Record, read
from health.visit import CallOutcome
from kiosk.calling.calls import AGAIN_S, Reason
from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import KeepSealed
from kiosk.opening import opened
from kiosk.store.ledger import FILE
from kiosk.store.rows import LANES
from tests.kiosk.calling_place import place
from tests.kiosk.deskroom import CHEN, visit_of
from tests.kiosk.switched_link import switched_link
from tests.kiosk.test_to_the_clinic import real_clinic
from tests.kiosk.walk import SPEED, settings_with, until

LEFT_ALONE_S = 600.0
"""Seconds without a touch after which every screen of a visit is put away."""


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_S", 0.02)
    monkeypatch.setattr(patience, "CAP_S", 0.1)
    monkeypatch.setattr(courier_module, "LOOK_S", 0.1)


def _asked(file: Path, question: str) -> list[tuple[object, ...]]:
    """What stands on the disk, seen by another connection."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def _waits_on_disk(station: Path, kind: Kind) -> list[str]:
    """The visits of which an envelope of ``kind`` lies on the disk, as a power cut would find it."""
    rows = _asked(
        station / FILE, "SELECT visit, lane FROM envelope WHERE state = 'waiting' ORDER BY sequence"
    )
    return [str(visit) for visit, lane in rows if lane == LANES.index(kind)]


@pytest.mark.parametrize("lost", [0, 1], ids=["acknowledged", "first acknowledgement lost"])
def test_while_the_link_is_down_she_is_called_for_here_and_once_it_is_back_the_clinic_hears_of_her_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    station, clinic = tmp_path / "station", tmp_path / "clinic"
    earlier = visit_of(CHEN)
    with real_clinic(clinic) as url, switched_link(url) as link:
        with opened(settings_with({}), station, SPEED, link.url) as joined:
            folder = joined.data
        link.passed.clear()
        link.up = False
        with place(station, monkeypatch, link.url) as here:
            here.running.desk.submit(KeepSealed(earlier, shares=True)).result(30)
            here.come()
            hers = here.running.visit.id
            assert here.rang[-1] is Reason.URGENT
            rang = len(here.rang)
            here.wait(AGAIN_S)
            assert len(here.rang) == rang + 1
            here.lay_badge()
            here.at(Step.ANSWERED)
            assert _waits_on_disk(folder, Kind.ALARM) == [hers.hex]
            here.running.choose(Choice.OUTCOME, CallOutcome.DOCTOR)
            here.at(Step.RESULT)
            until(here.running, lambda: link.refused > 0)
            assert link.passed == []

            link.lose_answers, link.up = lost, True
            until(here.running, lambda: link.seen().count((Kind.ALARM, hers)) > lost)
            here.wait(LEFT_ALONE_S)
            here.at(Step.IDLE)
            until(here.running, lambda: (Kind.VISIT, hers) in link.seen())
            until(here.running, lambda: here.running.arrived >= {hers, earlier.visit.id})
    first, *others = link.seen()
    assert first == (Kind.ALARM, hers)
    assert others.count(first) == lost
    assert _urgent_tasks(clinic) == [(str(hers), 1)]
    seen = _visits(clinic)
    assert seen.keys() == {hers, earlier.visit.id}
    call = seen[hers].visit.call
    assert call is not None
    assert call.outcome is CallOutcome.DOCTOR
    assert seen[hers].visit.value_of(Quantity.SYSTOLIC) is not None


def _urgent_tasks(clinic: Path) -> list[tuple[object, ...]]:
    """The visit of each task for now, and how many lines its history has."""
    rows = _asked(clinic / CLINIC_FILE, "SELECT visit, events, level FROM task")
    return [(visit, events) for visit, events, level in rows if level == Level.NOW]


def _visits(clinic: Path) -> dict[UUID, Record]:
    rows = _asked(clinic / CLINIC_FILE, "SELECT record FROM visit")
    found = [read(bytes(row[0])) for row in rows if isinstance(row[0], bytes)]
    return {one.visit.id: one for one in found}
