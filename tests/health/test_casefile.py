"""The file of a visit: read exactly, refused by name, answered in the shape other programs rely on."""

import io
import json
import re
from pathlib import Path

import pytest

from devices.reading import Quantity
from health.casefile import CaseError, read_case, read_cases
from health.commands import assess
from health.errors import HealthError
from health.visit import Answer, Method, Question

CASE = {
    "on": "2026-11-23",
    "resident": {"sex": "female", "birth_date": "1940-03-02"},
    "observations": {
        "systolic": {
            "value": "138",
            "unit": "mm[Hg]",
            "method": "guideline",
            "qc": "in",
            "readings": ["139", "137"],
        },
        "diastolic": {"value": "76", "unit": "mm[Hg]", "at": "2026-11-23T01:02:03Z", "instrument": "cuff-1"},
        "total_cholesterol": {"value": "200", "unit": "mg/dL"},
        "triglycerides": {"value": "2.59", "unit": "mmol/L", "comparator": "<"},
        "body_weight": {"value": 51.3, "unit": "kg"},
    },
    "answers": {"smoker": False, "kidney_disease": "unknown", "fasting": True, "danger_signs": []},
    "history": [{"on": "2026-08-20", "observations": {"body_weight": {"value": "54.2", "unit": "kg"}}}],
    "station": "demo",
    "lang": "en",
}


def _with(**changed: object) -> str:
    return json.dumps(CASE | changed)


def test_a_case_is_read_as_written() -> None:
    case = read_case(json.dumps(CASE))
    assert case.visit.answer_to(Question.SMOKER) is Answer.NO
    assert case.visit.answer_to(Question.KIDNEY_DISEASE) is Answer.UNKNOWN
    assert case.visit.answer_to(Question.DIABETES) is None
    assert case.visit.danger_signs == ()
    cholesterol = case.visit.value_of(Quantity.TOTAL_CHOLESTEROL)
    assert cholesterol is not None
    assert (str(cholesterol.value), cholesterol.unit) == ("5.171968", "mmol/L")
    lower = case.visit.value_of(Quantity.DIASTOLIC)
    assert lower is not None
    assert lower.method is Method.GUIDELINE
    assert len(case.history) == 1


def test_only_the_day_is_needed() -> None:
    case = read_case('{"on": "2026-11-23"}')
    assert case.visit.observations == ()
    assert case.lang == "zh_CN"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (_with(smokes=True), "smokes"),
        (_with(observations={"waste": {"value": "82", "unit": "cm"}}), "waste"),
        (_with(observations={"waist": {"value": "82", "unit": "cm", "units": "cm"}}), "units"),
        (_with(observations={"waist": {"value": "82"}}), "unit"),
        (_with(observations={"waist": {"value": "82", "unit": "kg"}}), "kg"),
        (_with(observations={"waist": {"value": "NaN", "unit": "cm"}}), "NaN"),
        (_with(observations={"waist": {"value": "-1", "unit": "cm"}}), "-1"),
        (_with(observations={"waist": {"value": "1e99", "unit": "cm"}}), "number"),
        (_with(answers={"smoke": True}), "smoke"),
        (_with(answers={"smoker": "maybe"}), "smoker"),
        (_with(answers={"smoker": None}), "smoker"),
        (_with(resident={"sex": "f"}), "sex"),
        (_with(resident={"birth_date": "2027-01-01"}), "birth_date"),
        (_with(resident={"birth_date": "1940-03-02", "age": 86}), "age"),
        (_with(on="23.11.2026"), "on"),
        ('{"on": "2026-11-23", "on": "2026-11-24"}', "'on'"),
        ('{"on": "2026-11-23", "observations": {"waist": {"value": NaN, "unit": "cm"}}}', "NaN"),
        (
            '{"on": "2026-11-23", "observations": {"waist": {"value": ' + "9" * 5000 + ', "unit": "cm"}}}',
            "number",
        ),
        ("[]", "list"),
        ("{", "Line 1"),
        ("", "empty"),
        ("[" * 100_000, "too deeply"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(HealthError, match=named):
        read_case(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_with(on="2026-1-3"), "a day is written as 2026-11-23 - at `$.on`"),
        (f"[{json.dumps(CASE)}]", "one after another, not in a list"),
        (_with(observations=[]), "got `array` - at `$.observations`"),
        (_with(observations={"waist": {"value": "82"}}), "waist is not whole: there is no `unit`"),
        (_with(lang="tlh"), "choose one of zh_CN, en"),
    ],
)
def test_what_is_wrong_is_said_to_whoever_has_the_file_open(text: str, said: str) -> None:
    with pytest.raises(CaseError, match=re.escape(said)):
        read_case(text)


def test_of_several_lines_the_wrong_one_is_named() -> None:
    text = '{"on": "2026-11-23"}\n{"on": "2026-11-24", "x": 1}\n'
    good, wrong = read_cases(text)
    assert not isinstance(good, CaseError)
    assert good.visit.on.day == 23
    assert isinstance(wrong, CaseError)
    assert "line 2" in str(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        '{"on": "2026-11-24", "x": 1}',
        '{"on": oops',
        "oops",
        '{"on": "2026-11-24", "on": "2026-11-24"}',
        '{"on": "2026-11-24"',
        '{"on": "2026-11-24", "lang": "tlh"}',
        '{"on": ' + "[" * 5000,
        '{\n  "on": "2026-11-24",\n  "station": "a\n}',
    ],
)
def test_one_wrong_visit_costs_the_others_nothing(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(['{"on": "2026-11-23"}', wrong, json.dumps(CASE), '{"on": "2026-11-23"}'])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert assess(["-", "--json"]) == 2
    seen = capsys.readouterr()
    lines = [json.loads(line) for line in seen.out.splitlines()]
    assert [set(line) == {"refused"} for line in lines] == [False, True, False, False]
    assert lines[1]["refused"] == seen.err.strip()
    assert "ine 2" in seen.err


def test_two_visits_are_not_one_report() -> None:
    with pytest.raises(CaseError, match="2 visits"):
        read_case('{"on": "2026-11-23"}\n{"on": "2026-11-24"}')


def test_json_is_the_contract_and_nothing_else_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE, indent=1), encoding="utf-8")
    assert assess([str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"derived", "findings", "scores", "not_assessed"}
    assert answer["derived"] == {"pulse_pressure": "62", "mean_pressure": "97"}
    (pressure,) = [f for f in answer["findings"] if f["rule"] == "blood_pressure/china_2024"]
    assert set(pressure) == {"rule", "band", "level", "text", "source", "edition"}
    assert (pressure["band"], pressure["level"]) == ("high_normal", 1)
    assert {"rule": "who_cvd_2019_lab", "reason": "age_out_of_range"} in answer["not_assessed"]


def test_a_line_in_gives_a_line_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "\n".join([json.dumps(CASE)] * 3).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said)))
    assert assess(["-", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert len(set(lines)) == 1


def test_without_json_it_reads_as_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8")
    assert assess([str(file)]) == 0
    assert "Blood pressure 138/76: a bit high." in capsys.readouterr().out


def test_scores_are_strings_but_for_the_chart_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    answers = {"smoker": False, "diabetes": False, "known_cvd": False}
    values = {
        "systolic": {"value": "130", "unit": "mm[Hg]"},
        "total_cholesterol": {"value": "5.5", "unit": "mmol/L"},
    }
    file.write_text(
        _with(resident={"sex": "male", "age": 62.5}, observations=values, answers=answers), encoding="utf-8"
    )
    assess([str(file), "--json"])
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert scores == {"who_cvd_2019_lab": {"percent": "10.5", "chart_cell": 11, "band": "10-20"}}


def test_a_file_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        assess(["/nowhere/case.json"])


def test_a_station_s_text_can_be_tried_on_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8")
    assert assess([str(file), "--json", "--edition", "blood_pressure/esh_2023"]) == 0
    rules = {f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert {"blood_pressure/esh_2023", "systolic/esh_2023", "diastolic/esh_2023"} <= rules


@pytest.mark.parametrize(
    ("observation", "words"),
    [
        ({"value": "51.3"}, "body_weight is not whole: .*unit"),
        ({"value": "51.3", "unit": "kg", "comparator": ">="}, "body_weight is not whole: .*>="),
        ({"value": "51.3", "unit": "kg", "colour": "red"}, "body_weight is not whole: .*colour"),
        ({"value": "51.3", "unit": "stone"}, "body_weight cannot be read in 'stone'"),
    ],
)
def test_a_wrong_observation_is_named(observation: dict[str, str], words: str) -> None:
    with pytest.raises(CaseError, match=words):
        read_case(
            _with(observations={"body_height": {"value": "152", "unit": "cm"}, "body_weight": observation})
        )


@pytest.mark.parametrize("resident", [{"age": 131}, {"age": 130.5}, {"birth_date": "1895-11-22"}])
def test_nobody_is_older_than_anybody_was(resident: dict[str, object]) -> None:
    with pytest.raises(CaseError, match="more than 130 years"):
        read_case(_with(resident=resident))
