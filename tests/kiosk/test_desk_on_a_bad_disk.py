"""A disk that loses a bit or takes no write costs no other visit, and nobody new is let in on it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from health.keys import SigningKey
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.events import RoomTold
from kiosk.jobs import Count, Job, KeepDraft, KeepSealed, NextToSend, Office
from kiosk.sealing import Seal
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE, Ledger
from tests.kiosk.deskroom import LIMIT, DeskRoom
from tests.kiosk.station import IDENTITY, HeldTime, record


class OnADeadDisk(Job[None], frozen=True):
    """Something that the disk refuses."""

    def do(self, office: Office) -> None:
        raise LedgerError("The disk of the ledger does not work.")


def flip(ledger: Path, where: int) -> None:
    """One bit of the only envelope there, as a bad cell of a flash card changes it."""
    with closing(sqlite3.connect(ledger)) as rows, rows:
        body = bytearray(rows.execute("SELECT body FROM envelope").fetchone()[0])
        body[where] ^= 1
        rows.execute("UPDATE envelope SET body=?", (bytes(body),))


@pytest.mark.parametrize("where", [2, 20, 400], ids=["its first bytes", "its header", "what is sealed"])
def test_a_bit_of_a_draft_that_the_disk_lost_stops_no_other_visit_and_the_draft_still_goes_out(
    tmp_path: Path, where: int
) -> None:
    (memory := tmp_path / "memory").mkdir()
    before = DeskRoom(tmp_path, HeldTime(), memory)
    broken = record()
    before.do(KeepDraft(broken, shares=True))
    before.close()
    flip(tmp_path / FILE, where)
    after = DeskRoom(tmp_path, before.time, memory)
    after.do(KeepSealed(record(), shares=True))
    after.time.go_on(minutes=11)
    after.close()
    last = DeskRoom(tmp_path, before.time, memory)
    waiting = last.do(NextToSend(50)).envelopes
    assert broken.visit.id in {one.visit for one in waiting}
    assert len(waiting) == 2
    last.close()


def test_another_key_of_the_station_opens_nothing_of_the_old_one_and_lets_it_go_out(tmp_path: Path) -> None:
    (memory := tmp_path / "memory").mkdir()
    room = DeskRoom(tmp_path, HeldTime(), memory)
    room.result({"glucose": "5.6"})
    room.close()
    identity, day = replace(IDENTITY, key=SigningKey.new()), DayKey(room.time.boot, memory)
    desk = Desk(tmp_path, Seal(identity, day, room.time.now, "Asia/Shanghai"), room.time.now, lambda _: None)
    desk.start()
    assert len(desk.submit(NextToSend(50)).result(LIMIT).envelopes) == 1
    assert desk.close()


def test_a_disk_that_takes_no_write_closes_the_station_to_the_next_until_it_does_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = DeskRoom(tmp_path)
    monkeypatch.setattr(Ledger, "takes_a_write", lambda _: False)
    with pytest.raises(LedgerError):
        room.do(OnADeadDisk())
    room.do(Count())
    assert room.told[-1] == RoomTold(enough=False)
    monkeypatch.undo()
    room.do(KeepDraft(record(), shares=True))
    room.do(Count())
    assert room.told[-1] == RoomTold(enough=True)
    room.close()
