"""The trail: only ever added to, together with the action, and any byte that was changed is found."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.jobs import Office
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE
from kiosk.upkeep.audit import require_whole, subject_of
from kiosk.upkeep.errors import NotAllowedError, TrailError
from kiosk.upkeep.reading_trail import FollowTrail, Note, ReadTrail
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import note
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import office


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Office]:
    made = office(tmp_path, HeldTime())
    yield made
    made.ledger.close()


def test_a_line_says_who_did_what_when_to_what_and_what_came_of_it(room: Office) -> None:
    visit = uuid4()
    Note("ann", Act.VISIT, subject_of(visit), "copy printed").do(room)
    (line,) = ReadTrail("tom").do(room)
    assert (line.who, line.act, line.result) == ("ann", "visit", "copy printed")
    assert line.at == "2026-11-23T09:00:00.000000+00:00"
    assert str(visit) not in line.subject
    assert line.subject == subject_of(visit)


def test_a_line_and_its_action_are_kept_together_or_not_at_all(room: Office) -> None:
    def half_done() -> None:
        with room.ledger.together():
            room.ledger.book.enable("tom", enabled=False)
            note(room, "sue", Act.STAFF, "tom", "shut")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert list(room.ledger.book.lines()) == []
    tom = room.ledger.book.member("tom")
    assert tom is not None
    assert tom.enabled


def test_what_is_not_allowed_is_refused_and_the_refusal_is_noted(room: Office) -> None:
    for job in (Note("tom", Act.VISIT), ReadTrail("ann"), Note("nobody", Act.TEST)):
        with pytest.raises(NotAllowedError):
            job.do(room)
    assert [(line.who, line.act, line.result) for line in room.ledger.book.lines()] == [
        ("tom", "visit", "refused"),
        ("ann", "trail", "refused"),
    ]


def test_the_ledger_itself_refuses_to_change_or_delete_a_line(tmp_path: Path, room: Office) -> None:
    Note("tom", Act.TEST, "scale").do(room)
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("INSERT INTO book (page, id, instrument, version, body) VALUES ('run', 'x', 'y', 1, '')")
        for harm in ("UPDATE trail SET who = 'sue'", "DELETE FROM trail", "DELETE FROM book"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                raw.execute(harm)
    raw.close()


_COLUMNS = ("at", "clock_trusted", "boot", "monotonic_ms", "who", "act", "subject", "result", "hash")


@pytest.mark.parametrize("column", _COLUMNS)
def test_any_byte_of_any_column_that_was_changed_is_found_at_its_line(
    tmp_path: Path, room: Office, column: str
) -> None:
    for number in range(4):
        note(room, "tom", Act.TEST, f"scale {number}")
    before = FollowTrail().do(room)
    assert before.whole
    assert before.head.number == 4
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("DROP TRIGGER trail_no_update")
        ((value,),) = raw.execute(f"SELECT {column} FROM trail WHERE number = 2")  # noqa: S608 - our own names
        raw.execute(f"UPDATE trail SET {column} = ? WHERE number = 2", (_one_byte_off(value),))  # noqa: S608
    raw.close()
    after = FollowTrail().do(room)
    assert after.broken_at == 2
    with pytest.raises(TrailError, match="line 2"):
        require_whole(after)


def _one_byte_off(value: bytes | str | int) -> bytes | str | int:
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    last = value[-1]
    return value[:-1] + ("1" if last == "0" else "0" if last in "123456789abcdef" else chr(ord(last) ^ 1))


def test_a_line_that_was_taken_out_or_put_in_is_found(tmp_path: Path, room: Office) -> None:
    for number in range(5):
        note(room, "tom", Act.TEST, f"scale {number}")
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("DROP TRIGGER trail_no_delete")
        raw.execute("DELETE FROM trail WHERE number = 3")
    raw.close()
    assert FollowTrail().do(room).broken_at == 3


def test_a_trail_that_was_cut_ends_before_the_head_the_clinic_has(tmp_path: Path, room: Office) -> None:
    for number in range(5):
        note(room, "tom", Act.TEST, f"scale {number}")
    told = FollowTrail().do(room).head
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("DROP TRIGGER trail_no_delete")
        raw.execute("DELETE FROM trail WHERE number > 3")
    raw.close()
    after = FollowTrail().do(room)
    assert after.whole
    assert after.head.number < told.number


def test_a_trail_of_more_lines_than_one_question_returns_is_followed_whole(room: Office) -> None:
    with room.ledger.together():
        for number in range(1100):
            note(room, "tom", Act.TEST, f"scale {number}")
    followed = FollowTrail().do(room)
    assert (followed.whole, followed.head.number) == (True, 1100)
    assert followed.head == room.ledger.book.head()


def test_no_line_is_written_where_the_disk_refuses(room: Office) -> None:
    note(room, "tom", Act.TEST)
    line = next(room.ledger.book.lines())
    with pytest.raises(LedgerError):
        room.ledger.book.add_line(line)
    assert room.ledger.book.head().number == 1
