"""The lower half of the doctor's page: answers, scores, instruments, rules and their sources.

From 75 on it holds no percentage, because no model is valid there. It must not compute anything.
"""

from collections.abc import Sequence

from health.assessment import NotAssessed
from health.visit import Control, Question
from printouts.content import MODELS, OLDEST_WITH_PERCENT, Report, listed
from printouts.doctor_page import HEADING, LEADING, MIDDLE, NAME, PITCH, SMALL, DoctorPage
from printouts.doctor_rows import letters
from printouts.sheet import HAIR, LEFT, RIGHT, SECOND
from printouts.typeset import broken, clean

# From line to line within one row, mm.
NEXT = 3.8


def draw_lower_half(page: DoctorPage) -> None:
    """Draws everything below the table of values."""
    _draw_answers_and_scores(page)
    _draw_editions(page)


def _draw_answers_and_scores(page: DoctorPage) -> None:
    """Answers on the left, scores on the right; a question that was not asked says so."""
    sheet, report, words = page.sheet, page.report, page.report.words
    page.need(16 + max(4.3 * len(Question), 24 + PITCH * len(letters(report.visit))))
    page.y += 7.0
    top = page.y
    sheet.text(LEFT, top, words.text("sheet.answers"), HEADING, bold=True)
    y = top + 5.4
    for question in Question:
        answer = report.visit.answer_to(question)
        said = words.text(f"sheet.answer.{answer.value if answer else 'not_asked'}")
        sheet.text(LEFT, y, words.text(f"question.{question.value}.short"), NAME, room=34)
        sheet.text(LEFT + 36, y, said, NAME, room=20)
        y += 4.3
    signs = report.visit.danger_signs
    named = words.text("sheet.answer.not_asked") if signs is None else _signs(report, signs)
    sheet.text(LEFT, y, words.text("sheet.question.danger_signs"), NAME, room=34)
    sheet.text(LEFT + 36, y, named, NAME, room=MIDDLE - LEFT - 37)
    page.y = max(y, _draw_instruments(page, _draw_scores(page, top)))


def _signs(report: Report, signs: Sequence[str]) -> str:
    words = report.words
    said = [words.text(f"sign.{sign}") if words.has(f"sign.{sign}") else sign for sign in signs]
    return listed(words, said) if said else words.text("sheet.answer.none")


def _draw_scores(page: DoctorPage, top: float) -> float:
    """The three models, or why they are silent; returns where the block ends."""
    sheet, words = page.sheet, page.report.words
    sheet.text(MIDDLE, top, words.text("sheet.scores"), HEADING, bold=True)
    y = top + 5.4
    for x, key in ((MIDDLE, "model"), (MIDDLE + 40, "ages"), (MIDDLE + 60, "answer")):
        sheet.text(x, y, words.text(f"sheet.column.{key}"), SMALL, colour=SECOND)
    sheet.rule(y + 1.4, 0.3, left=MIDDLE)
    y += 1.4
    for model in MODELS:
        sheet.text(MIDDLE, y + 3.7, words.text(f"score.{model}"), NAME, room=39)
        sheet.text(MIDDLE + 40, y + 3.7, words.text(f"sheet.ages.{model}"), NAME)
        x = MIDDLE + 60
        said = broken(clean(_score(page.report, model)), NAME, RIGHT - x - 2, bold=True)
        for index, line in enumerate(said):
            sheet.text(x, y + 3.7 + NEXT * index, line, NAME, bold=True)
        y += PITCH + NEXT * (len(said) - 1)
        sheet.rule(y, 0.15, HAIR, left=MIDDLE)
    if _too_old(page.report):
        y += 4.4
        for line in broken(clean(words.text("sheet.no_percentage")), SMALL, RIGHT - MIDDLE - 2):
            sheet.text(MIDDLE, y, line, SMALL)
            y += LEADING
        y -= LEADING
    return y


def _too_old(report: Report) -> bool:
    return report.age is not None and report.age > OLDEST_WITH_PERCENT


def _score(report: Report, model: str) -> str:
    """The percentage with the cell of the chart, or why there is none."""
    words = report.words
    score = next((s for s in report.assessment.scores if s.model == model), None)
    if score is not None and not _too_old(report):
        cell = "" if score.chart_cell is None else words.text("sheet.chart_cell", cell=str(score.chart_cell))
        return words.text("sheet.score", percent=f"{score.percent:f}") + cell
    silent = next((n for n in report.assessment.not_assessed if n.rule.endswith(model)), None)
    return _why(report, silent)


def _why(report: Report, silent: NotAssessed | None) -> str:
    words = report.words
    if silent is None and _too_old(report):
        return words.text("sheet.not_computed", why=words.text("sheet.reason.age_out_of_range"))
    if silent is None:
        return words.text("sheet.not_computed.plain")
    return words.text("sheet.not_computed", why=words.text(f"sheet.reason.{silent.reason.value}"))


def _draw_instruments(page: DoctorPage, y: float) -> float:
    """The instruments with their letters, to the right of the answers; returns where they end."""
    sheet, words = page.sheet, page.report.words
    known = letters(page.report.visit)
    if not known:
        return y
    y += 7.0
    sheet.text(MIDDLE, y, words.text("sheet.instruments"), HEADING, bold=True)
    y += 1.5
    sheet.rule(y, 0.3, left=MIDDLE)
    for letter, instrument in known:
        base = y + 3.6
        serial = "" if instrument.serial is None else words.text("sheet.serial", serial=instrument.serial)
        said = instrument.calibration or words.text("sheet.calibration.unknown")
        state = _control(page.report, instrument.id, simulated=instrument.simulated)
        sheet.text(MIDDLE, base, letter, NAME, bold=True)
        for x, text, end in (
            (MIDDLE + 4, instrument.spoken, 113.0),
            (113.0, serial, 138.0),
            (138.0, said, 168.0),
            (168.0, state, RIGHT),
        ):
            sheet.text(x, base, text, SMALL, room=end - x - (end < RIGHT))
        y += PITCH
        sheet.rule(y, 0.15, HAIR, left=MIDDLE)
    return y


def _control(report: Report, instrument: str, *, simulated: bool) -> str:
    words = report.words
    states = {o.control for o in report.visit.observations if o.instrument == instrument and o.control}
    worst = next((s for s in (Control.OUT, Control.NONE, Control.IN) if s in states), Control.NONE)
    said = words.text(f"sheet.control.{worst.value}")
    return f"{words.text('sheet.simulated')} {said}" if simulated else said


def _draw_editions(page: DoctorPage) -> None:
    """Every rule and score that spoke, with edition and source."""
    assessment = page.report.assessment
    used = [(f.rule, f.edition, f.source) for f in assessment.findings]
    if not _too_old(page.report):
        used += [(s.model, s.edition, s.source) for s in assessment.scores]
    if not used:
        return
    page.head(page.report.words.text("sheet.editions"))
    page.y += 1.0
    rules: dict[str, list[str]] = {}
    for rule, edition, source in dict.fromkeys(used):
        rules.setdefault(_cited(edition, source), []).append(rule)
    for cited, names in rules.items():
        _draw_edition(page, "  ".join(names), cited)


def _cited(edition: str, source: str) -> str:
    """Edition and the first work named in the source; the rule named beside it keeps the whole."""
    first = source.partition(";")[0]
    return first if edition in first else f"{edition}: {first}"


def _draw_edition(page: DoctorPage, names: str, source: str) -> None:
    """Rules, then edition and source, as one paragraph over the whole width; never in smaller type."""
    lines = broken(clean(f"{names}  {source}"), SMALL, RIGHT - LEFT)
    page.need(LEADING * len(lines))
    for index, line in enumerate(lines):
        page.sheet.text(LEFT, page.y + LEADING * (index + 1), line, SMALL)
    page.y += LEADING * len(lines) + 0.5
