"""A call for a value ends with what staff say of it, whoever stands at the kiosk when they come."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from devices.events import CardHeard
from health.visit import CallOutcome
from kiosk.calling.calls import Reason
from kiosk.care.calling import WAITS_S
from kiosk.events import CallStoodOpen
from kiosk.flow.steps import Choice, Step
from kiosk.personas import people
from kiosk.views import Overlay
from tests.kiosk.calling_place import _Trail
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        yield made


def lay_badge(house: HandMovedStation) -> None:
    """A member of staff lays a card on the reader."""
    house.attendant.hear(CardHeard("reader", people().staff.card(), house.time.monotonic()))


def comes_to(house: HandMovedStation, step: Step) -> None:
    """Lin, as far as ``step``, while a call of before the last start still stands."""
    house.attendant.choose(Choice.START)
    if step is not Step.WELCOME:
        house.attendant.choose(Choice.START)
        goes_to(house, "lin", step)
    stood_open(house)


def stood_open(house: HandMovedStation) -> None:
    house.attendant.hear(CallStoodOpen(house.time.wall() - timedelta(minutes=20)))


def stands(house: HandMovedStation) -> bool:
    """Whether a call for a value stands."""
    call = house.attendant._at.calls.standing
    return call is not None and call.reason is Reason.URGENT


def last_line(house: HandMovedStation) -> str:
    return house.desk.submit(_Trail()).result()[-1].result


@pytest.mark.parametrize(
    "step",
    [
        Step.WELCOME,
        Step.IDENTIFY,
        Step.CONSENT,
        Step.STAND,
        Step.QUESTION,
        Step.PRESSURE,
        Step.GRIP,
        Step.RESULT,
        Step.TAKE,
        Step.PAPER,
    ],
)
def test_a_badge_in_the_middle_of_a_visit_is_asked_what_came_of_the_call_and_the_visit_stays(
    house: HandMovedStation, step: Step
) -> None:
    comes_to(house, step)
    visit, page = house.visit, house.view().body
    lay_badge(house)
    assert (house.view().step, house.view().overlay) == (step, Overlay.OUTCOME)
    house.attendant.choose(Choice.OUTCOME, CallOutcome.DOCTOR)
    view = house.view()
    assert (view.step, view.overlay, view.body, house.visit) == (step, None, page, visit)
    assert not stands(house)
    assert last_line(house) == "closed:doctor"
    assert house.attendant.visit.call is None


@pytest.mark.parametrize("choice", [Choice.BACK, Choice.SKIP, Choice.CLOSE, Choice.STAY, Choice.NEXT])
def test_no_other_key_takes_the_question_away(house: HandMovedStation, choice: Choice) -> None:
    comes_to(house, Step.IDENTIFY)
    lay_badge(house)
    house.attendant.choose(choice)
    assert (house.view().step, house.view().overlay) == (Step.IDENTIFY, Overlay.OUTCOME)


def test_the_badge_that_answers_a_call_takes_no_blood(house: HandMovedStation) -> None:
    comes_to(house, Step.BLOOD)
    lay_badge(house)
    assert (house.view().step, house.view().overlay) == (Step.BLOOD, Overlay.OUTCOME)
    house.attendant.choose(Choice.OUTCOME, CallOutcome.RESTED)
    lay_badge(house)
    assert house.view().step is Step.SAMPLE


def test_a_call_of_which_nobody_says_what_came_stands_again(house: HandMovedStation) -> None:
    comes_to(house, Step.QUESTION)
    lay_badge(house)
    assert not stands(house)
    house.go_on(WAITS_S + 2)
    assert (house.view().step, house.view().overlay) == (Step.QUESTION, None)
    assert stands(house)


def test_help_above_the_question_leaves_the_call_open(house: HandMovedStation) -> None:
    comes_to(house, Step.QUESTION)
    lay_badge(house)
    house.attendant.choose(Choice.HELP)
    house.go_on(1)
    assert house.view().overlay is Overlay.HELP
    assert stands(house)


def test_a_badge_at_goodbye_is_asked_on_the_screen_of_its_own(house: HandMovedStation) -> None:
    comes_to(house, Step.GOODBYE)
    lay_badge(house)
    assert house.view().step is Step.ANSWERED
    house.attendant.choose(Choice.OUTCOME, CallOutcome.HOME)
    assert house.view().step is Step.IDLE
    assert not stands(house)


def test_an_outcome_that_is_none_is_not_written_down(house: HandMovedStation) -> None:
    stood_open(house)
    lay_badge(house)
    assert house.view().step is Step.ANSWERED
    house.attendant.choose(Choice.OUTCOME, "no such thing")
    assert house.view().step is Step.ANSWERED
