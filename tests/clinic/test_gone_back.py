"""A clinic goes back to an older copy: its stations give again what they sent since, and believe it anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clinic.commands import clinic
from clinic.enrolment import approve, waiting
from clinic.keyring import rotate
from clinic.store.envelopes import EnvelopeState
from clinic.store.tables import ENVELOPE
from kiosk.again import lacks_what_it_had, offer_again_where_lost
from kiosk.courier.courier import Courier
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.enrolment import Newcomer, enrol, membership, moved, renew
from kiosk.jobs import Count, KeepSealed
from kiosk.new_keys import by_hand
from kiosk.sealing import Seal
from kiosk.stationtime import StationTime, boot_id
from tests.clinic.running import NURSE, Running, clinic_at
from tests.kiosk.courier.conftest import until
from tests.kiosk.station import record

WHO = Newcomer("wanqing-1", "晚晴里驿站", "0.1.0", demo=False)


def joins(running: Running, data: Path) -> None:
    def agree(_code: str) -> None:
        ((_, asked),) = waiting(running.clinic)
        assert approve(running.clinic, asked.id, NURSE)

    data.mkdir()
    enrol(running.url, data, WHO, agree, sleep=lambda _: None)


def starts_and_sends(running: Running, data: Path, visits: int = 0) -> int:
    """A start of the station: it asks for settings, keeps ``visits`` more, and sends until nothing waits.

    Returns how many waited before the first was sent.
    """
    moved(data, running.url)
    renew(data, running.clinic.now())
    belongs = membership(data, DayKey(boot_id(), None))
    assert belongs is not None
    time = StationTime(boot_id())
    desk = Desk(
        data, Seal(belongs.identity, belongs.day, time.now, "Asia/Shanghai"), time.now, lambda _: None
    )
    desk.start()
    courier = Courier(desk, belongs.clinic_url, lambda _: None)
    try:
        offer_again_where_lost(desk, data)
        for _ in range(visits):
            desk.submit(KeepSealed(record(), shares=True)).result(30)
        waited = desk.submit(Count()).result(30).counts.waiting
        courier.start()
        until(lambda: all_answered(desk))
    finally:
        courier.stop()
        desk.close()
    return waited


def all_answered(desk: Desk) -> bool:
    counts = desk.submit(Count()).result(30).counts
    return counts.waiting == counts.held


def filed(running: Running) -> int:
    with running.clinic.store.reading() as connection:
        rows = connection.execute(ENVELOPE.select().where(ENVELOPE.c.state == EnvelopeState.OPENED)).all()
    return len({row.id for row in rows if row.kind == "visit"})


@pytest.fixture
def gone_back(tmp_path: Path) -> Path:
    """A station that sent two visits before the clinic's copy was made and three since."""
    data, station, copy = tmp_path / "clinic", tmp_path / "station", str(tmp_path / "copy.tar")
    with clinic_at(data) as running:
        joins(running, station)
        assert starts_and_sends(running, station, 2) == 2
        assert clinic(["backup", copy, "--data", str(data)]) == 0
        assert starts_and_sends(running, station, 3) == 3
        assert filed(running) == 5
    return station


def test_what_was_sent_since_the_copy_arrives_again_once(gone_back: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert clinic(["restore", str(tmp_path / "copy.tar"), "--data", str(again)]) == 0
    with clinic_at(again) as running:
        assert filed(running) == 2
        assert starts_and_sends(running, gone_back, 1) == 6
        assert filed(running) == 6
        assert not lacks_what_it_had(gone_back)
        assert starts_and_sends(running, gone_back) == 0
    assert clinic(["stations", "recall", "--data", str(again)]) == 0
    with clinic_at(again) as running:
        assert starts_and_sends(running, gone_back) == 6
        assert filed(running) == 6


def test_a_clinic_that_went_back_is_believed_though_it_told_more_since_the_copy(
    gone_back: Path, tmp_path: Path
) -> None:
    data, again = tmp_path / "clinic", tmp_path / "again"
    rotate(data)
    for telephone in ("021-1", "021-2", "021-3"):
        with clinic_at(data, phone=telephone) as running:
            starts_and_sends(running, gone_back, 1)
    assert clinic(["restore", str(tmp_path / "copy.tar"), "--data", str(again)]) == 0
    with clinic_at(again, phone="021-9") as running:
        starts_and_sends(running, gone_back, 1)
        belongs = membership(gone_back, DayKey(boot_id(), None))
        assert belongs is not None
        assert belongs.station.phone == "021-9"
        assert belongs.identity.to[0] == running.clinic.keys.working.public()
        assert filed(running) == 6
        # What was sealed to the key that went with the later database waits for the key of the safe.
        safe = ["--recovery", str(data / "keys/recovery.key")]
        assert clinic(["keys", "open", *safe, "--data", str(again)]) == 0
        assert filed(running) == 9


def test_power_that_goes_before_it_is_noted_offers_all_a_second_time(gone_back: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert clinic(["restore", str(tmp_path / "copy.tar"), "--data", str(again)]) == 0
    noted = (gone_back / "enrolment.json").read_bytes()
    with clinic_at(again) as running:
        assert starts_and_sends(running, gone_back) == 5
        (gone_back / "enrolment.json").write_bytes(noted)
        assert starts_and_sends(running, gone_back) == 5
        assert filed(running) == 5
    with closing(sqlite3.connect(gone_back / "ledger.db")) as ledger:
        ((waiting_still,),) = ledger.execute("SELECT count(*) FROM envelope WHERE state <> 'done'")
    assert waiting_still == 0


def test_a_clinic_that_lost_everything_gets_back_what_its_stations_keep(
    gone_back: Path, tmp_path: Path
) -> None:
    before, new = tmp_path / "clinic", tmp_path / "new"
    assert clinic(["init", "--data", str(new)]) == 0
    with clinic_at(new) as running:
        shown: list[str] = []

        def agree(code: str) -> None:
            ((_, asked),) = waiting(running.clinic)
            assert approve(running.clinic, asked.id, NURSE)
            shown.append(code)

        with by_hand(gone_back, lambda: shown[-1]) as how:
            enrol(running.url, gone_back, WHO, agree, read_out=how, sleep=lambda _: None)
        assert starts_and_sends(running, gone_back) == 5
        assert filed(running) == 0
        safe = ["--recovery", str(before / "keys/recovery.key")]
        assert clinic(["keys", "open", *safe, "--data", str(new)]) == 0
        assert filed(running) == 5
