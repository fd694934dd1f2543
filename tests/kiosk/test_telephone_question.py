"""How her doctor reaches her is asked once of who shares her visit, read back, and kept once she says yes."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from health.slip import Slip, slip_of
from health.visit import PastVisit, Resident, Visit
from kiosk.courier.events import SlipTold
from kiosk.flow.steps import Choice, Step
from kiosk.running import RunningStation
from kiosk.views import QuestionView, TelephoneCheckView, TelephoneView
from kiosk.voice.saying import saying
from tests.clinic.running import clinic_at
from tests.health.test_record import VISIT
from tests.kiosk.test_a_second_visit import THEN, lay_card, slip_found, to_the_questions
from tests.kiosk.walk import station, until, walk

NUMBER = "13800000738"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningStation]:
    with station(tmp_path, pressure="guideline") as open_station:
        yield open_station


def answer_all(running: RunningStation) -> None:
    """Answer every question."""
    while isinstance(running.view().body, QuestionView):
        running.choose(Choice.UNKNOWN)


def to_the_telephone(running: RunningStation) -> None:
    lay_card(running, "lin")
    to_the_questions(running)
    answer_all(running)
    assert running.attendant.step is Step.TELEPHONE


def type_in(running: RunningStation, digits: str) -> None:
    for digit in digits:
        running.choose(Choice.DIGIT, digit)
    running.choose(Choice.CONFIRM)


def test_it_is_read_back_digit_by_digit_and_kept_once_she_says_yes(running: RunningStation) -> None:
    to_the_telephone(running)
    type_in(running, NUMBER)
    assert running.view().body == TelephoneCheckView("138 0000 0738")
    said = saying(running.view())
    digits = tuple("".join(filter(str.isdigit, text)) for text in said.asked)
    assert [group for group in digits if group] == ["138", "0000", "0738"]
    assert not any(digit in text for text in said.itself for digit in "138")
    assert running.visit.resident.phone is None
    running.choose(Choice.YES)
    assert running.attendant.step is Step.REST
    assert running.visit.resident.phone == NUMBER


def test_a_number_that_was_read_back_wrong_is_still_there_to_be_mended(running: RunningStation) -> None:
    to_the_telephone(running)
    type_in(running, NUMBER)
    running.choose(Choice.NO)
    assert running.view().body == TelephoneView(NUMBER, complete=True, full=True)
    running.choose(Choice.DELETE)
    type_in(running, "9")
    running.choose(Choice.YES)
    assert running.visit.resident.phone == "13800000739"


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("057187654321", "0571 8765 4321"),
        ("03718765432", "0371 8765 432"),
        ("01062351234", "010 6235 1234"),
        ("62351234", "6235 1234"),
        ("6235123", "6235 123"),
    ],
)
def test_a_land_line_loses_no_digit_and_is_read_back_as_people_say_it(
    running: RunningStation, digits: str, shown: str
) -> None:
    to_the_telephone(running)
    type_in(running, digits)
    assert running.view().body == TelephoneCheckView(shown)
    running.choose(Choice.YES)
    assert running.visit.resident.phone == digits


@pytest.mark.parametrize("digits", ["138", "23800000738", "057187", "0106235123"])
def test_half_a_number_or_no_number_is_not_taken(running: RunningStation, digits: str) -> None:
    to_the_telephone(running)
    type_in(running, digits)
    body = running.view().body
    assert isinstance(body, TelephoneView)
    assert body.trouble is not None


@pytest.mark.parametrize("typed", ["", "1380", NUMBER])
def test_it_may_be_left_out_at_any_moment_and_then_nothing_is_kept(
    running: RunningStation, typed: str
) -> None:
    to_the_telephone(running)
    type_in(running, typed)
    running.choose(Choice.SKIP)
    assert running.attendant.step is Step.REST
    assert running.visit.resident.phone is None


@pytest.mark.parametrize(
    ("way", "agree"),
    [(Choice.AS_GUEST, Choice.PRINT_ONLY), (Choice.BY_PHONE, Choice.AGREE), (None, Choice.PRINT_ONLY)],
)
def test_no_guest_nobody_who_keeps_it_to_herself_and_nobody_whose_number_is_known_is_asked(
    running: RunningStation, way: Choice | None, agree: Choice
) -> None:
    if way is None:
        lay_card(running, "lin")
    else:
        for choice in (Choice.START, Choice.START, way):
            running.choose(choice)
    if way is Choice.BY_PHONE:
        type_in(running, NUMBER)
    to_the_questions(running, agree)
    answer_all(running)
    assert running.attendant.step is Step.REST


def test_whom_the_clinic_can_reach_is_not_asked_and_the_slip_does_not_say_the_number(
    running: RunningStation,
) -> None:
    lin = lay_card(running, "lin")
    running.attendant.remember(SlipTold(lin, Slip((PastVisit(THEN),), reach_asked=True)))
    to_the_questions(running)
    answer_all(running)
    assert running.attendant.step is Step.REST
    assert running.visit.resident.phone is None


def test_a_slip_says_of_a_number_only_that_there_is_one() -> None:
    with_one = [Visit(VISIT.id, VISIT.on, resident=Resident(phone=NUMBER), incomplete=True)]
    assert slip_of(with_one) == Slip((PastVisit(VISIT.on),), reach_asked=True)
    assert not slip_of([replace(VISIT, incomplete=True)]).reach_asked


def test_who_left_it_out_on_a_whole_visit_is_not_asked_again() -> None:
    assert slip_of([VISIT]).reach_asked


def test_she_is_asked_once_in_all_her_visits_and_no_log_holds_the_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with clinic_at(tmp_path / "clinic", "demo") as clinic, station(tmp_path, clinic=clinic.url) as running:
        first = walk(running, "shen")
        until(running, lambda: first.visit.id in running.arrived)
        assert slip_found(running, "shen", monkeypatch)
        second = walk(running, "shen")
    assert {Step.TELEPHONE, Step.TELEPHONE_CHECK} <= first.steps
    assert first.visit.resident.phone == "13800000426"
    assert Step.TELEPHONE not in second.steps
    assert "13800000426" not in caplog.text + repr(first.views)
