"""The risk scores in words for the doctor: what went into each model, and its answer or why it gave none.

It must not compute a score; from 75 on it says no percentage.
"""

from devices.reading import Quantity
from health.assessment import NotAssessed
from health.quantity import printed_text
from printouts.content import OLDEST_WITH_PERCENT, Report

_Q = Quantity
# What each model takes, as its paper names it, besides age and sex, which stand in the head of the page.
_MEASURED: dict[str, tuple[Quantity | str, ...]] = {
    "who_cvd_2019_lab": (_Q.SYSTOLIC, _Q.TOTAL_CHOLESTEROL),
    "who_cvd_2019_nonlab": (_Q.SYSTOLIC, "bmi"),
    "china_par": (_Q.SYSTOLIC, _Q.TOTAL_CHOLESTEROL, _Q.HDL, _Q.WAIST),
}
_ASKED = {"who_cvd_2019_lab": 2, "who_cvd_2019_nonlab": 1, "china_par": 6}
"""How many answers go in besides; they stand beside the table."""


def inputs_of(report: Report, model: str) -> str:
    """Every measured input of ``model`` with its value, — where it is not known, and how many answers."""
    words = report.words
    parts = [f"{words.text(f'sheet.input.{name}')} {_value(report, name)}" for name in _MEASURED[model]]
    parts.append(words.text("sheet.inputs.answers", count=str(_ASKED[model])))
    return words.text("sheet.and").join(parts)


def _value(report: Report, name: Quantity | str) -> str:
    if isinstance(name, Quantity):
        observation = report.visit.value_of(name)
        return "—" if observation is None else printed_text(observation)
    return next((f"{d.value:f}" for d in report.assessment.derived if d.name == name), "—")


def too_old(report: Report) -> bool:
    """Whether no model is valid at this age."""
    return report.age is not None and report.age > OLDEST_WITH_PERCENT


def outcome(report: Report, model: str) -> str:
    """The percentage with the cell of the chart, or why there is none."""
    words = report.words
    score = next((s for s in report.assessment.scores if s.model == model), None)
    if score is not None and not too_old(report):
        cell = "" if score.chart_cell is None else words.text("sheet.chart_cell", cell=str(score.chart_cell))
        return words.text("sheet.score", percent=f"{score.percent:f}") + cell
    silent = next((n for n in report.assessment.not_assessed if n.rule.endswith(model)), None)
    return _why(report, silent)


def _why(report: Report, silent: NotAssessed | None) -> str:
    words = report.words
    if silent is None and too_old(report):
        return words.text("sheet.not_computed", why=words.text("sheet.reason.age_out_of_range"))
    if silent is None:
        return words.text("sheet.not_computed.plain")
    return words.text("sheet.not_computed", why=words.text(f"sheet.reason.{silent.reason.value}"))
