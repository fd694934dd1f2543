"""Page 1 holds the reason of its main sentence, and names what is missing by its own name."""

import json

import pytest

from devices.reading import Quantity
from health.assess import assess
from health.assessment import Level
from health.casefile import read_case
from health.rulebook import shipped_rulebook
from health.visit import Skip
from health.words import words_of
from printouts.missing import missing_line
from printouts.report import Report
from printouts.rows import cause, rows

CASE = {
    "on": "2026-11-23",
    "resident": {"sex": "male", "birth_date": "1943-11-30"},
    "observations": {
        "total_cholesterol": {"value": "5.88", "unit": "mmol/L"},
        "hdl": {"value": "0.94", "unit": "mmol/L"},
        "grip_left": {"value": "25.5", "unit": "kg"},
    },
    "answers": {"known_cvd": True, "diabetes": True, "fasting": True},
}


def report(lang: str = "zh_CN") -> Report:
    """The sheet of a person whose worst value is one that has no row: cholesterol without the good one."""
    case = read_case(json.dumps(CASE))
    visit = case.visit.with_missing(Quantity.GRIP_RIGHT, Skip.NO_RESULT)
    assessment = assess(visit, (), shipped_rulebook(), visit.on)
    return Report(visit, assessment, (), case.station, words_of(lang))


def test_what_decided_the_main_sentence_is_said_where_no_row_shows_it() -> None:
    sheet = report()
    shown = rows(sheet.visit, sheet.assessment, ())
    assert sheet.assessment.level is Level.DOCTOR
    assert max(row.level for row in shown if row.level is not None) is Level.NOTICE
    (said,) = cause(sheet.assessment, shown)
    assert said.because.startswith("non_hdl/")
    assert "4.94" in sheet.words.say(said.phrase)


@pytest.mark.parametrize(("lang", "hand"), [("zh_CN", "右手握力"), ("en", "right")])
def test_one_hand_that_is_missing_is_named_as_that_hand(lang: str, hand: str) -> None:
    assert hand in missing_line(report(lang)).lower()
