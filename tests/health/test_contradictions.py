"""Nobody is told two things that cannot both be done: tried on whole visits, by the sentences themselves."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Quantity, Remark
from health.advice import Advice, Move, Topic, When, contradict
from health.assess import assess
from health.rulebook import RuleError, load_rulebook
from health.visit import Answer, Arm, Method, PastVisit, Question, Sample, Sex
from health.words import words_of
from tests.health.people import BOOK, DAY, HEALTHY, assessed, observed, visit

Q = Quantity
THIN = {Q.GRIP_LEFT: "12", Q.BODY_HEIGHT: "160", Q.BODY_WEIGHT: "48", Q.TOTAL_CHOLESTEROL: "5.5"}
ZH = words_of("zh_CN")
# Every value is drawn from the stretches where a rule speaks, so that hints meet often.
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        Q.BODY_HEIGHT: st.just("160.0"),
        Q.BODY_WEIGHT: st.sampled_from(["44.0", "55.0", "70.0", "80.0"]),
        Q.SYSTOLIC: st.sampled_from(["85", "110", "130", "150"]),
        Q.DIASTOLIC: st.sampled_from(["55", "70", "84", "95"]),
        Q.TOTAL_CHOLESTEROL: st.sampled_from(["4.00", "5.60", "7.00"]),
        Q.HDL: st.sampled_from(["0.80", "1.40"]),
        Q.TRIGLYCERIDES: st.sampled_from(["1.00", "2.00", "4.00", "6.00"]),
        Q.GLUCOSE: st.sampled_from(["5.0", "6.5", "12.0"]),
        Q.SPO2: st.sampled_from(["93", "97"]),
        Q.PULSE: st.sampled_from(["45", "70", "110", "130"]),
        Q.GRIP_LEFT: st.sampled_from(["12.0", "33.0"]),
        Q.WAIST: st.sampled_from(["70.0", "83.0", "99.0"]),
    },
)
# What the sentences themselves ask for; two of one line cannot both be done.
_DOCTOR_DAYS = re.compile("今天去?看医生|明天|这周")
_WALK, _REST = re.compile("走一走|练起立"), re.compile("请坐|静坐|告诉工作人员|今天去?看医生")
_MORE, _LESS = re.compile("再加一点|多吃"), re.compile("腰围|重得快|体重重得|体重略高|体重偏高")


def _cannot_both(one: str, other: str) -> bool:
    both = (one, other)
    days = [set(_DOCTOR_DAYS.findall(text.replace("去看", "看"))) for text in both]
    if all(days) and days[0] != days[1]:
        return True
    pairs = ((_WALK, _REST), (_MORE, _LESS))
    return any(a.search(x) and b.search(y) for a, b in pairs for x, y in (both, both[::-1]))


@settings(max_examples=250, deadline=None)
@given(
    values=_VALUES,
    sex=st.sampled_from(Sex),
    age=st.sampled_from(["40", "66", "86"]),
    before=st.sampled_from([None, "40.0", "60.0", "90.0"]),
    method=st.sampled_from(Method),
    fasting=st.sampled_from(Answer),
    uneven=st.booleans(),
    sick=st.booleans(),
)
def test_no_visit_is_told_two_things_that_contradict_each_other(
    values: dict[Quantity, str],
    sex: Sex,
    age: str,
    before: str | None,
    method: Method,
    fasting: Answer,
    *,
    uneven: bool,
    sick: bool,
) -> None:
    said = HEALTHY | {Question.FASTING: fasting, Question.DIABETES: Answer.YES if sick else Answer.NO}
    seen = visit(values, sex=sex, age=age, answers=said, method=method)
    if uneven:
        sample = Sample(
            observed(Q.PULSE, "70").value, "/min", remarks=(Remark.IRREGULAR_PULSE,), arm=Arm.LEFT
        )
        pulse = observed(Q.PULSE, "70")
        seen = seen.with_observation(type(pulse)(pulse.quantity, pulse.value, pulse.unit, samples=(sample,)))
    past = () if before is None else (PastVisit(DAY, (observed(Q.BODY_WEIGHT, before),)),)
    history = tuple(PastVisit(DAY.replace(month=9), p.observations) for p in past)
    result = assessed(seen, *history)
    told = [ZH.say(hint.phrase) for hint in result.hints]
    why = [ZH.say(result.why)] if result.why else []
    assert 1 <= len(told) <= 3
    for one, other in combinations(told, 2):
        assert not _cannot_both(one, other), (one, other)
        assert one != other
    for one in why:
        assert not any(_cannot_both(one, other) for other in told), (one, told)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Advice(Topic.OXYGEN, When.TODAY), Advice(Topic.PRESSURE, When.THIS_WEEK), True),
        (Advice(Topic.SUGAR, When.THIS_WEEK), Advice(Topic.PRESSURE, When.THIS_WEEK), False),
        (Advice(Topic.SUGAR, When.THIS_WEEK), Advice(Topic.FATS, When.NEXT_DOCTOR), False),
        (Advice(Topic.BODY, When.DAILY), Advice(Topic.BODY, When.THIS_WEEK), True),
        (Advice(Topic.BODY, When.DAILY, Move.WALK), Advice(Topic.PULSE, When.BEFORE_LEAVING), True),
        (Advice(Topic.BODY, When.DAILY, Move.WALK), Advice(Topic.PRESSURE, When.DAILY, Move.WALK), True),
        (Advice(Topic.BODY, When.DAILY, Move.WALK), Advice(Topic.STRENGTH, When.DAILY, Move.TRAIN), False),
        (Advice(Topic.BODY, When.DAILY, Move.WALK), Advice(Topic.SUGAR, When.THIS_WEEK), False),
    ],
)
def test_two_hints_contradict_each_other_by_topic_rest_and_day(
    one: Advice, other: Advice, *, said: bool
) -> None:
    assert contradict(one, other) is contradict(other, one) is said


def test_what_is_to_be_done_today_comes_before_what_is_to_be_done_this_week() -> None:
    result = assessed(visit({Q.SYSTOLIC: "150", Q.DIASTOLIC: "80", Q.SPO2: "93"}))
    assert [hint.because for hint in result.hints] == ["spo2/nhs_2021"]
    assert ZH.say(result.message) == "血氧今天偏低，请今天去看医生。"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("values", [{Q.GRIP_LEFT: "12"}, {Q.BODY_HEIGHT: "160", Q.BODY_WEIGHT: "48"}, THIN])
def test_with_a_kidney_disease_nobody_but_her_doctor_says_what_to_eat(
    values: dict[Quantity, str], language: str
) -> None:
    said: dict[Answer, str] = {}
    for answer in (Answer.YES, Answer.NO):
        result = assessed(visit(values, answers=HEALTHY | {Question.KIDNEY_DISEASE: answer}))
        own = [f.hint for f in result.findings if f.hint]
        phrases = [result.message, *(h.phrase for h in result.hints), *own]
        said[answer] = " ".join(words_of(language).say(phrase) for phrase in phrases)
    food = "蛋" if language == "zh_CN" else "egg"
    assert food in said[Answer.NO].lower()
    assert food not in said[Answer.YES].lower()


def test_a_line_of_the_table_says_the_day_its_sentence_says() -> None:
    days = {When.TODAY: "今天", When.TOMORROW: "明天", When.THIS_WEEK: "这周"}
    for key, advice in BOOK.advice.items():
        text = ZH.text(key)
        if advice.when in days:
            assert days[advice.when] in text, key
        assert ("走一走" in text) is (advice.move is Move.WALK), key


def test_a_hint_without_its_line_is_refused(tmp_path: object) -> None:
    from pathlib import Path
    from shutil import copytree

    from health.rulebook import RULES

    where = Path(str(tmp_path)) / "rules"
    copytree(RULES, where)
    table = where / "advice.toml"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith('"hint.grip')]
    table.write_text("\n".join(lines), "utf-8")
    with pytest.raises(RuleError, match=r"hint\.grip\.train"):
        load_rulebook(where)


def test_the_same_visit_is_told_the_same_twice() -> None:
    seen = visit({Q.SYSTOLIC: "150", Q.DIASTOLIC: "95", Q.PULSE: "110"})
    assert assess(seen, (), BOOK, DAY) == assess(seen, (), BOOK, DAY)
