"""What staff put right on the kiosk reaches the right person, leaves the wrong one, and is written down."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from devices.reading import Quantity
from health.amendment import BY_TICKET, Amendment, Change, Reason, read
from health.envelope import Envelope, Kind, open_envelope
from health.record import Record
from health.record import read as read_record
from health.unclaimed import Why
from health.visit import Control
from kiosk.corrections import ExchangeBlood, FileByTicket, FileResult, MoveVisit, VoidVisit
from kiosk.jobs import Job, MarkDelivered, Office
from kiosk.staff_events import (
    Corrected,
    NotCorrected,
    SheetWanted,
    Whereabouts,
)
from kiosk.store.book import Book
from kiosk.today import GONE, CannotCorrectError, Correction, ListToday, Reprint
from kiosk.unclaimed import TROUBLE, Discard, DiscardResult, KeepUnclaimed, ReleaseMeter
from kiosk.upkeep.audit import Line
from kiosk.upkeep.errors import NotAllowedError
from tests.kiosk.deskroom import CHEN, LIMIT, NURSE, SHEN, TECHNICIAN, DeskRoom, loose
from tests.kiosk.station import CLINIC, KEY

LATE = {"total_cholesterol": "5.31", "hdl": "1.42"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    room = DeskRoom(tmp_path)
    yield room
    room.close()


class _Trail(Job[tuple[Line, ...]], frozen=True):
    def do(self, office: Office) -> tuple[Line, ...]:
        return tuple(office.ledger.book.lines())


def _amendment(envelope: Envelope) -> Amendment:
    return read(open_envelope(envelope, CLINIC, KEY.verify_key()))


def _record(envelope: Envelope) -> Record:
    return read_record(open_envelope(envelope, CLINIC, KEY.verify_key()))


def test_a_result_filed_to_a_visit_travels_as_an_amendment_and_prints_a_second_sheet(room: DeskRoom) -> None:
    visit = room.visit(SHEN)
    (sealed,) = room.sent()
    room.time.go_on(minutes=20)
    result = room.result(LATE)
    room.do(FileResult(result, visit, NURSE))
    (envelope,) = room.sent(Kind.AMENDMENT)
    amendment = _amendment(envelope)
    assert (amendment.visit, amendment.envelope) == (visit, sealed.digest())
    assert (amendment.change, amendment.reason, amendment.staff) == (
        Change.LATE_RESULT,
        Reason.CAME_LATE,
        NURSE,
    )
    assert set(amendment.added) == {Quantity.TOTAL_CHOLESTEROL, Quantity.HDL}
    assert amendment.record is not None
    now = amendment.record.visit
    assert now.closed_at == _record(sealed).visit.closed_at
    filed = now.value_of(Quantity.HDL)
    assert filed is not None
    assert (str(filed.value), filed.at, filed.samples[0].frame) == ("1.42", room.time.wall, b"R|1|")
    assert now.missing == ()
    assert any(f.rule.startswith("total_cholesterol") for f in amendment.record.assessment.findings)
    corrected, sheet = room.told[-2:]
    assert corrected == Corrected(visit, Change.LATE_RESULT)
    assert isinstance(sheet, SheetWanted)
    assert (sheet.record, sheet.copy) == (amendment.record, False)
    assert room.listed() == []


def test_the_station_files_a_numbered_late_result_by_itself_and_prints_nothing(room: DeskRoom) -> None:
    visit, other = room.visit(SHEN), room.visit(CHEN)
    room.result(LATE, Why.AFTER_CLOSING, visit)
    stays = room.result({"hdl": "1.10"}, Why.OTHER_SPECIMEN)
    room.do(FileByTicket(visit))
    room.do(FileByTicket(other))
    (envelope,) = room.sent(Kind.AMENDMENT)
    assert (_amendment(envelope).visit, _amendment(envelope).staff) == (visit, BY_TICKET)
    assert room.listed() == [stays]
    assert not any(isinstance(event, SheetWanted) for event in room.told)


def test_a_value_that_a_visit_has_already_is_never_replaced_by_a_stray_one(room: DeskRoom) -> None:
    visit = room.visit(SHEN, total_cholesterol="4.10")
    result = room.result({"total_cholesterol": "7.90"})
    assert room.desk.submit(FileResult(result, visit, NURSE)).exception(LIMIT) is not None
    assert room.told[-1] == NotCorrected("say.correction.has_value")
    assert room.listed() == [result]
    assert room.sent(Kind.AMENDMENT) == []


def test_what_an_instrument_out_of_control_said_is_filed_to_nobody(room: DeskRoom) -> None:
    visit = room.visit(SHEN)
    spoiled = loose("hdl", "1.42", room.time.wall, Why.NO_TICKET, None)
    out = tuple(replace(one, control=Control.OUT) for one in spoiled.observations)
    result = room.do(KeepUnclaimed(replace(spoiled, observations=out)))
    assert room.desk.submit(FileResult(result, visit, NURSE)).exception(LIMIT) is not None
    assert room.told[-1] == NotCorrected("say.correction.out_of_control")
    assert room.listed() == [result]


def test_an_urgent_late_result_calls_the_clinic_before_everything_else(room: DeskRoom) -> None:
    visit = room.visit(SHEN)
    room.do(FileResult(room.result({"glucose": "2.4"}), visit, NURSE))
    assert [one.header.kind for one in room.sent()] == [Kind.ALARM, Kind.VISIT, Kind.AMENDMENT]
    assert {one.header.visit for one in room.sent()} == {visit}


def test_a_void_visit_is_an_error_at_the_clinic_and_gone_here(room: DeskRoom) -> None:
    visit = room.visit(SHEN)
    (sealed,) = room.sent()
    assert room.on_disk(sealed)
    room.do(VoidVisit(visit, Reason.TEST_RUN, NURSE))
    (left,) = room.sent()
    amendment = _amendment(left)
    assert (amendment.change, amendment.reason, amendment.envelope) == (
        Change.VOID,
        Reason.TEST_RUN,
        sealed.digest(),
    )
    assert not room.on_disk(sealed)
    assert room.do(ListToday()) == ()


def test_after_a_correction_the_wrong_persons_copy_is_gone_and_the_right_one_has_her_own(
    room: DeskRoom,
) -> None:
    wrong = room.visit(CHEN, total_cholesterol="5.31")
    (sealed,) = room.sent()
    late = room.result({"hdl": "1.42"})
    room.do(FileResult(late, wrong, NURSE))
    copies = room.sent()
    room.do(MoveVisit(wrong, SHEN, Reason.OTHER_CARD, NURSE))
    assert not any(room.on_disk(one) for one in (sealed, *copies))
    (hers,), (envelope,) = room.sent(Kind.VISIT), room.sent(Kind.AMENDMENT)
    amendment, before, now = _amendment(envelope), _record(sealed), _record(hers)
    assert (amendment.visit, amendment.change) == (wrong, Change.WRONG_PERSON)
    assert amendment.moved_to == now.visit.id != wrong
    assert amendment.record is None
    assert now.visit.resident == SHEN
    assert now.visit.opened_at == before.visit.opened_at
    assert now.visit.observations[:2] == before.visit.observations
    assert now.visit.value_of(Quantity.HDL) is not None
    assert [line.who for line in room.do(ListToday())] == ["沈*珍"]


def test_what_was_compared_with_the_wrong_persons_past_is_compared_no_more(room: DeskRoom) -> None:
    wrong, right = room.visit(CHEN), room.visit(SHEN)
    room.do(MoveVisit(wrong, right, Reason.OTHER_CARD, NURSE))
    moved = _record(room.sent(Kind.VISIT)[-1])
    assert moved.visit.resident == SHEN
    assert moved.history == ()
    assert moved.assessment.changes == ()


def test_swapped_blood_goes_back_to_each_and_no_copy_of_the_swap_is_left(room: DeskRoom) -> None:
    shen, chen = room.visit(SHEN, total_cholesterol="6.42"), room.visit(CHEN, total_cholesterol="4.61")
    swapped = room.sent()
    room.do(ExchangeBlood(shen, chen, NURSE))
    assert not any(room.on_disk(one) for one in swapped)
    right = {r.visit.resident.name: r for r in map(_record, room.sent(Kind.VISIT))}
    values = {who: str(one.visit.value_of(Quantity.TOTAL_CHOLESTEROL).value) for who, one in right.items()}  # type: ignore[union-attr]
    assert values == {SHEN.name: "4.61", CHEN.name: "6.42"}
    amended = {a.visit: a for a in map(_amendment, room.sent(Kind.AMENDMENT))}
    assert {a.change for a in amended.values()} == {Change.WRONG_PERSON}
    assert amended[shen].moved_to == right[SHEN.name].visit.id
    assert amended[chen].moved_to == right[CHEN.name].visit.id


def test_an_urgent_visit_that_is_moved_calls_for_the_right_person(room: DeskRoom) -> None:
    wrong = room.visit(CHEN, glucose="2.4")
    room.do(MoveVisit(wrong, SHEN, Reason.OTHER_CARD, NURSE))
    (alarm,) = room.sent(Kind.ALARM)
    assert alarm.header.visit == room.sent(Kind.VISIT)[0].header.visit != wrong
    assert _record(alarm).visit.resident == SHEN


def test_today_says_masked_who_what_was_measured_and_how_far_it_came(room: DeskRoom) -> None:
    first = room.visit(SHEN, hdl="1.42")
    for one in room.sent():
        room.do(MarkDelivered(one.header.id, first, 201, "", room.time.wall))
    room.time.go_on(minutes=5)
    second = room.visit(CHEN)
    for one in room.sent():
        room.do(MarkDelivered(one.header.id, second, 202, "does_not_open", room.time.wall))
    room.do(FileResult(room.result({"hdl": "1.10"}), second, NURSE))
    newest, oldest = room.do(ListToday())
    assert (newest.visit, newest.who, newest.amended) == (second, "陈*强", True)
    assert newest.whereabouts is Whereabouts.REFUSED
    assert (oldest.visit, oldest.amended) == (first, False)
    assert oldest.whereabouts is Whereabouts.DELIVERED
    assert oldest.measured == (Quantity.BODY_WEIGHT, Quantity.HDL)
    assert str(SHEN.identity) not in repr(newest) + repr(oldest) + str(room.told[-1])


def test_a_reprint_is_marked_as_a_copy_and_shows_the_visit_as_it_stands_now(room: DeskRoom) -> None:
    visit = room.visit(SHEN)
    room.do(FileResult(room.result({"hdl": "1.42"}), visit, NURSE))
    room.do(Reprint(visit, NURSE))
    sheet = room.told[-1]
    assert isinstance(sheet, SheetWanted)
    assert sheet.copy
    assert sheet.record.visit.value_of(Quantity.HDL) is not None


def test_every_act_has_its_line_in_the_trail_and_names_nobody(room: DeskRoom) -> None:
    visit, other = room.visit(SHEN), room.visit(CHEN)
    room.do(FileResult(room.result({"hdl": "1.42"}), visit, NURSE))
    room.do(Reprint(visit, NURSE))
    room.do(MoveVisit(visit, CHEN, Reason.OTHER_CARD, NURSE))
    room.do(VoidVisit(other, Reason.ASKED_FOR, NURSE))
    room.do(DiscardResult(room.result({"hdl": "1.1"}), Discard.NOBODY, NURSE))
    room.do(ReleaseMeter("meter", NURSE))
    lines = room.do(_Trail())
    assert [line.result for line in lines] == [
        "late_result",
        "reprint",
        "wrong_person:other_card",
        "void:asked_for",
        "discard:nobody",
        "release",
    ]
    assert {line.who for line in lines} == {NURSE}
    assert str(visit) not in str(lines)


def test_an_act_and_its_line_are_on_the_disk_together_or_not_at_all(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = room.visit(SHEN)
    result = room.result(LATE)
    before, told = room.sent(), len(room.told)

    def full(*_: object) -> None:
        raise OSError

    acts: tuple[Correction, ...] = (
        FileResult(result, visit, NURSE),
        VoidVisit(visit, Reason.TEST_RUN, NURSE),
        MoveVisit(visit, CHEN, Reason.OTHER_CARD, NURSE),
    )
    with monkeypatch.context() as broken:
        broken.setattr(Book, "add_line", full)
        for act in acts:
            assert isinstance(room.desk.submit(act).exception(LIMIT), OSError)
    assert room.told[told:] == [NotCorrected(TROUBLE)] * 3
    assert room.sent() == before
    assert room.listed() == [result]


@pytest.mark.parametrize("by", [TECHNICIAN, "nobody"])
def test_who_may_not_correct_changes_nothing(room: DeskRoom, by: str) -> None:
    visit = room.visit(SHEN)
    before = room.sent()
    answer = room.desk.submit(VoidVisit(visit, Reason.TEST_RUN, by))
    assert isinstance(answer.exception(LIMIT), NotAllowedError)
    assert isinstance(room.told[-1], NotCorrected)
    assert room.sent() == before


def _refused(room: DeskRoom, visit: UUID) -> bool:
    answer = room.desk.submit(VoidVisit(visit, Reason.TEST_RUN, NURSE)).exception(LIMIT)
    return isinstance(answer, CannotCorrectError) and room.told[-1] == NotCorrected(GONE)


def test_yesterday_cannot_be_opened_corrected_or_listed_by_anybody_here(tmp_path: Path) -> None:
    room = DeskRoom(tmp_path)
    visit = room.visit(SHEN)
    room.time.go_on(hours=24)
    assert room.do(ListToday()) == ()
    assert _refused(room, visit)
    assert _refused(room, uuid4())
    room.close()
