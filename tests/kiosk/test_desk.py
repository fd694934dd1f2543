"""What the desk promises: one job after another, alarms first, and every job answered, whatever happens."""

import threading
import weakref
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import pytest

from health.envelope import Envelope, open_envelope
from health.record import read
from kiosk.desk import Desk, DeskClosedError
from kiosk.events import AlarmKept, Arrived, DeskEvent, DraftKept, NotKept, VisitKept
from kiosk.jobs import (
    FULL,
    TROUBLE,
    Count,
    Forget,
    Job,
    KeepAlarm,
    KeepDraft,
    KeepReport,
    KeepSealed,
    MarkDelivered,
    NextToSend,
    Office,
    Resume,
)
from kiosk.staff_events import StaffEvent
from kiosk.store.database import LedgerError, LedgerFullError, LedgerInUseError
from kiosk.store.ledger import Ledger
from tests.kiosk.ledgers import lay_empty_ledger
from tests.kiosk.station import CLINIC, KEY, NUMBER, HeldTime, record, seal_of

QUICK = 60.0


class Station:
    """A desk on a folder, with what it told."""

    def __init__(self, folder: Path, time: HeldTime | None = None, memory: Path | None = None) -> None:
        self.time = time or HeldTime()
        self.told: list[DeskEvent | StaffEvent] = []
        self.desk = Desk(folder, seal_of(self.time, memory), self.time.now, self.told.append)
        lay_empty_ledger(folder)
        self.desk.start()

    def sent(self) -> list[Envelope]:
        found = self.desk.submit(NextToSend(50)).result(QUICK).envelopes
        return [Envelope.from_bytes(one.body) for one in found]

    def keep_draft(self, visit: UUID | None = None, *, shares: bool = True) -> UUID:
        one = record(visit)
        self.desk.submit(KeepDraft(one, shares=shares)).result(QUICK)
        return one.visit.id

    def drafts(self) -> int:
        return self.desk.submit(Count()).result(QUICK).counts.drafts


class Slow(Job[None], frozen=True):
    """Something that takes the desk until ``gate`` opens."""

    gate: threading.Event

    def do(self, office: Office) -> None:
        assert self.gate.wait(QUICK)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path)
    yield station
    assert station.desk.close()


class Somebody(Job[None], frozen=True, weakref=True):
    """A job that can be watched going."""

    def do(self, office: Office) -> None:
        assert office.ledger.has_room()


def test_while_the_desk_waits_nobody_is_held_by_its_last_job(station: Station) -> None:
    job = Somebody()
    gone = weakref.ref(job)
    station.desk.submit(job).result(QUICK)
    del job
    end = monotonic() + QUICK / 3
    while gone() is not None and monotonic() < end:
        sleep(0.01)
    assert gone() is None


def test_draft_visit_and_alarm_are_told_once_they_are_on_the_disk(station: Station) -> None:
    visit = station.keep_draft()
    station.desk.submit(KeepAlarm(record(visit))).result(QUICK)
    station.desk.submit(KeepSealed(record(visit), shares=True)).result(QUICK)
    assert station.told == [DraftKept(visit), AlarmKept(visit), VisitKept(visit)]
    alarm, sealed = station.sent()
    assert (alarm.header.kind, sealed.header.kind) == ("alarm", "visit")
    assert sealed.header.sequence > alarm.header.sequence, "what is newer has the higher number"


def test_a_draft_is_a_complete_envelope_marked_incomplete_and_the_clinic_can_open_it(
    station: Station,
) -> None:
    visit = station.keep_draft()
    station.time.go_on(minutes=10)
    station.desk.close()
    with_ledger = Station(station.desk._folder, station.time)
    (out,) = with_ledger.sent()
    content = read(open_envelope(out, CLINIC, KEY.verify_key()))
    assert (content.visit.id, content.visit.incomplete, out.header.incomplete) == (visit, True, True)
    assert content.visit.observations == record().visit.observations
    assert with_ledger.desk.close()


def test_what_is_measured_after_an_alarm_has_the_higher_number_for_the_clinic_takes_that(
    tmp_path: Path,
) -> None:
    before = Station(tmp_path)
    visit = before.keep_draft()
    before.desk.submit(KeepAlarm(record(visit))).result(QUICK)
    before.keep_draft(visit)
    before.desk.close()
    after = Station(tmp_path, HeldTime())
    alarm, draft = after.sent()
    assert (alarm.header.visit, draft.header.visit) == (visit, visit)
    assert draft.header.sequence > alarm.header.sequence
    assert after.desk.close()


def test_after_a_power_cut_what_was_accepted_goes_out_at_once(tmp_path: Path) -> None:
    before = Station(tmp_path)
    before.keep_draft()
    before.desk.close()
    after = Station(tmp_path, HeldTime())
    assert len(after.sent()) == 1
    assert after.drafts() == 0
    after.desk.close()


def test_restarted_without_the_day_key_nobody_can_resume_so_it_goes_out_at_once(tmp_path: Path) -> None:
    before = Station(tmp_path)
    before.keep_draft()
    before.desk.close()
    after = Station(tmp_path, before.time)
    assert len(after.sent()) == 1
    after.desk.close()


def test_restarted_with_the_day_key_the_same_card_resumes_and_no_other_does(tmp_path: Path) -> None:
    (memory := tmp_path / "memory").mkdir()
    before = Station(tmp_path, memory=memory)
    visit = before.keep_draft()
    before.desk.close()
    after = Station(tmp_path, before.time, memory)
    assert after.sent() == []
    mine = after.desk.submit(Resume(NUMBER)).result(QUICK)
    assert mine is not None
    assert mine.visit.id == visit
    assert after.desk.submit(Resume("110101194003021208")).result(QUICK) is None
    after.time.go_on(minutes=10)
    assert after.desk.submit(Resume(NUMBER)).result(QUICK) is None
    after.desk.close()


def test_a_guest_never_leaves_and_is_gone_once_forgotten(station: Station, tmp_path: Path) -> None:
    visit = station.keep_draft(shares=False)
    station.desk.submit(KeepSealed(record(visit), shares=False)).result(QUICK)
    assert station.sent() == []
    assert station.desk.submit(Resume(NUMBER)).result(QUICK) is None
    station.desk.submit(Forget(visit)).result(QUICK)
    station.desk.close()
    assert Ledger(tmp_path)._db.execute("SELECT count(*) FROM envelope").fetchall() == [(0,)]


def test_who_agrees_after_beginning_as_a_guest_is_sent_under_one_number(station: Station) -> None:
    visit = station.keep_draft(shares=False)
    station.keep_draft(visit)
    station.desk.submit(KeepSealed(record(visit), shares=True)).result(QUICK)
    assert [one.header.sequence for one in station.sent()] == [1]


def test_an_alarm_goes_before_everything_that_waits_at_the_desk(station: Station) -> None:
    gate = threading.Event()
    station.desk.submit(Slow(gate))
    visits = [record() for _ in range(3)]
    for one in visits:
        station.desk.submit(KeepSealed(one, shares=True))
    alarm = record()
    answer = station.desk.submit(KeepAlarm(alarm))
    gate.set()
    answer.result(QUICK)
    station.desk.submit(Count()).result(QUICK)
    assert station.told == [AlarmKept(alarm.visit.id), *(VisitKept(one.visit.id) for one in visits)]


@pytest.mark.parametrize(("wrong", "words"), [(LedgerFullError("full"), FULL), (LedgerError("io"), TROUBLE)])
def test_what_could_not_be_kept_is_told_and_the_desk_goes_on(
    station: Station, monkeypatch: pytest.MonkeyPatch, wrong: LedgerError, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise wrong

    visit = record()
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "keep_draft", refuse)
        broken.setattr(Ledger, "keep", refuse)
        for job in (KeepDraft(visit, shares=True), KeepSealed(visit, shares=True), KeepAlarm(visit)):
            assert station.desk.submit(job).exception(QUICK) is wrong
    assert station.told == [NotKept(visit.visit.id, words)] * 3
    station.keep_draft()


def test_an_arrival_is_told_and_a_visit_only_held_is_not(station: Station) -> None:
    visit = station.keep_draft()
    station.desk.submit(KeepSealed(record(visit), shares=True)).result(QUICK)
    (one,) = station.sent()
    for status in (202, 201):
        mark = MarkDelivered(one.header.id, visit, status, "", station.time.wall)
        station.desk.submit(mark).result(QUICK)
    assert station.told.count(Arrived(visit)) == 1


def test_reports_of_the_station_go_last(station: Station) -> None:
    station.desk.submit(KeepReport(b'{"paper":"low"}')).result(QUICK)
    station.desk.submit(KeepSealed(record(), shares=True)).result(QUICK)
    assert [one.header.kind for one in station.sent()] == ["visit", "station"]


def test_closing_does_what_was_handed_in_and_refuses_what_comes_later(tmp_path: Path) -> None:
    station = Station(tmp_path)
    answers = [station.desk.submit(KeepSealed(record(), shares=True)) for _ in range(5)]
    assert station.desk.close()
    assert all(one.exception(0) is None for one in answers)
    with pytest.raises(DeskClosedError):
        station.desk.submit(Count()).result(QUICK)


def test_a_folder_in_use_is_told_where_the_desk_is_started(station: Station, tmp_path: Path) -> None:
    second = Desk(tmp_path, seal_of(HeldTime()), HeldTime().now, station.told.append)
    with pytest.raises(LedgerInUseError):
        second.start()


def test_no_job_shows_the_person_when_it_is_printed_by_mistake() -> None:
    for job in (KeepDraft(record(), shares=True), KeepAlarm(record()), Resume(NUMBER)):
        assert NUMBER not in repr(job)


def test_the_desk_lets_go_what_the_clinic_has_after_the_days_of_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.desk.TIDY_S", 0.01)
    held = HeldTime()
    desk = Desk(tmp_path, seal_of(held), held.now, lambda _: None, kept_days=7)
    desk.start()
    for _ in range(3):
        desk.submit(KeepSealed(record(), shares=True)).result(30)

    def taken(at: datetime) -> None:
        (one,) = desk.submit(NextToSend(1)).result(30).envelopes
        desk.submit(MarkDelivered(one.id, one.visit, 201, "", at)).result(30)

    def stay(many: int) -> None:
        for _ in range(5):
            sleep(0.01)
            assert desk.submit(Count()).result(30).counts.done == many

    start = held.wall
    taken(start)
    held.go_on(days=365)
    stay(1)  # by a clock alone, which may have jumped, nothing goes
    taken(start + timedelta(days=7))
    stay(2)
    taken(start + timedelta(days=7, seconds=1))
    ends = monotonic() + 30
    while desk.submit(Count()).result(30).counts.done > 2:
        assert monotonic() < ends
    assert desk.close()
