"""Risk models: the published examples to the point, and silence wherever no model is valid."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Quantity
from health.assessment import Reason
from health.scores.china_par import Profile
from health.scores.china_par import percent as par_percent
from health.scores.scoring import band_of, load_models
from health.scores.who_cvd import LAB_CENTRE, NONLAB_CENTRE, Risk, chart_cell, percent
from health.visit import Answer, Question, Sex
from tests.health.people import HEALTHY, assessed, finding, silence, visit

MODELS = load_models()
LAB = {Quantity.SYSTOLIC: "130", Quantity.DIASTOLIC: "80", Quantity.TOTAL_CHOLESTEROL: "5.5"}
# sex, age, systolic, total cholesterol or BMI, diabetes, smoker, percent, chart cell
PUBLISHED = [
    ("lab", "male", 62.5, 130, 5.5, False, False, "10.54", 11),
    ("lab", "female", 72.5, 150, 5.5, False, False, "19.59", 20),
    ("lab", "male", 67.5, 150, 5.5, True, False, "26.56", 27),
    ("lab", "female", 52.5, 190, 7.5, True, True, "42.22", 42),
    ("nonlab", "male", 67.5, 150, 27.5, False, False, "19.11", 19),
    ("nonlab", "female", 72.5, 150, 22.5, False, False, "20.65", 21),
]


@pytest.mark.parametrize(
    ("variant", "sex", "age", "systolic", "x", "diabetes", "smoker", "exact", "cell"), PUBLISHED
)
def test_who_gives_the_published_examples(
    variant: str,
    sex: str,
    age: float,
    systolic: float,
    x: float,
    exact: str,
    cell: int,
    *,
    diabetes: bool,
    smoker: bool,
) -> None:
    sexes = MODELS.who.lab if variant == "lab" else MODELS.who.nonlab
    parts = sexes.male if sex == "male" else sexes.female
    centre = LAB_CENTRE if variant == "lab" else NONLAB_CENTRE
    risk = Risk(age, systolic, x, smoker, diabetes)
    assert f"{percent(parts, centre, risk):.2f}" == exact
    assert chart_cell(parts, centre, risk) == cell


def test_the_chart_cell_is_that_of_the_paper_chart_wherever_she_stands_in_it() -> None:
    parts = MODELS.who.lab.male
    corners = [Risk(60, 120, 5.0, smoker=False), Risk(64.9, 139, 5.99, smoker=False)]
    assert {chart_cell(parts, LAB_CENTRE, corner) for corner in corners} == {11}


def test_a_risk_is_rounded_once_at_its_end() -> None:
    body = {Quantity.SYSTOLIC: "150", Quantity.BODY_HEIGHT: "165", Quantity.BODY_WEIGHT: "62.0"}
    answers = HEALTHY | {Question.SMOKER: Answer.YES}
    (score,) = assessed(visit(body, sex=Sex.MALE, age="62", answers=answers)).scores
    # 18.846 at 62 / 1.65², 18.854 at the 22.8 that is printed.
    assert str(score.percent) == "18.8"


def test_china_par_gives_the_example_of_the_guideline() -> None:
    man = Profile(
        age=40,
        systolic=145,
        total_cholesterol=5.2,
        hdl=1.3,
        waist=80,
        treated=False,
        smoker=False,
        diabetes=False,
        north=True,
        urban=True,
        family_history=True,
    )
    assert f"{par_percent(MODELS.par, MODELS.par.male, man):.1f}" == "4.7"


@pytest.mark.parametrize(
    ("age", "key"),
    [("39", None), ("74", "risk.people"), ("75", "risk.none_at_75"), ("105", "risk.none_at_75")],
)
def test_from_seventy_five_on_she_is_told_why_there_is_no_number(age: str, key: str | None) -> None:
    told = assessed(visit(LAB, Sex.MALE, age, HEALTHY)).risk
    assert (told.key if told else None) == key


@pytest.mark.parametrize("age", ["60", "86"])
def test_with_known_disease_she_is_told_to_go_on_seeing_her_doctor(age: str) -> None:
    told = assessed(visit(LAB, Sex.MALE, age, HEALTHY | {Question.KNOWN_CVD: Answer.YES})).risk
    assert told is not None
    assert told.key == "risk.none_known"


def test_a_missing_answer_says_no_word_of_risk() -> None:
    assert assessed(visit(LAB, Sex.MALE, "60", {})).risk is None


PAR = LAB | {Quantity.HDL: "1.30", Quantity.WAIST: "80.0"}
BOTH = HEALTHY | {Question.BP_TREATED: Answer.NO, Question.NORTH_CHINA: Answer.NO}
MEN = {Question.URBAN: Answer.YES, Question.FAMILY_HISTORY_ASCVD: Answer.NO}


def test_china_par_needs_the_answers_it_has_a_coefficient_for_and_no_other() -> None:
    woman, man = visit(PAR, Sex.FEMALE, "60", BOTH), visit(PAR, Sex.MALE, "60", BOTH)
    assert "china_par" in {s.model for s in assessed(woman).scores}
    assert silence(assessed(man), "china_par").needs == Question.URBAN
    assert "china_par" in {s.model for s in assessed(visit(PAR, Sex.MALE, "60", BOTH | MEN)).scores}


@pytest.mark.parametrize(
    ("quantity", "value", "given"),
    [
        (Quantity.SYSTOLIC, "200", True),
        (Quantity.SYSTOLIC, "201", False),
        (Quantity.SYSTOLIC, "70", True),
        (Quantity.TOTAL_CHOLESTEROL, "11.00", True),
        (Quantity.TOTAL_CHOLESTEROL, "11.01", False),
        (Quantity.HDL, "0.50", True),
        (Quantity.HDL, "0.49", False),
        (Quantity.WAIST, "130.0", True),
        (Quantity.WAIST, "130.1", False),
    ],
)
def test_china_par_is_silent_outside_what_its_authors_accept(
    quantity: Quantity, value: str, *, given: bool
) -> None:
    values = PAR | {Quantity.DIASTOLIC: "60", quantity: value}
    result = assessed(visit(values, Sex.MALE, "60", BOTH | MEN))
    assert ("china_par" in {s.model for s in result.scores}) is given
    if not given:
        assert silence(result, "china_par").reason is Reason.INPUT_OUT_OF_RANGE


@pytest.mark.parametrize(
    ("age", "given"), [("34", False), ("35", True), ("74", True), ("74.9", True), ("75", False)]
)
def test_china_par_is_for_thirty_five_to_seventy_four(age: str, *, given: bool) -> None:
    result = assessed(visit(PAR, Sex.MALE, age, BOTH | MEN))
    assert ("china_par" in {s.model for s in result.scores}) is given


def test_the_score_prints_one_decimal_a_cell_and_a_band() -> None:
    (lab,) = assessed(visit(LAB, Sex.MALE, "62.5", HEALTHY)).scores
    assert (lab.model, lab.percent, lab.chart_cell, lab.band) == (
        "who_cvd_2019_lab",
        Decimal("10.5"),
        11,
        "10-20",
    )


@pytest.mark.parametrize(
    ("age", "given"), [("39", False), ("40", True), ("74", True), ("75", False), ("86", False)]
)
def test_no_percentage_outside_forty_to_seventy_four(age: str, *, given: bool) -> None:
    result = assessed(visit(LAB, Sex.FEMALE, age, HEALTHY))
    assert bool(result.scores) is given
    if not given:
        assert silence(result, "who_cvd_2019_lab").reason is Reason.AGE_OUT_OF_RANGE


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (Question.KNOWN_CVD, Answer.YES, Reason.KNOWN_DISEASE),
        (Question.KNOWN_CVD, None, Reason.NOT_ASKED),
        (Question.SMOKER, Answer.UNKNOWN, Reason.ANSWER_UNKNOWN),
        (Question.DIABETES, None, Reason.NOT_ASKED),
    ],
)
def test_an_answer_that_is_missing_is_never_taken_for_no(
    question: Question, answer: Answer | None, reason: Reason
) -> None:
    answers = {q: a for q, a in HEALTHY.items() if q is not question} | ({question: answer} if answer else {})
    result = assessed(visit(LAB, Sex.MALE, "60", answers))
    assert silence(result, "who_cvd_2019_lab").reason is reason


def test_a_cholesterol_off_the_scale_gives_no_percentage() -> None:
    result = assessed(visit(LAB | {Quantity.TOTAL_CHOLESTEROL: "<2.59"}, Sex.MALE, "60", HEALTHY))
    assert silence(result, "who_cvd_2019_lab").reason is Reason.OFF_SCALE
    assert finding(result, "total_cholesterol").band == "acceptable"


@pytest.mark.parametrize(
    ("percent_", "band"), [("4.9", "<5"), ("5.0", "5-10"), ("19.9", "10-20"), ("30.0", ">=30")]
)
def test_the_band_is_that_of_the_printed_percent(percent_: str, band: str) -> None:
    assert band_of(Decimal(percent_), MODELS.who.bands) == band


def test_what_lowers_the_risk_is_named_and_never_the_waist() -> None:
    smoker = assessed(visit(LAB, Sex.MALE, "60", HEALTHY | {Question.SMOKER: Answer.YES})).scores[0]
    assert dict(smoker.phrase.args)["lever"] == "@risk.lever.smoking"
    quiet = assessed(visit(LAB | {Quantity.SYSTOLIC: "118"}, Sex.MALE, "60", HEALTHY)).scores[0]
    assert dict(quiet.phrase.args)["lever"] == "@risk.lever.walk"


@settings(max_examples=60, deadline=None)
@given(
    age=st.integers(40, 74),
    systolic=st.integers(90, 190),
    x=st.floats(3, 8),
    more=st.integers(1, 20),
    sex=st.sampled_from(Sex),
)
def test_a_higher_pressure_or_smoking_never_lowers_the_risk(
    age: int, systolic: int, x: float, more: int, sex: Sex
) -> None:
    parts = MODELS.who.lab.male if sex is Sex.MALE else MODELS.who.lab.female
    quiet = percent(parts, LAB_CENTRE, Risk(age, systolic, x, smoker=False))
    assert 0 < quiet < 100
    assert percent(parts, LAB_CENTRE, Risk(age, systolic + more, x, smoker=False)) > quiet
    assert percent(parts, LAB_CENTRE, Risk(age, systolic, x, smoker=True)) > quiet
