"""Back and forward again wherever there is a way back: nothing said or measured is lost or there twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.reading import Quantity
from health.visit import Answer, Question
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import TABLE
from kiosk.views import PhoneView, QuestionView, ResultView
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.screens.test_novice import slip
from tests.kiosk.test_couples_and_other_cards import goes_to, lay, sealed

WAYS_BACK = {Step.WELCOME, Step.IDENTIFY, Step.PHONE, Step.CONFIRM, Step.QUESTION, Step.TRENDS}
PRESSED = {Answer.YES: Choice.YES, Answer.NO: Choice.NO, Answer.UNKNOWN: Choice.UNKNOWN}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        yield made


def presses(house: HandMovedStation, *choices: Choice) -> Step:
    for choice in choices:
        house.attendant.choose(choice)
    return house.view().step


def test_these_are_all_the_steps_that_lead_back() -> None:
    assert {step for step, row in TABLE.items() if Happening.BACK in row.leads} == WAYS_BACK


def test_on_her_way_in_she_comes_back_to_where_she_was_with_what_she_typed(house: HandMovedStation) -> None:
    assert presses(house, Choice.START, Choice.BACK) is Step.IDLE
    assert presses(house, Choice.START, Choice.START, Choice.BACK) is Step.WELCOME
    assert presses(house, Choice.START, Choice.BY_PHONE) is Step.PHONE
    for digit in "13800":
        house.attendant.choose(Choice.DIGIT, digit)
    assert presses(house, Choice.BACK) is Step.IDENTIFY
    assert presses(house, Choice.BY_PHONE) is Step.PHONE
    body = house.view().body
    assert isinstance(body, PhoneView)
    assert body.digits == "13800"
    assert presses(house, Choice.BACK) is Step.IDENTIFY
    lay(house, "lin")
    assert presses(house, Choice.BACK) is Step.IDENTIFY
    assert house.attendant.visit.resident.identity is None
    lay(house, "lin")
    assert presses(house, Choice.YES) in (Step.CONFIRM, Step.CONSENT)
    house.go_on(1.0)
    assert house.view().step is Step.CONSENT


def question(house: HandMovedStation) -> QuestionView:
    body = house.view().body
    assert isinstance(body, QuestionView)
    return body


def test_every_question_can_be_gone_back_to_and_counts_once_with_what_was_said_last(
    house: HandMovedStation,
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    measured = house.attendant.visit.observations
    said: dict[str, Answer] = {}
    total = question(house).total
    for number in range(1, total + 1):
        one = question(house)
        assert one.number == number
        first = Answer.YES if number % 2 else Answer.UNKNOWN
        said[one.key] = Answer.NO
        house.attendant.choose(PRESSED[first])
        if number < total:
            house.attendant.choose(Choice.BACK)
            assert question(house) == one
            assert house.attendant.visit.answer_to(Question(one.key)) is first
            house.attendant.choose(Choice.NO)
    assert house.view().step is not Step.QUESTION
    said[one.key] = first
    answers = [(q, a) for q, a in house.attendant.visit.answers if q in said]
    assert dict(answers) == said
    assert len(answers) == len(said)
    assert house.attendant.visit.observations == measured


def test_before_the_first_question_there_is_no_way_back_and_a_press_changes_nothing(
    house: HandMovedStation,
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    before = house.view()
    assert question(house).number == 1
    house.attendant.choose(Choice.BACK)
    assert house.view() == before


def test_among_her_results_she_turns_to_and_fro_and_the_sealed_visit_has_each_value_once(
    tmp_path: Path,
) -> None:
    with hand_moved(tmp_path, Circumstances(slip=slip("57.8"), guideline=False)) as house:
        lay(house, "lin")
        goes_to(house, "lin", Step.RESULT)
        before, first = house.attendant.visit, house.view()
        assert presses(house, Choice.EARLIER, Choice.BACK) is Step.RESULT
        assert house.view() == first
        house.attendant.choose(Choice.NEXT)
        second = house.view()
        assert isinstance(second.body, ResultView)
        assert second.body.page == 2
        presses(house, Choice.BACK)
        assert house.view() == first
        presses(house, Choice.NEXT)
        assert house.view() == second
        assert house.attendant.visit == before
        goes_to(house, "lin", Step.GOODBYE)
        visit = sealed(house)[0].visit
    quantities = [one.quantity for one in visit.observations]
    assert len(quantities) == len(set(quantities))
    assert visit.observations == before.observations
    assert visit.answers == before.answers
    assert Quantity.SYSTOLIC in quantities
