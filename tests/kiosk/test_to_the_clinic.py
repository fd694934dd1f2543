"""From the desk to the real clinic's database over a real socket, and the same record out of it again."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from clinic.app import build
from clinic.demo import open_demo
from clinic.serve import listen, server_for, url_of
from devices.reading import Quantity
from health.amendment import Reason
from health.record import Record, read
from health.unclaimed import Why
from kiosk.corrections import FileByTicket, MoveVisit
from kiosk.courier import courier as courier_module
from kiosk.courier import patience
from kiosk.courier.courier import Courier
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.enrolment import Newcomer, enrol, membership
from kiosk.jobs import Count, KeepAlarm, KeepDraft, KeepSealed
from kiosk.sealing import Seal
from kiosk.stationtime import StationTime
from kiosk.unclaimed import KeepUnclaimed
from tests.kiosk.courier.conftest import until
from tests.kiosk.deskroom import CHEN, NURSE, SHEN, Hire, loose, visit_of
from tests.kiosk.ports import quiet_port
from tests.kiosk.station import record


@contextmanager
def real_clinic(folder: Path, port: int = 0) -> Iterator[str]:
    listening = listen("127.0.0.1", port)
    clinic, told = open_demo(folder, url_of(listening))
    server = server_for(build(clinic))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield told["url"]
    finally:
        server.should_exit = True
        thread.join(30)
        clinic.store.close()


def _demo(one: Record) -> Record:
    return replace(one, visit=replace(one.visit, demo=True))


class Joined:
    """A station that joined the clinic at ``url``, with its desk open."""

    def __init__(self, folder: Path, url: str) -> None:
        folder.mkdir()
        enrol(url, folder, Newcomer("kiosk-1", "康驿一号", "0.1", demo=True), lambda _: None)
        time = StationTime(uuid4())
        belongs = membership(folder, DayKey(time.boot, None))
        assert belongs is not None
        self.belongs = belongs
        seal = Seal(belongs.identity, belongs.day, time.now, "Asia/Shanghai")
        self.desk = Desk(folder, seal, time.now, lambda _: None)
        self.desk.start()
        self.courier = Courier(self.desk, belongs.clinic_url, lambda _: None)

    def keep(self, one: Record) -> None:
        self.desk.submit(KeepSealed(one, shares=True)).result(30)

    def waiting(self) -> int:
        return self.desk.submit(Count()).result(30).counts.waiting

    def close(self) -> None:
        self.courier.stop()
        self.desk.close()


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_S", 0.01)
    monkeypatch.setattr(patience, "CAP_S", 0.05)
    monkeypatch.setattr(courier_module, "LOOK_S", 0.05)


def _visits(folder: Path) -> set[bytes]:
    with closing(sqlite3.connect(next(folder.glob("*.db")))) as database:
        return {row[0] for row in database.execute("SELECT record FROM visit")}


def test_a_visit_kept_here_is_read_there_and_is_the_same(tmp_path: Path) -> None:
    one = _demo(record())
    with real_clinic(tmp_path / "clinic") as url:
        station = Joined(tmp_path / "station", url)
        station.desk.submit(KeepDraft(one, shares=True)).result(30)
        station.desk.submit(KeepAlarm(one)).result(30)
        station.keep(one)
        station.courier.start()
        until(lambda: station.waiting() == 0)
        station.close()
    (content,) = _visits(tmp_path / "clinic")
    assert read(content) == one


def test_what_waited_while_the_clinic_was_away_arrives_when_it_is_back(tmp_path: Path) -> None:
    kept = [_demo(record()) for _ in range(55)]
    port = quiet_port()
    with real_clinic(tmp_path / "clinic", port) as url:
        station = Joined(tmp_path / "station", url)
    for one in kept:
        station.keep(one)
    station.courier.start()
    assert station.waiting() == 55
    with real_clinic(tmp_path / "clinic", port):
        until(lambda: station.waiting() == 0)
        station.close()
    assert {read(content).visit.id for content in _visits(tmp_path / "clinic")} == {o.visit.id for o in kept}


def test_a_correction_made_here_is_the_next_version_there(tmp_path: Path) -> None:
    with real_clinic(tmp_path / "clinic") as url:
        station = Joined(tmp_path / "station", url)
        station.desk.submit(Hire()).result(30)
        late, wrong = visit_of(SHEN), visit_of(CHEN)
        station.keep(late)
        station.keep(wrong)
        station.courier.start()
        until(lambda: station.waiting() == 0)
        why = Why.AFTER_CLOSING
        result = loose("hdl", "1.42", datetime.now(UTC), why, late.visit.id)
        station.desk.submit(KeepUnclaimed(result)).result(30)
        station.desk.submit(FileByTicket(late.visit.id)).result(30)
        station.desk.submit(MoveVisit(wrong.visit.id, SHEN, Reason.OTHER_CARD, NURSE)).result(30)
        until(lambda: station.waiting() == 0)
        station.close()
    filed = _filed(tmp_path / "clinic")
    assert filed[str(late.visit.id)][:2] == ("amended", 2)
    assert filed[str(wrong.visit.id)][:2] == ("entered-in-error", 2)
    assert read(filed[str(late.visit.id)][2]).visit.value_of(Quantity.HDL) is not None
    (moved,) = [read(one[2]) for name, one in filed.items() if one[:2] == ("complete", 1)]
    assert moved.visit.resident == SHEN


def _filed(folder: Path) -> dict[str, tuple[str, int, bytes]]:
    with closing(sqlite3.connect(next(folder.glob("*.db")))) as database:
        rows = database.execute("SELECT id, status, version, record FROM visit")
        return {row[0]: (row[1], row[2], row[3]) for row in rows}
