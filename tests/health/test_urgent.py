"""The road after an urgent value: what is told before and after the danger signs are asked."""

import pytest
from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Assessment, Level
from health.visit import Answer, Method, Question
from health.words import words_of
from tests.health.people import BOOK, HEALTHY, assessed, finding, visit

Q = Quantity
ZH = words_of("zh_CN")
CRISIS = {Q.SYSTOLIC: "188", Q.DIASTOLIC: "96", Q.WAIST: "99", Q.GRIP_RIGHT: "9"}


def _told(result: Assessment) -> list[str]:
    return [hint.phrase.key for hint in result.hints]


def _with_signs(
    values: dict[Quantity, str], signs: tuple[str, ...] | None, method: Method = Method.GUIDELINE
) -> Assessment:
    seen = visit(values, answers=HEALTHY | {Question.FASTING: Answer.YES}, method=method)
    return assessed(replace(seen, danger_signs=signs))


def test_before_the_signs_are_asked_she_sits_and_is_asked() -> None:
    result = _with_signs(CRISIS, None)
    assert (result.level, result.message.key) == (Level.NOW, "message.now")
    assert _told(result) == ["message.now", "hint.now.signs"]


def test_a_quick_crisis_is_rested_and_measured_again_and_never_called_an_illness() -> None:
    result = _with_signs(CRISIS, None, method=Method.QUICK)
    assert _told(result) == ["message.now", "hint.now.repeat", "hint.now.signs"]
    assert "高血压" not in "".join(ZH.say(f.phrase) for f in result.findings)


def test_without_a_sign_she_sees_a_doctor_today_and_comes_back_in_two_weeks() -> None:
    result = _with_signs(CRISIS, ())
    assert ZH.say(result.message) == "请坐着等工作人员，今天就去看医生。"
    assert _told(result) == ["message.now.today", "hint.now.sheet"]
    assert result.level is Level.NOW


@pytest.mark.parametrize("sign", [*BOOK.signs.edition[0].signs, "a_word_of_her_own"])
@pytest.mark.parametrize("values", [CRISIS, {Q.SYSTOLIC: "118", Q.DIASTOLIC: "74"}, {}])
def test_any_sign_she_names_calls_120_whatever_the_numbers_say(
    sign: str, values: dict[Quantity, str]
) -> None:
    result = _with_signs(values, (sign,))
    assert (result.level, result.message.key) == (Level.NOW, "message.now.120")
    said = finding(result, "danger_signs")
    assert int(said.level) == 3
    assert ZH.say(said.phrase).startswith("您说有：")


def test_two_signs_are_two_findings_and_one_call() -> None:
    result = _with_signs({}, ("chest_pain", "speech", "chest_pain"))
    assert [f.band for f in result.findings] == ["chest_pain", "speech"]
    assert _told(result) == ["message.now.120", "hint.now.stay"]


def test_low_sugar_is_told_to_drink_something_sweet_if_awake() -> None:
    assert "hint.now.sweet" in _told(_with_signs({Q.GLUCOSE: "3.4"}, None))
    assert "hint.now.sweet" in _told(_with_signs({Q.GLUCOSE: "3.4"}, ("consciousness",)))
    assert "hint.now.sweet" not in _told(_with_signs({Q.GLUCOSE: "17.0"}, None))


@pytest.mark.parametrize(("oxygen", "key"), [("89", "message.now.120"), ("90", "message.now")])
def test_oxygen_below_ninety_calls_120_also_beside_a_crisis_pressure(oxygen: str, key: str) -> None:
    assert _with_signs(CRISIS | {Q.SPO2: oxygen}, None).message.key == key


def test_where_staff_are_called_no_other_hint_is_told() -> None:
    for signs in (None, (), ("vision",)):
        assert all(key.startswith(("message.now", "hint.now")) for key in _told(_with_signs(CRISIS, signs)))
