"""What is asked, what is remembered, and that neither ever becomes an answer nobody gave."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.reading import Quantity
from health.questionnaire import questions_for
from health.remembered import LASTING, Remembered, confirmed, statement, to_confirm
from health.visit import Answer, Question
from health.words import words_of
from tests.health.people import DAY, assessed, visit

Q = Question
SPRING, SUMMER = date(2026, 4, 2), date(2026, 8, 20)
FIVE = [Q.SMOKER, Q.DIABETES, Q.BP_TREATED, Q.KNOWN_CVD, Q.KIDNEY_DISEASE]


@pytest.mark.parametrize(
    ("age", "blood", "asked"),
    [
        ("86", False, FIVE),
        ("86", True, [Q.FASTING, *FIVE]),
        ("66", True, [Q.FASTING, *FIVE, Q.FAMILY_HISTORY_ASCVD]),
        ("74.9", False, [*FIVE, Q.FAMILY_HISTORY_ASCVD]),
        ("75", False, FIVE),
        (None, True, [Q.FASTING, *FIVE]),
    ],
)
def test_only_what_the_visit_can_use_is_asked(age: str | None, *, blood: bool, asked: list[Question]) -> None:
    assert list(questions_for(visit({}, age=age), DAY, blood=blood)) == asked


def test_where_she_lives_is_asked_only_where_a_model_can_use_it() -> None:
    lipids = {Quantity.TOTAL_CHOLESTEROL: "5.00"}
    assert Q.URBAN not in questions_for(visit(lipids), DAY, blood=True)
    assert Q.URBAN in questions_for(visit(lipids | {Quantity.WAIST: "80.0"}), DAY, blood=True)


def test_what_was_answered_is_not_asked_again_even_if_she_does_not_know() -> None:
    seen = visit({}, answers={Q.SMOKER: Answer.UNKNOWN})
    assert Q.SMOKER not in questions_for(seen, DAY, blood=False)


def test_every_question_of_the_assessment_is_asked_of_somebody_or_on_a_screen_of_its_own() -> None:
    everything = {Quantity.TOTAL_CHOLESTEROL: "5.00", Quantity.WAIST: "80.0"}
    asked = questions_for(visit(everything, age="60"), DAY, blood=True)
    assert set(Question) - set(asked) == {Q.PACEMAKER}


def test_the_latest_plain_answer_is_shown_and_used_only_when_confirmed() -> None:
    remembered = [
        Remembered(Q.SMOKER, Answer.YES, SPRING),
        Remembered(Q.SMOKER, Answer.NO, SUMMER),
        Remembered(Q.DIABETES, Answer.YES, SPRING),
        Remembered(Q.DIABETES, Answer.UNKNOWN, SUMMER),
        Remembered(Q.FASTING, Answer.YES, SUMMER),
        Remembered(Q.PACEMAKER, Answer.NO, SUMMER),
    ]
    today = visit({})
    shown = to_confirm(remembered, FIVE, today)
    assert shown == (Remembered(Q.SMOKER, Answer.NO, SUMMER),)
    assert today.answer_to(Q.SMOKER) is None
    assert confirmed(today, shown).answers == ((Q.SMOKER, Answer.NO),)
    assert assessed(today).scores == ()


_REMEMBERED = st.lists(
    st.builds(Remembered, st.sampled_from(Question), st.sampled_from(Answer), st.dates(SPRING, DAY))
)
_ANSWERS = st.dictionaries(st.sampled_from(Question), st.sampled_from(Answer))


@given(remembered=_REMEMBERED, today=_ANSWERS)
def test_an_answer_of_today_stands_and_nothing_unknown_or_of_today_alone_is_remembered(
    remembered: list[Remembered], today: dict[Question, Answer]
) -> None:
    seen = visit({}, answers=today)
    shown = to_confirm(remembered, tuple(Question), seen)
    after = dict(confirmed(seen, shown).answers)
    assert {q: after[q] for q in today} == today
    assert all(r.answer is not Answer.UNKNOWN and r.question in LASTING for r in shown)
    assert set(after) == set(today) | {r.question for r in shown}
    assert confirmed(confirmed(seen, shown), shown) == confirmed(seen, shown)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("question", LASTING)
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_every_remembered_answer_is_a_sentence(language: str, question: Question, answer: Answer) -> None:
    assert words_of(language).say(statement(Remembered(question, answer, SPRING)))


_NOT = {"zh_CN": ("没", "不", "未"), "en": ("not", "nothing", "never", "n't")}


@pytest.mark.parametrize("language", list(_NOT))
@pytest.mark.parametrize("question", list(Question))
def test_no_question_asks_for_a_yes_to_a_not(language: str, question: Question) -> None:
    asked = words_of(language).text(f"question.{question}").lower()
    assert not [word for word in _NOT[language] if word in asked]
