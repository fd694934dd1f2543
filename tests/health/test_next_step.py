"""One day and one person: when she comes back and whom she sees never disagree with what she was told."""

from datetime import date

import pytest

from devices.reading import Quantity
from health.advice import When
from health.assess import assess
from health.assessment import Level, Whom
from health.next_step import again_by
from health.visit import Answer, Question
from health.words import words_of
from tests.health.people import BOOK, DAY, HEALTHY, visit

Q = Quantity
FASTING = HEALTHY | {Question.FASTING: Answer.YES}


@pytest.mark.parametrize(
    ("values", "whom", "when"),
    [
        ({}, Whom.NOBODY, None),
        ({Q.SYSTOLIC: "112", Q.DIASTOLIC: "70"}, Whom.NOBODY, None),
        ({Q.SYSTOLIC: "130", Q.DIASTOLIC: "70"}, Whom.NOBODY, None),
        ({Q.TOTAL_CHOLESTEROL: "5.60"}, Whom.DOCTOR, When.NEXT_DOCTOR),
        ({Q.SYSTOLIC: "150", Q.DIASTOLIC: "70"}, Whom.DOCTOR, When.THIS_WEEK),
        ({Q.TRIGLYCERIDES: "6.00"}, Whom.DOCTOR, When.TOMORROW),
        ({Q.SYSTOLIC: "150", Q.DIASTOLIC: "70", Q.SPO2: "94"}, Whom.DOCTOR, When.TODAY),
        ({Q.SYSTOLIC: "150", Q.DIASTOLIC: "70", Q.PULSE: "125"}, Whom.STAFF, When.BEFORE_LEAVING),
        ({Q.SYSTOLIC: "185", Q.DIASTOLIC: "70"}, Whom.STAFF, When.NOW),
    ],
)
def test_the_soonest_of_what_she_was_told_counts(
    values: dict[Quantity, str], whom: Whom, when: When | None
) -> None:
    step = assess(visit(values, answers=FASTING), (), BOOK, DAY).next_step
    assert step is not None
    assert (step.whom, step.when) == (whom, when)
    for language in ("zh_CN", "en"):
        assert words_of(language).say(step.phrase)


@pytest.mark.parametrize(
    ("level", "on", "by"),
    [
        (Level.NORMAL, date(2026, 11, 23), date(2027, 2, 23)),
        (Level.NOTICE, date(2026, 11, 30), date(2027, 2, 28)),
        (Level.DOCTOR, date(2026, 11, 23), date(2026, 12, 7)),
        (Level.NOW, date(2028, 2, 20), date(2028, 3, 5)),
    ],
)
def test_she_comes_back_in_two_weeks_after_something_for_a_doctor_else_in_three_months(
    level: Level, on: date, by: date
) -> None:
    assert again_by(level, on) == by
