"""A result without a person is kept, sealed, until staff say what to do with it; a power cut loses none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from health.envelope import Kind
from kiosk.corrections import FileResult
from kiosk.staff_events import MeterReleased, UnclaimedGone
from kiosk.unclaimed import Discard, DiscardResult, ListUnclaimed, ReleaseMeter
from tests.kiosk.deskroom import NURSE, SHEN, DeskRoom
from tests.kiosk.station import HeldTime

LATE = {"total_cholesterol": "5.31", "hdl": "1.42"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    room = DeskRoom(tmp_path)
    yield room
    room.close()


def test_values_of_one_sample_are_one_result_and_of_two_samples_two(room: DeskRoom) -> None:
    room.result(LATE)
    room.time.go_on(minutes=5)
    room.result(LATE)
    assert [len(line.values) for line in room.do(ListUnclaimed())] == [2, 2]


def test_staff_throw_a_result_away_and_give_a_meter_back(room: DeskRoom) -> None:
    result = room.result(LATE)
    room.do(DiscardResult(result, Discard.STORED, NURSE))
    room.do(ReleaseMeter("meter", NURSE))
    assert room.told[-2:] == [UnclaimedGone(result), MeterReleased("meter")]
    assert room.listed() == []
    assert room.sent() == []


def test_after_a_power_cut_a_result_is_listed_without_its_value_and_goes_to_the_clinic(
    tmp_path: Path,
) -> None:
    before = DeskRoom(tmp_path)
    result = before.result(LATE)
    heard = before.time.wall
    before.close()
    after = DeskRoom(tmp_path, HeldTime())
    (line,) = after.do(ListUnclaimed())
    assert (line.id, line.instrument, line.heard_at) == (result, "meter", heard)
    assert (line.why, line.specimen, line.values) == (None, None, ())
    (out,) = after.sent()
    assert (out.header.id, out.header.kind, out.header.visit) == (result, Kind.AMENDMENT, None)
    after.do(DiscardResult(result, Discard.NOBODY, NURSE))
    assert after.listed() == []
    assert len(after.sent()) == 1
    after.close()


def test_restarted_with_the_day_key_a_result_can_still_be_filed(tmp_path: Path) -> None:
    (memory := tmp_path / "memory").mkdir()
    before = DeskRoom(tmp_path, memory=memory)
    visit, result = before.visit(SHEN), before.result(LATE)
    before.close()
    after = DeskRoom(tmp_path, before.time, memory)
    after.do(FileResult(result, visit, NURSE))
    assert len(after.sent(Kind.AMENDMENT)) == 1
    after.close()


def test_nothing_of_a_result_without_a_person_stands_in_the_clear(room: DeskRoom) -> None:
    room.result({"hdl": "1.42"})
    content = (room.folder / "ledger.db").read_bytes()
    assert b"K26112300017" not in content
    assert b"1.42" not in content
