"""A ledger's file with damage in it: read whole, or set aside whole; never deleted, never half believed."""

import random
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.alone import NotAloneError, alone
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE, Ledger, damaged_words
from kiosk.upkeep.pin import PinHash
from kiosk.upkeep.staff import StaffMember, StaffRole
from tests.kiosk.station import HeldTime, record, seal_of

SEAL = seal_of(HeldTime())
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a ledger that keeps twelve visits."""
    folder = tmp_path_factory.mktemp("sound")
    ledger = Ledger(folder)
    for _ in range(12):
        ledger.keep(SEAL.visit(record(), ledger.next_sequence()))
    ledger.close()
    return (folder / FILE).read_bytes()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_flipped_the_file_stays_and_the_station_can_go_on(
    tmp_path: Path, sound: bytes, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - where the damage is, not a secret
    damaged = bytearray(sound)
    for _ in range(chance.choice((1, 1, 8, 400))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    (tmp_path / FILE).write_bytes(damaged)
    ledger = Ledger(tmp_path)
    if ledger.trouble is not None:
        (aside,) = tmp_path.glob("ledger.unreadable-*.db")
        assert aside.read_bytes() == damaged
    before = ledger.counts().waiting
    assert len(ledger.waiting(50)) == before
    assert before == 12 or ledger.trouble is not None
    ledger.keep(SEAL.visit(record(), ledger.next_sequence()))
    assert ledger.counts().waiting == before + 1
    ledger.close()


def _at(sound: bytes, text: bytes, which: int) -> int:
    """Where ``text`` stands for the time of that number."""
    found = [one.start() for one in re.finditer(re.escape(text), sound)]
    return found[which]


HIDDEN = {
    "a state in the index": (b"waiting", 0),
    "a state in the table": (b"waiting", -1),
    "a time": (b"+00:00", -1),
    "the name of a column that a complaint repeats": (b"kept_at VARCHAR", 0),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_one_flipped_bit_hides_no_visit_and_stops_nobody_who_sends(
    tmp_path: Path, sound: bytes, what: str
) -> None:
    damaged = bytearray(sound)
    damaged[_at(sound, *HIDDEN[what]) + 1] ^= 0x80
    (tmp_path / FILE).write_bytes(damaged)
    ledger = Ledger(tmp_path)
    assert ledger.trouble is not None
    assert ledger.counts().waiting == len(ledger.waiting(50)) == (0 if "name" in what else 12)
    ledger.close()


def test_of_a_damaged_ledger_all_that_reads_is_saved_and_nothing_the_clinic_has_is_sent_again(
    tmp_path: Path,
) -> None:
    ledger = Ledger(tmp_path)
    ledger.book.keep_member(StaffMember("nurse", "王莉", StaffRole.NURSE, "badge-1"), PinHash("h", "p"))
    sent, unsent, draft, guest = (record() for _ in range(4))
    for one in (sent, unsent):
        ledger.keep(SEAL.visit(one, ledger.next_sequence()))
    ((first, *_), last) = ledger.waiting(5), ledger.next_sequence()
    ledger.mark(first.id, 201, "", NOW)
    ledger.keep_draft(SEAL.visit(draft, last))
    ledger.keep_draft(SEAL.guest(guest), guest=True)
    ledger.close()
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes().replace(b"draft", b"drafu", 1))
    ledger = Ledger(tmp_path)
    assert ledger.trouble is not None
    assert ledger.counts().done == 1
    assert {one.visit for one in ledger.waiting(5)} <= {unsent.visit.id, draft.visit.id}
    assert ledger.counts().waiting + ledger.counts().drafts == 2
    assert [one.name for one in ledger.book.staff()] == ["王莉"]
    assert ledger.next_sequence() > last
    ledger.close()


def test_that_a_ledger_was_damaged_is_told_until_somebody_moves_it_away(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / FILE).write_bytes(sound.replace(b"waiting", b"waitinf", 1))
    for _ in range(2):
        ledger = Ledger(tmp_path)
        assert ledger.trouble is not None
        assert damaged_words(tmp_path) == ledger.trouble
        assert ledger.counts().waiting == 12
        ledger.close()
    (aside,) = tmp_path.glob("ledger.unreadable-*.db")
    aside.unlink()
    ledger = Ledger(tmp_path)
    assert ledger.trouble is None
    ledger.close()


@pytest.mark.parametrize("moved", [False, True])
def test_power_that_goes_while_a_ledger_is_mended_costs_nothing(
    tmp_path: Path, sound: bytes, *, moved: bool
) -> None:
    Ledger(tmp_path).close()
    file = tmp_path / FILE
    file.write_bytes(sound.replace(b"waiting", b"waitinf", 1))
    mended = tmp_path / "ledger.mended.db"
    if moved:
        file.rename(tmp_path / "ledger.unreadable-20260101T000000000000.db")
    mended.write_bytes(sound if moved else sound[:9000])
    ledger = Ledger(tmp_path)
    assert ledger.counts().waiting == 12
    assert ledger.trouble is not None
    assert "gone" not in ledger.trouble
    assert not mended.exists()
    ledger.close()


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9])
def test_a_file_cut_short_is_set_aside_whole_or_is_an_empty_one(
    tmp_path: Path, sound: bytes, part: float
) -> None:
    cut = sound[: int(len(sound) * part)]
    (tmp_path / FILE).write_bytes(cut)
    ledger = Ledger(tmp_path)
    assert (ledger.trouble is not None) == bool(cut)
    assert [one.read_bytes() for one in tmp_path.glob("ledger.unreadable-*.db")] == ([cut] if cut else [])
    ledger.close()


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_ledger_that_is_gone_is_told_and_none_of_its_numbers_comes_again(tmp_path: Path, how: str) -> None:
    before = Ledger(tmp_path)
    assert before.trouble is None
    before.keep(SEAL.visit(record(), before.next_sequence()))
    used = before.next_sequence()
    before.close()
    if how == "gone":
        (tmp_path / FILE).unlink()
    else:
        (tmp_path / FILE).write_bytes(b"")
    after = Ledger(tmp_path)
    assert after.trouble is not None
    assert "gone" in after.trouble
    assert after.next_sequence() > used + 1_000_000
    after.close()
    again = Ledger(tmp_path)
    assert again.trouble is None
    again.close()


def test_any_thread_but_the_one_that_opened_it_is_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    refused: list[Exception] = []

    def elsewhere() -> None:
        for work in (ledger.counts, lambda: ledger.keep(SEAL.visit(record(), 1))):
            try:
                work()
            except LedgerError as wrong:
                refused.append(wrong)

    other = threading.Thread(target=elsewhere)
    other.start()
    other.join()
    assert len(refused) == 2
    assert ledger.counts().waiting == 0
    ledger.close()


@pytest.mark.parametrize("name", ["ledger.db", "ledger.lock"])
def test_a_ledger_that_cannot_be_opened_is_a_sentence_and_nothing_is_moved(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(LedgerError):
        Ledger(tmp_path)
    assert (tmp_path / name).is_dir()


def test_a_station_whose_lock_cannot_be_opened_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "station.lock").mkdir()
    with pytest.raises(NotAloneError, match="chown"), alone(tmp_path):
        pass
