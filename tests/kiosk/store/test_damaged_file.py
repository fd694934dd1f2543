"""A ledger's file with damage in it: read whole, or set aside whole; never deleted, never half believed."""

import random
import threading
from pathlib import Path

import pytest

from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE, Ledger
from tests.kiosk.station import HeldTime, record, seal_of

SEAL = seal_of(HeldTime())


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
        assert ledger.counts().waiting == 0
    before = ledger.counts().waiting
    ledger.keep(SEAL.visit(record(), ledger.next_sequence()))
    assert ledger.counts().waiting == before + 1
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
