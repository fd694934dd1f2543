"""What only a doctor is shown: targets with their source, values near a limit, totals of scales."""

from datetime import date, timedelta, timezone
from decimal import Decimal

import pytest

from clinic.pages.for_doctor import near, target, totals
from clinic.pages.saying import Saying
from devices.reading import Quantity
from health.visit import Answer, Question, ScaleTotal
from health.words import words_of
from tests.health.people import HEALTHY, assessed, finding, observed, visit

Q = Quantity
SAYING = Saying(words_of("zh_CN"), timezone(timedelta(hours=8)))
TREATED = HEALTHY | {Question.BP_TREATED: Answer.YES, Question.FASTING: Answer.YES}


@pytest.mark.parametrize(
    ("age", "aims"), [("66", "<130/80"), ("79", "<130/80"), ("86", "先 <150/90，能耐受再 <140/90")]
)
def test_a_treated_person_has_the_target_of_her_age_with_its_source(age: str, aims: str) -> None:
    seen = visit({Q.SYSTOLIC: "138", Q.DIASTOLIC: "76"}, age=age, answers=TREATED)
    ((name, text),) = target(seen, SAYING)
    assert name == "降压目标（在服药）"
    assert text.startswith(f"{aims}　")
    assert "2025" in text


@pytest.mark.parametrize("answer", [Answer.NO, Answer.UNKNOWN, None])
def test_without_treatment_an_age_or_a_pressure_there_is_no_target(answer: Answer | None) -> None:
    pressure = {Q.SYSTOLIC: "138", Q.DIASTOLIC: "76"}
    said = HEALTHY if answer is None else HEALTHY | {Question.BP_TREATED: answer}
    assert list(target(visit(pressure, age="66", answers=said), SAYING)) == []
    assert list(target(visit(pressure, age=None, answers=TREATED), SAYING)) == []
    assert list(target(visit({}, age="66", answers=TREATED), SAYING)) == []


@pytest.mark.parametrize(
    ("glucose", "told"), [("6.4", True), ("5.3", True), ("4.7", True), ("4.9", False), ("9.5", False)]
)
def test_a_value_within_the_error_of_the_method_is_told_to_be_near_a_limit(
    glucose: str, *, told: bool
) -> None:
    result = assessed(visit({Q.GLUCOSE: glucose}, answers=TREATED))
    assert near(observed(Q.GLUCOSE, glucose), finding(result, "glucose")) is told
    assert not near(observed(Q.GLUCOSE, glucose), None)


def test_a_value_off_the_scale_is_near_no_limit() -> None:
    result = assessed(visit({Q.TRIGLYCERIDES: ">7.34"}, answers=TREATED))
    assert not near(observed(Q.TRIGLYCERIDES, ">7.34"), finding(result, "triglycerides"))


def test_a_total_is_told_with_where_it_was_taken() -> None:
    seen = visit({}).with_total(ScaleTotal("ad8", 3, asked_here=False)).with_total(ScaleTotal("phq9", 4))
    assert [text for _, text in totals(seen, SAYING)] == ["3 分，别处所测", "4 分"]
    assert seen.resident.age_on(date(2026, 11, 23)) == Decimal(86)
