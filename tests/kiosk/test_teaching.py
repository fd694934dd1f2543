"""What she will do first: three pictures with the right one among them, once, kindly, and kept nowhere."""

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.reading import Quantity
from health.assessment import Phrase
from health.ids import new_id
from health.visit import Answer, Question
from health.words import languages, words_of
from kiosk.cards import cards
from kiosk.flow.steps import Choice, Step
from kiosk.person import SimulatedPerson
from kiosk.personas import people
from kiosk.teaching import BESIDE, Deed, Lesson, lesson_of, pictures_of
from kiosk.views import TeachView
from tests.health.people import BOOK, HEALTHY, assessed, visit
from tests.kiosk.novice.house import HandMovedStation, hand_moved
from tests.kiosk.test_cards_as_told import VALUES

Q = Quantity
SAID = Phrase("hint.bp.bit_high")
WELL = {
    Q.BODY_HEIGHT: "160.0",
    Q.BODY_WEIGHT: "60.0",
    Q.SYSTOLIC: "116",
    Q.DIASTOLIC: "74",
    Q.GRIP_RIGHT: "30.0",
}


def lesson(values: dict[Quantity, str], age: str = "66") -> Lesson | None:
    return lesson_of(assessed(visit(WELL | values, age=age, answers=HEALTHY)), BOOK.advice)


@pytest.mark.parametrize(
    ("values", "deed"),
    [
        ({Q.SYSTOLIC: "150", Q.DIASTOLIC: "92"}, Deed.DOCTOR),
        ({Q.BODY_WEIGHT: "72.0"}, Deed.WALK),
        ({Q.GRIP_RIGHT: "12.0"}, Deed.CHAIR),
        ({Q.BODY_WEIGHT: "46.0"}, Deed.EAT),
        ({Q.SYSTOLIC: "86", Q.DIASTOLIC: "54"}, Deed.RISE),
        ({}, None),
        ({Q.SYSTOLIC: "190", Q.DIASTOLIC: "115"}, None),
    ],
)
def test_the_first_hint_for_home_is_what_is_taught_and_nothing_where_staff_are_called(
    values: dict[Quantity, str], deed: Deed | None
) -> None:
    found = lesson(values)
    assert (None if found is None else found.deed) is deed


def test_who_had_eaten_is_taught_to_come_fasting_where_her_blood_fat_asks_for_it() -> None:
    values = WELL | {Q.TRIGLYCERIDES: "3.10", Q.TOTAL_CHOLESTEROL: "4.60", Q.HDL: "1.40"}
    answers = HEALTHY | {Question.FASTING: Answer.NO}
    found = lesson_of(assessed(visit(values, age="66", answers=answers)), BOOK.advice)
    assert found is not None
    assert found.deed is Deed.FASTING


@given(st.sampled_from([deed for deed in Deed if deed not in BESIDE]), st.uuids())
def test_the_right_one_is_always_among_three_different_pictures(deed: Deed, visit_id: UUID) -> None:
    shown = pictures_of(Lesson(deed, SAID), visit_id)
    assert len(set(shown)) == 3
    assert set(shown) == {deed, *BESIDE}


def test_the_right_one_is_not_always_at_the_same_place() -> None:
    places = {pictures_of(Lesson(Deed.WALK, SAID), new_id()).index(Deed.WALK) for _ in range(60)}
    assert places == {0, 1, 2}


@pytest.mark.parametrize("age", ["50", "66", "86"])
def test_what_is_said_behind_the_pictures_is_said_on_a_card_too(age: str) -> None:
    seen = visit(VALUES, age=age, answers=HEALTHY)
    result = assessed(seen)
    found = lesson_of(result, BOOK.advice)
    assert found is not None
    for language in languages():
        words = words_of(language)
        said = {card.sentence for card in cards(seen, result, (), words, simulated=False)}
        assert words.say(found.sentence) in said


def comes_to_the_pictures(house: HandMovedStation) -> TeachView:
    """Shen, whose pressure is high, comes with her simulated hands as far as the pictures."""
    she = people().called("shen")
    body = SimulatedPerson(she, people(), house.clock, house.bench.simulated, house.attendant.choose)
    for _ in range(4000):
        house.go_on(1.0)
        view = house.view()
        if isinstance(view.body, TeachView):
            return view.body
        body.watch(view)
    raise AssertionError("the pictures never came")


@pytest.mark.parametrize("right", [True, False])
def test_whichever_she_picks_the_right_one_is_shown_and_her_answer_is_kept_nowhere(
    tmp_path: Path, *, right: bool
) -> None:
    with hand_moved(tmp_path) as house:
        before = comes_to_the_pictures(house)
        assert (len(before.deeds), before.first) == (3, None)
        was = house.attendant.visit
        wanted = next(d for d in before.deeds if (d.name in BESIDE) is not right)
        house.attendant.choose(Choice.PICK, wanted.name)
        after = house.view().body
        assert isinstance(after, TeachView)
        assert after.first is not None
        assert after.first.name not in BESIDE
        assert after.same is right
        assert house.attendant.visit == was
        house.attendant.choose(Choice.NEXT)
        assert house.view().step is Step.TAKE


def test_she_may_leave_it_out_and_a_picture_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    with hand_moved(tmp_path) as house:
        before = comes_to_the_pictures(house)
        house.attendant.choose(Choice.NEXT)
        house.attendant.choose(Choice.PICK, "medicine")
        assert house.view().body == before
        house.attendant.choose(Choice.SKIP)
        assert house.view().step is Step.TAKE
