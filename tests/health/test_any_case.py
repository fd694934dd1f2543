"""Any subset of the file of ``assess``, from 18 to 105, in either unit, on or off scale: one exact shape."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Quantity
from health.answer import answer_json, answer_lines
from health.assess import assess
from health.assessment import Reason
from health.casefile import read_case
from health.quantity import MEASURES
from health.visit import Question
from health.words import words_of
from tests.health.people import BOOK

Case = dict[str, Any]
TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SPAN = {
    Quantity.BODY_HEIGHT: (1000, 2100),
    Quantity.BODY_WEIGHT: (200, 2000),
    Quantity.SYSTOLIC: (60, 260),
    Quantity.DIASTOLIC: (30, 160),
    Quantity.PULSE: (30, 220),
    Quantity.TOTAL_CHOLESTEROL: (100, 1500),
    Quantity.HDL: (10, 400),
    Quantity.TRIGLYCERIDES: (10, 1500),
    Quantity.LDL: (10, 1000),
    Quantity.GLUCOSE: (11, 333),
    Quantity.SPO2: (50, 100),
    Quantity.GRIP_LEFT: (0, 900),
    Quantity.GRIP_RIGHT: (0, 900),
    Quantity.WAIST: (500, 1500),
    Quantity.BODY_FAT: (30, 700),
}


@st.composite
def observations(draw: st.DrawFn) -> Case:
    found: Case = {}
    for quantity in draw(st.sets(st.sampled_from(Quantity))):
        measure = MEASURES[quantity]
        value = Decimal(draw(st.integers(*SPAN[quantity]))).scaleb(-measure.decimals)
        unit = draw(st.sampled_from((measure.unit, *measure.factors)))
        if unit != measure.unit:
            value = (value / measure.factors[unit]).quantize(Decimal("0.001"))
        written: object = str(value) if draw(st.booleans()) else float(value)
        found[quantity.value] = {"value": written, "unit": unit}
        if measure.unit == "mmol/L":
            found[quantity.value]["comparator"] = draw(st.sampled_from([None, None, None, "<", ">"]))
        if draw(st.booleans()):
            found[quantity.value]["qc"] = draw(st.sampled_from(["in", "out", "none"]))
    for half in ("systolic", "diastolic"):
        if half in found and draw(st.booleans()):
            found[half]["method"] = draw(st.sampled_from(["guideline", "quick"]))
    return found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    case: Case = {"on": "2026-11-23", "observations": draw(observations())}
    resident: Case = {}
    if draw(st.booleans()):
        resident["sex"] = draw(st.sampled_from(["female", "male"]))
    if draw(st.booleans()):
        resident["age"] = draw(st.integers(18, 105)) + draw(st.sampled_from([0, 0.5]))
    elif draw(st.booleans()):
        resident["birth_date"] = str(draw(st.dates(date(1921, 1, 1), date(2008, 11, 23))))
    answers: Case = {
        question.value: draw(st.sampled_from([True, False, "unknown"]))
        for question in draw(st.sets(st.sampled_from(Question)))
    }
    if draw(st.booleans()):
        answers["danger_signs"] = draw(st.lists(st.sampled_from(["chest_pain", "speech"]), max_size=2))
    case |= {"resident": resident, "answers": answers, "lang": draw(st.sampled_from(["zh_CN", "en"]))}
    if draw(st.booleans()):
        case["history"] = [{"on": "2026-08-20", "observations": draw(observations())}]
    return case


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_case_has_one_exact_answer(said: Case) -> None:
    case = read_case(json.dumps(said))
    result = assess(case.visit, case.history, BOOK, case.visit.on)
    words = words_of(case.lang)
    answer = json.loads(answer_json(result, words))
    assert list(answer) == ["derived", "findings", "scores", "not_assessed"]
    assert all(TEXT.fullmatch(value) for value in answer["derived"].values())
    for finding in answer["findings"]:
        assert list(finding) == ["rule", "band", "level", "text", "source", "edition"]
        assert finding["level"] in range(4)
        assert all(finding[key] for key in ("rule", "band", "text", "source", "edition"))
        assert "{" not in finding["text"]
    for name, score in answer["scores"].items():
        assert TEXT.fullmatch(score["percent"])
        assert 0 <= Decimal(score["percent"]) <= 100
        assert isinstance(score.get("chart_cell", 0), int)
        assert ("chart_cell" in score) is name.startswith("who_")
    assert {each["reason"] for each in answer["not_assessed"]} <= set(Reason)
    # "bmi" may be calculated and have no class: the value stands under derived, the reason of the rule here.
    judged = {each["rule"] for each in answer["findings"]} | set(answer["scores"])
    assert judged.isdisjoint(each["rule"] for each in answer["not_assessed"])
    age = case.visit.resident.age_on(case.visit.on)
    if age is None or not 35 <= age < 75:
        assert answer["scores"] == {}
    assert all(answer_lines(result, words))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_nothing_off_the_scale_or_out_of_control_enters_arithmetic(said: Case) -> None:
    case = read_case(json.dumps(said))
    result = assess(case.visit, case.history, BOOK, case.visit.on)
    hidden = {name for name, o in said["observations"].items() if o.get("comparator") or o.get("qc") == "out"}
    made = {d.name for d in result.derived} | {s.model for s in result.scores}
    lipids = {"total_cholesterol", "hdl", "triglycerides"}
    needs = {
        "bmi": {"body_height", "body_weight"},
        "non_hdl": {"total_cholesterol", "hdl"},
        "ldl_sampson": lipids,
        "ldl_friedewald": lipids,
        "ldl_martin_hopkins": lipids,
        "pulse_pressure": {"systolic", "diastolic"},
        "who_cvd_2019_lab": {"systolic", "total_cholesterol"},
        "who_cvd_2019_nonlab": {"systolic", "body_height", "body_weight"},
        "china_par": {"systolic", "total_cholesterol", "hdl", "waist"},
    }
    assert [name for name, inputs in needs.items() if name in made and inputs & hidden] == []
    assert not {f.quantity.value for f in result.findings if f.about is None} & {
        name for name, o in said["observations"].items() if o.get("qc") == "out"
    }
