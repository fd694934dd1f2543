"""What the ledger promises: kept means on the disk, in order, and nothing unacknowledged ever goes."""

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from health.envelope import Envelope, Kind
from kiosk.store.database import LedgerError, LedgerFullError, LedgerInUseError
from kiosk.store.ledger import FILE, KEPT_DAYS, Ledger
from tests.kiosk.station import HeldTime, record, seal_of, so_far

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Bench:
    """A ledger and a seal, and short ways to put something in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = HeldTime()
        self.seal = seal_of(self.time)
        self.ledger = Ledger(folder)

    def envelope(self, visit: UUID | None = None, kind: Kind = Kind.VISIT) -> Envelope:
        sequence = (self.ledger.sequence_of(visit) if visit else None) or self.ledger.next_sequence()
        return self.seal.visit(record(visit), sequence, kind=kind)

    def draft(self, visit: UUID | None = None) -> Envelope:
        sequence = (self.ledger.sequence_of(visit) if visit else None) or self.ledger.next_sequence()
        return self.seal.visit(so_far(record(visit)), sequence)

    def keep(self, kind: Kind = Kind.VISIT) -> Envelope:
        envelope = self.envelope(kind=kind)
        self.ledger.keep(envelope)
        return envelope

    def waiting(self) -> list[UUID]:
        return [one.id for one in self.ledger.waiting(100)]

    def promote(self) -> int:
        return self.ledger.promote_drafts(self.time.boot, self.time.monotonic_ms)

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(self.folder)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "data")


def test_what_is_kept_is_there_after_closing_byte_for_byte(bench: Bench) -> None:
    kept = bench.keep()
    bench.reopen()
    (found,) = bench.ledger.waiting(10)
    assert (found.id, found.visit, found.body) == (kept.header.id, kept.header.visit, kept.to_bytes())


def test_a_draft_takes_the_place_of_the_one_before_and_is_not_sent(bench: Bench) -> None:
    visit = uuid4()
    for _ in range(3):
        bench.ledger.keep_draft(bench.draft(visit))
    assert bench.ledger.counts().drafts == 1
    assert bench.waiting() == []


def test_the_sealed_visit_takes_the_place_of_its_draft_and_its_number(bench: Bench) -> None:
    visit = uuid4()
    draft = bench.draft(visit)
    bench.ledger.keep_draft(draft)
    sealed = bench.envelope(visit)
    bench.ledger.keep(sealed)
    assert bench.ledger.counts().drafts == 0
    assert bench.waiting() == [sealed.header.id]
    assert sealed.header.sequence == draft.header.sequence


def test_an_alarm_leaves_the_draft_of_its_visit_alone(bench: Bench) -> None:
    visit = uuid4()
    bench.ledger.keep_draft(bench.draft(visit))
    alarm = bench.seal.visit(record(visit), bench.ledger.next_sequence(), kind=Kind.ALARM)
    bench.ledger.keep(alarm)
    assert bench.ledger.counts().drafts == 1
    assert bench.waiting() == [alarm.header.id]


def test_keeping_the_same_twice_is_once_and_other_bytes_under_its_id_are_refused(bench: Bench) -> None:
    kept = bench.keep()
    bench.ledger.keep(kept)
    assert len(bench.waiting()) == 1
    with pytest.raises(LedgerError, match="never changed"):
        bench.ledger.keep(Envelope(kept.header, kept.ciphertext + b"x", kept.signature))


def test_alarms_go_first_then_visits_amendments_and_the_stations_own_each_in_sequence(bench: Bench) -> None:
    station, amendment = bench.keep(Kind.STATION), bench.keep(Kind.AMENDMENT)
    visits = [bench.keep() for _ in range(3)]
    alarm = bench.keep(Kind.ALARM)
    expected = [alarm, *visits, amendment, station]
    assert bench.waiting() == [one.header.id for one in expected]
    assert len(bench.ledger.waiting(2)) == 2


def test_those_that_rest_are_left_out_and_the_next_come_up(bench: Bench) -> None:
    first, second = bench.keep(), bench.keep()
    assert [one.id for one in bench.ledger.waiting(1, {first.header.id})] == [second.header.id]


def test_the_sequence_rises_by_one_through_restarts_and_purges(bench: Bench) -> None:
    seen = []
    for _ in range(3):
        seen.append(bench.keep().header.sequence)
        bench.ledger.mark(bench.waiting()[0], 201, "", NOW)
        bench.reopen()
        bench.ledger.purge(NOW + timedelta(days=90))
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(("status", "days"), [(200, KEPT_DAYS), (201, KEPT_DAYS), (201, 1), (201, 365)])
def test_what_the_clinic_has_waits_no_more_and_is_purged_after_the_days_that_are_set(
    bench: Bench, status: int, days: int
) -> None:
    kept = bench.keep()
    bench.ledger.mark(kept.header.id, status, "", NOW)
    assert bench.waiting() == []
    assert bench.ledger.purge(NOW + timedelta(days=days), days) == 0
    assert bench.ledger.counts().done == 1
    assert bench.ledger.purge(NOW + timedelta(days=days, seconds=1), days) == 1


@pytest.mark.parametrize("status", [202, 400, 403, 409, 413, 422])
def test_what_the_clinic_did_not_open_or_take_is_never_purged(bench: Bench, status: int) -> None:
    kept = bench.keep()
    bench.ledger.mark(kept.header.id, status, "why", NOW)
    bench.ledger.purge(NOW + timedelta(days=4000))
    assert bench.waiting() == [kept.header.id]
    counts = bench.ledger.counts()
    assert (counts.held, counts.refused) == ((1, 0) if status == 202 else (0, 1))


def test_what_was_erased_at_the_clinic_is_erased_here(bench: Bench) -> None:
    kept = bench.keep()
    bench.ledger.mark(kept.header.id, 410, "", NOW)
    assert bench.ledger.counts().waiting == 0
    assert kept.ciphertext[-40:] not in (bench.folder / FILE).read_bytes()


def test_a_draft_can_be_resumed_for_ten_minutes_of_the_same_boot_then_it_goes_out(bench: Bench) -> None:
    draft = bench.draft()
    bench.ledger.keep_draft(draft)
    bench.time.go_on(minutes=9, seconds=59)
    assert bench.promote() == 0
    assert bench.ledger.drafts(bench.time.boot, bench.time.monotonic_ms) == (draft,)
    bench.time.go_on(seconds=1)
    assert bench.ledger.drafts(bench.time.boot, bench.time.monotonic_ms) == ()
    assert bench.promote() == 1
    assert bench.waiting() == [draft.header.id]


def test_a_draft_of_an_earlier_boot_goes_out_whatever_the_clock_says(bench: Bench) -> None:
    bench.ledger.keep_draft(bench.draft())
    later = uuid4()
    assert bench.ledger.drafts(later, 0) == ()
    assert bench.ledger.promote_drafts(later, 0) == 1


def test_a_guest_is_never_sent_and_is_overwritten_when_forgotten(bench: Bench) -> None:
    guest = bench.seal.guest(record(identity=None))
    assert guest.header.visit is not None
    bench.ledger.keep_draft(guest, guest=True)
    bench.ledger.keep(bench.seal.guest(record(guest.header.visit)), guest=True)
    bench.time.go_on(hours=2)
    assert bench.promote() == 0
    assert bench.waiting() == []
    secret = bench.ledger._db.execute("SELECT body FROM envelope").fetchone()[0]
    assert secret[-40:] in (bench.folder / FILE).read_bytes()
    bench.ledger.forget(guest.header.visit)
    assert secret[-40:] not in (bench.folder / FILE).read_bytes()


def test_a_guest_whose_day_is_over_is_forgotten(bench: Bench) -> None:
    bench.ledger.keep(bench.seal.guest(record()), guest=True)
    bench.time.go_on(hours=24)
    bench.promote()
    assert bench.ledger._db.execute("SELECT count(*) FROM envelope").fetchone()[0] == 0


def test_forgetting_a_visit_that_is_shared_changes_nothing(bench: Bench) -> None:
    visit = uuid4()
    bench.ledger.keep_draft(bench.draft(visit))
    bench.ledger.forget(visit)
    assert bench.ledger.counts().drafts == 1


def test_counts_tell_what_waits_and_since_when(bench: Bench) -> None:
    assert bench.ledger.counts().oldest is None
    bench.keep()
    bench.time.go_on(hours=1)
    bench.keep()
    counts = bench.ledger.counts()
    assert (counts.waiting, counts.done, counts.oldest) == (2, 0, NOW)


def test_a_full_disk_is_told_in_a_sentence_and_drops_nothing(bench: Bench) -> None:
    kept = bench.keep()
    bench.ledger._db.execute("PRAGMA max_page_count = 10")
    with pytest.raises(LedgerFullError, match="full"):
        _fill(bench)
    bench.ledger._db.execute("PRAGMA max_page_count = 100000")
    assert bench.waiting()[0] == kept.header.id
    before = len(bench.waiting())
    bench.keep()
    assert len(bench.waiting()) == before + 1
    assert bench.ledger.next_sequence() == before + 2


def _fill(bench: Bench) -> None:
    for _ in range(30):
        bench.keep()


def test_a_second_kiosk_on_the_same_folder_is_refused_and_the_first_goes_on(bench: Bench) -> None:
    with pytest.raises(LedgerInUseError, match="Another kiosk"):
        Ledger(bench.folder)
    bench.keep()


@pytest.mark.parametrize("harm", ["noise", "middle", "cut"])
def test_an_unreadable_ledger_is_set_aside_and_a_new_one_begins_beyond_its_numbers(
    bench: Bench, harm: str
) -> None:
    for _ in range(20):
        bench.keep()
    bench.ledger.close()
    file = bench.folder / FILE
    whole = file.read_bytes()
    page = len(whole) // 2 // 4096 * 4096
    harmed = {"noise": b"no database" * 900, "middle": whole[:page] + bytes(8192) + whole[page + 8192 :]}
    broken = harmed.get(harm, whole[: page + 100])
    file.write_bytes(broken)
    bench.ledger = Ledger(bench.folder)
    assert bench.ledger.trouble is not None
    (aside,) = bench.folder.glob("ledger.unreadable-*.db")
    assert aside.name in bench.ledger.trouble
    assert aside.read_bytes() == broken
    assert bench.keep().header.sequence > 20


def test_a_ledger_of_newer_software_is_left_alone(bench: Bench) -> None:
    bench.ledger.close()
    with sqlite3.connect(bench.folder / FILE) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(LedgerError, match="newer software"):
        Ledger(bench.folder)
    assert list(bench.folder.glob("*unreadable*")) == []


def test_a_folder_that_cannot_be_written_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LedgerError, match="file"):
        Ledger(tmp_path / "file" / "data")


def test_only_the_owner_can_read_the_file(bench: Bench) -> None:
    assert stat.S_IMODE(os.stat(bench.folder / FILE).st_mode) == 0o600


def test_no_clear_column_holds_anything_of_the_person(bench: Bench) -> None:
    bench.ledger.keep_draft(bench.draft())
    bench.keep()
    content = (bench.folder / FILE).read_bytes()
    assert b"1101011940" not in content
    assert b"51.3" not in content


def test_what_was_never_sent_can_be_sealed_to_others_and_keeps_id_and_place(bench: Bench) -> None:
    first, second = bench.keep(), bench.keep()
    bench.ledger.keep_draft(bench.draft())
    bench.ledger.mark(second.header.id, 202, "", NOW)
    assert len(bench.ledger.never_sent()) == 2
    other = Envelope(first.header, b"sealed to others", first.signature)
    bench.ledger.readdress(other)
    bench.ledger.readdress(Envelope(second.header, b"too late", second.signature))
    assert [one.body for one in bench.ledger.waiting(9)] == [other.to_bytes(), second.to_bytes()]
