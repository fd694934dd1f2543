"""What a visit is told: urgency first, no false comfort, and four people from start to end."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.reading import Quantity, Remark
from health.assess import assess
from health.assessment import Assessment, Level, Reason
from health.rulebook import with_edition
from health.visit import Answer, Control, Method, PastVisit, Question, Sample, Sex
from health.words import words_of
from tests.health.people import BOOK, DAY, HEALTHY, assessed, finding, observed, silence, visit

Q = Quantity
FASTING = {Question.FASTING: Answer.YES}
WELL = {
    Q.BODY_HEIGHT: "152.4",
    Q.BODY_WEIGHT: "55.0",
    Q.SYSTOLIC: "112",
    Q.DIASTOLIC: "70",
    Q.PULSE: "71",
    Q.TOTAL_CHOLESTEROL: "4.90",
    Q.HDL: "1.42",
    Q.TRIGLYCERIDES: "1.20",
    Q.GLUCOSE: "5.4",
    Q.SPO2: "97",
    Q.GRIP_RIGHT: "18.9",
    Q.WAIST: "78",
}


def test_at_eighty_six_a_high_pressure_comes_first_and_asks_for_the_doctor_this_week() -> None:
    values = WELL | {Q.SYSTOLIC: "146", Q.DIASTOLIC: "75", Q.GRIP_RIGHT: "16.8", Q.TOTAL_CHOLESTEROL: "5.31"}
    result = assessed(visit(values, answers=HEALTHY | FASTING))
    assert words_of("zh_CN").say(result.message) == "血压今天偏高，请这周去看家庭医生。"
    assert [h.because for h in result.hints] == [
        "blood_pressure/china_2024",
        "grip/awgs_2019",
        "total_cholesterol/china_2023",
    ]
    assert finding(result, "pressure_pattern").band == "isolated_systolic"
    assert result.scores == ()


def test_a_crisis_calls_at_once_however_it_was_measured_and_whoever_it_is() -> None:
    guest = visit(WELL | {Q.SYSTOLIC: "192", Q.DIASTOLIC: "104"}, sex=None, age=None, method=Method.QUICK)
    for trusted in (True, False):
        result = assess(guest, (), BOOK, DAY, clock_trusted=trusted)
        assert result.level is Level.NOW
        assert words_of("zh_CN").say(result.message) == "请现在坐下，工作人员马上来。"
        assert result.hints[0].because == "blood_pressure/china_2024"


def test_at_sixty_eight_the_risk_is_told_as_people() -> None:
    values = WELL | {Q.SYSTOLIC: "138", Q.DIASTOLIC: "84"}
    result = assessed(visit(values, age="68", answers=HEALTHY | FASTING))
    assert result.level is Level.NOTICE
    assert words_of("zh_CN").say(result.message) == "血压略高一点，三个月后再来量。"
    assert "100 个人里" in words_of("zh_CN").say(result.scores[0].phrase)


def test_a_healthy_woman_is_told_so_and_only_she() -> None:
    result = assessed(visit(WELL, answers=HEALTHY | FASTING))
    assert result.level is Level.NORMAL
    assert result.message.key == "message.normal"
    assert [h.phrase for h in result.hints] == [result.message]


@pytest.mark.parametrize(
    ("values", "answers", "key"),
    [
        ({}, {}, "message.nothing"),
        ({Q.GLUCOSE: "8.0"}, {}, "message.kept"),
        (WELL, HEALTHY, "message.normal.rest"),
        (WELL | {Q.SPO2: "30"}, HEALTHY | FASTING, "message.normal.rest"),
        (WELL, HEALTHY | FASTING | {Question.DIABETES: Answer.YES}, "message.normal.rest"),
    ],
)
def test_what_could_not_be_judged_is_never_called_normal(
    values: dict[Quantity, str], answers: dict[Question, Answer], key: str
) -> None:
    assert assessed(visit(values, answers=answers)).message.key == key


@pytest.mark.parametrize("rule", ["grip", "waist", "spo2", "pulse", "glucose", "blood_pressure", "bmi"])
def test_a_value_not_measured_is_said_to_be_missing(rule: str) -> None:
    assert silence(assessed(visit({})), rule).reason is Reason.MISSING_INPUT


def test_out_of_control_is_not_judged() -> None:
    result = assessed(visit(WELL | {Q.SYSTOLIC: "192"}, control=Control.OUT))
    assert result.findings == ()
    assert {n.reason for n in result.not_assessed if n.rule != "weight_change/wst_868_2025"} >= {
        Reason.OUT_OF_CONTROL
    }


def test_a_diastolic_above_the_systolic_is_measured_again_and_not_judged() -> None:
    result = assessed(visit({Q.SYSTOLIC: "80", Q.DIASTOLIC: "120"}))
    assert silence(result, "blood_pressure").reason is Reason.IMPLAUSIBLE


@pytest.mark.parametrize(
    ("systolic", "diastolic", "band", "level", "row"),
    [
        ("119", "79", "normal", 0, Q.SYSTOLIC),
        ("119", "80", "high_normal", 1, Q.DIASTOLIC),
        ("128", "95", "grade_1", 2, Q.DIASTOLIC),
        ("165", "95", "grade_2", 2, Q.SYSTOLIC),
        ("150", "110", "grade_3", 3, Q.DIASTOLIC),
        ("88", "62", "low", 1, Q.SYSTOLIC),
        ("150", "55", "grade_1", 2, Q.SYSTOLIC),
    ],
)
def test_the_more_serious_half_decides_the_pressure(
    systolic: str, diastolic: str, band: str, level: int, row: Quantity
) -> None:
    said = finding(assessed(visit({Q.SYSTOLIC: systolic, Q.DIASTOLIC: diastolic})), "blood_pressure")
    assert (said.band, int(said.level), said.quantity) == (band, level, row)


def test_a_quick_pressure_is_told_as_quick_and_asks_to_sit_and_repeat() -> None:
    values = {Q.SYSTOLIC: "146", Q.DIASTOLIC: "85"}
    quick, proper = (assessed(visit(values, method=m)) for m in (Method.QUICK, Method.GUIDELINE))
    assert quick.message.key == "message.bp.high.quick"
    assert finding(quick, "blood_pressure").phrase.key == "finding.bp.high.quick"
    assert finding(quick, "blood_pressure").band == finding(proper, "blood_pressure").band


@pytest.mark.parametrize("known", [Question.KNOWN_CVD, Question.DIABETES, Question.KIDNEY_DISEASE])
def test_with_known_disease_no_lipid_is_called_acceptable(known: Question) -> None:
    result = assessed(visit(WELL, answers=FASTING | {known: Answer.YES}))
    for rule in ("total_cholesterol", "ldl", "non_hdl", "triglycerides"):
        assert silence(result, rule).reason is Reason.KNOWN_DISEASE
    high = assessed(visit(WELL | {Q.TOTAL_CHOLESTEROL: "6.5"}, answers=FASTING | {known: Answer.YES}))
    assert finding(high, "total_cholesterol").level is Level.DOCTOR
    assert [z.level for z in finding(high, "total_cholesterol").zones] == [None, Level.NOTICE, Level.DOCTOR]
    said = words_of("zh_CN").say(finding(high, "total_cholesterol").phrase)
    assert said == "总胆固醇 6.50，偏高；您的目标更严格。"
    said = words_of("zh_CN").say(finding(high, "non_hdl").phrase)
    assert said.startswith("除去好的，其余胆固醇 ")
    assert high.message.key == "message.lipid.target"


def test_while_the_clock_is_untrusted_nothing_that_needs_an_age_is_said() -> None:
    result = assess(
        visit(WELL, age="60", answers=HEALTHY | FASTING), (), BOOK, date(1970, 1, 1), clock_trusted=False
    )
    for rule in ("bmi", "who_cvd_2019_lab", "weight_change"):
        assert silence(result, rule).reason is Reason.CLOCK_UNTRUSTED
    assert finding(result, "blood_pressure").band == "normal"


@pytest.mark.parametrize(("age", "reason"), [(None, Reason.AGE_UNKNOWN), ("17", Reason.AGE_OUT_OF_RANGE)])
def test_without_an_adult_age_there_is_no_class_of_weight(age: str | None, reason: Reason) -> None:
    assert silence(assessed(visit(WELL, age=age)), "bmi").reason is reason


def test_without_a_sex_there_is_no_class_of_grip_or_waist() -> None:
    result = assessed(visit(WELL, sex=None))
    assert silence(result, "grip").reason is silence(result, "waist").reason is Reason.SEX_UNKNOWN


def test_the_standard_for_eighty_and_over_is_not_used_before_it_is_in_force() -> None:
    early = replace(visit(WELL), on=date(2026, 1, 31))
    assert silence(assess(early, (), BOOK, early.on), "bmi").reason is Reason.AGE_OUT_OF_RANGE


def test_a_station_may_choose_another_edition_of_the_grip_limits() -> None:
    man = visit({Q.GRIP_LEFT: "30"}, Sex.MALE, "60")
    assert finding(assess(man, (), BOOK, DAY), "grip/awgs_2019").band == "normal"
    chosen = with_edition(BOOK, "grip/awgs_2025")
    assert finding(assess(man, (), chosen, DAY), "grip/awgs_2025").band == "low"
    assert silence(assess(visit({Q.GRIP_LEFT: "30"}, Sex.MALE, "49"), (), chosen, DAY), "grip").reason is (
        Reason.AGE_OUT_OF_RANGE
    )


@pytest.mark.parametrize("remarks", [(Remark.IRREGULAR_PULSE,), ()])
def test_an_uneven_pulse_is_passed_on_without_the_name_of_a_disease(remarks: tuple[Remark, ...]) -> None:
    pulse = replace(observed(Q.PULSE, "71"), samples=(Sample(Decimal(71), "/min", remarks=remarks),))
    result = assessed(visit(WELL, answers=HEALTHY | FASTING).with_observation(pulse))
    assert any(f.rule == "rhythm/nice_ng136" for f in result.findings) is bool(remarks)
    assert (result.message.key == "message.rhythm.irregular") is bool(remarks)
    assert "房颤" not in words_of("zh_CN").say(result.message)


def test_the_better_hand_counts_for_grip() -> None:
    said = finding(assessed(visit({Q.GRIP_LEFT: "17.2", Q.GRIP_RIGHT: "18.9"})), "grip")
    assert (said.quantity, said.band) == (Q.GRIP_RIGHT, "normal")


def _past(on: date, weight: str, **said: object) -> PastVisit:
    return PastVisit(on, (observed(Q.BODY_WEIGHT, weight, **said),))


@pytest.mark.parametrize(
    ("now", "on", "told"),
    [
        ("51.3", date(2026, 8, 24), True),
        ("51.5", date(2026, 8, 24), False),
        ("57.0", date(2026, 8, 24), True),
        ("51.3", date(2026, 7, 1), False),
    ],
)
def test_more_than_a_twentieth_of_weight_in_three_months_is_told(now: str, on: date, *, told: bool) -> None:
    result = assessed(visit(WELL | {Q.BODY_WEIGHT: now}), _past(on, "54.2"))
    assert any(f.rule == "weight_change/wst_868_2025" for f in result.findings) is told


def test_a_change_is_the_difference_of_two_printed_numbers() -> None:
    (change,) = assessed(visit({Q.BODY_WEIGHT: "51.3"}), _past(date(2026, 8, 20), "52.06")).changes
    assert (change.difference, change.before) == (Decimal("-0.8"), Decimal("52.1"))
    assert words_of("zh_CN").say(change.phrase) == "比上次轻 0.8"


def test_body_fat_has_a_change_and_no_class() -> None:
    before = PastVisit(date(2026, 8, 20), (observed(Q.BODY_FAT, "31.0"),))
    result = assessed(visit(WELL | {Q.BODY_FAT: "32.4"}, answers=HEALTHY | FASTING), before)
    assert [words_of("zh_CN").say(c.phrase) for c in result.changes] == ["比上次高 1.4"]
    assert not [f for f in result.findings if f.quantity is Q.BODY_FAT]
    assert silence(result, "body_fat").reason is Reason.NO_CLASS
    assert result.message.key == "message.normal"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("120", "130", {"method": Method.QUICK}),
        ("120", "130", {"control": Control.OUT}),
        ("120", ">130", {}),
        (">120", "130", {}),
    ],
)
def test_what_was_not_measured_alike_is_not_compared(now: str, before: str, said: dict[str, object]) -> None:
    past = PastVisit(date(2026, 8, 20), (observed(Q.SYSTOLIC, before, **said),))
    assert assessed(visit({Q.SYSTOLIC: now}), past).changes == ()


def test_another_instrument_is_not_compared() -> None:
    seen = visit({})
    seen = seen.with_observation(observed(Q.BODY_WEIGHT, "51.3", instrument="stand-2"))
    assert assessed(seen, _past(date(2026, 8, 20), "52.0", instrument="stand-1")).changes == ()
    assert assessed(seen, _past(date(2026, 8, 20), "52.0", instrument="stand-2")).changes


_VALUES = st.fixed_dictionaries(
    {},
    optional={
        Q.BODY_HEIGHT: st.decimals(140, 190, places=1).map(str),
        Q.BODY_WEIGHT: st.decimals(35, 120, places=1).map(str),
        Q.SYSTOLIC: st.integers(70, 230).map(str),
        Q.DIASTOLIC: st.integers(40, 130).map(str),
        Q.TOTAL_CHOLESTEROL: st.decimals(2, 10, places=2).map(str),
        Q.HDL: st.decimals("0.5", 3, places=2).map(str),
        Q.TRIGLYCERIDES: st.decimals("0.5", 9, places=2).map(str),
        Q.GLUCOSE: st.decimals(2, 25, places=1).map(str),
        Q.SPO2: st.integers(80, 100).map(str),
        Q.PULSE: st.integers(40, 150).map(str),
        Q.GRIP_LEFT: st.decimals(3, 60, places=1).map(str),
        Q.WAIST: st.decimals(60, 130, places=1).map(str),
    },
)


@settings(max_examples=60, deadline=None)
@given(values=_VALUES, fasting=st.sampled_from(Answer), order=st.randoms(use_true_random=False))
def test_any_visit_gets_one_message_at_most_three_hints_and_no_order_matters(
    values: dict[Quantity, str], fasting: Answer, order: random.Random
) -> None:
    seen = visit(values, age="70", answers=HEALTHY | {Question.FASTING: fasting})
    result = assessed(seen)
    assert 1 <= len(result.hints) <= 3
    assert result.hints[0].phrase == result.message
    assert [h.level for h in result.hints] == sorted((h.level for h in result.hints), reverse=True)
    assert result.level is max((f.level for f in result.findings), default=Level.NORMAL)
    assert {f.rule for f in result.findings}.isdisjoint(n.rule for n in result.not_assessed)
    shuffled = list(seen.observations)
    order.shuffle(shuffled)
    assert _meaning(assessed(replace(seen, observations=tuple(shuffled)))) == _meaning(result)
    for language in ("zh_CN", "en"):
        said = words_of(language)
        assert all(said.say(f.phrase) for f in result.findings)
        assert all(said.say(s.phrase) for s in result.scores)


def _meaning(result: Assessment) -> Assessment:
    return replace(result, changes=())
