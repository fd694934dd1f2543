"""The lower half of the doctor's page: answers, scores, instruments, rules and their sources.

From 75 on it holds no percentage, because no model is valid there. It must not compute anything.
"""

from collections.abc import Sequence

from health.visit import Control, Question
from printouts.content import MODELS, Report, listed
from printouts.doctor_page import HEADING, LEADING, MIDDLE, NAME, PITCH, SMALL, Cell, DoctorPage, column
from printouts.doctor_rows import letters, sign_name
from printouts.score_rows import inputs_of, outcome, too_old
from printouts.sheet import HAIR, LEFT, RIGHT
from printouts.structure import Part
from printouts.typeset import broken, clean

# From line to line within one row, and from answer to answer, mm.
NEXT, _ANSWER, _BASE = 3.3, 3.9, 3.15
_Lines = tuple[str, ...]
_FOREVER = 999.0
_SAME = 6
"""Letters by which an edition and the work it names are seen to be one."""
_AGES, _INPUTS, _RESULT = 37.0, 48.0, 89.0
_SERIAL, _CALIBRATED, _STATE = 38.0, 63.0, 94.0


def draw_lower_half(page: DoctorPage) -> None:
    """Draws everything below the trends."""
    _draw_answers_and_scores(page)
    _draw_editions(page)


def _draw_answers_and_scores(page: DoctorPage) -> None:
    """Answers on the left, scores and instruments on the right."""
    instruments = 8 + PITCH * len(letters(page.report.visit))
    page.need(16 + max(_ANSWER * (len(Question) + 1), 24 + instruments))
    page.y += 5.9
    top = page.y
    end = _draw_answers(page, top)
    page.y = max(end, _draw_instruments(page, _draw_scores(page, top)))


def _draw_answers(page: DoctorPage, top: float) -> float:
    """Every question and its answer; one that was not asked says so."""
    sheet, report, words = page.sheet, page.report, page.report.words
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, top, words.text("sheet.answers"), HEADING, bold=True)
    rows = [(words.text(f"question.{q.value}.short"), _answer(report, q)) for q in Question]
    y = top + 1.6
    with sheet.part(Part.TABLE):
        for question, answer in rows:
            cells = Cell(LEFT, question, room=34), Cell(LEFT + 36, answer, room=MIDDLE - LEFT - 37)
            page.row(y, cells)
            y += _ANSWER
        return _draw_signs(page, y)


def _draw_signs(page: DoctorPage, y: float) -> float:
    """The danger signs; where she named some, they stand below the question, all of them in full."""
    sheet, words, signs = page.sheet, page.report.words, page.report.visit.danger_signs
    key = "not_asked" if signs is None else "none"
    question = words.text("sheet.question.danger_signs")
    if not signs:
        page.row(y, (Cell(LEFT, question, room=34), Cell(LEFT + 36, words.text(f"sheet.answer.{key}"))))
        return y + _ANSWER
    lines = broken(clean(_signs(page.report, signs)), NAME, MIDDLE - LEFT - 3, bold=True)
    with sheet.part(Part.ROW):
        with sheet.part(Part.CELL):
            sheet.text(LEFT, y + _BASE, question, NAME)
        with sheet.part(Part.CELL):
            for index, line in enumerate(lines):
                sheet.text(LEFT, y + _ANSWER + _BASE + NEXT * index, line, NAME, bold=True)
    return y + _ANSWER + NEXT * len(lines)


def _answer(report: Report, question: Question) -> str:
    answer = report.visit.answer_to(question)
    return report.words.text(f"sheet.answer.{answer.value if answer else 'not_asked'}")


def _signs(report: Report, signs: Sequence[str]) -> str:
    words = report.words
    return listed(words, [sign_name(words, sign) for sign in signs])


def _draw_scores(page: DoctorPage, top: float) -> float:
    """The three models with what went into them, or why they are silent; returns where the block ends."""
    sheet, words = page.sheet, page.report.words
    with sheet.part(Part.SUBHEADING):
        sheet.text(MIDDLE, top, words.text("sheet.scores"), HEADING, bold=True)
    heads = ((0.0, "model"), (_AGES, "ages"), (_INPUTS, "inputs"), (_RESULT, "answer"))
    y = top + 6.2
    with sheet.part(Part.TABLE):
        named = [column(MIDDLE + x, words.text(f"sheet.column.{key}")) for x, key in heads]
        page.row(top + 1.5, named, Part.HEAD_CELL)
        sheet.rule(y, 0.3, left=MIDDLE)
        for model in MODELS:
            y = _draw_score(page, model, y)
    if too_old(page.report):
        y += 3.8
        lines = broken(clean(words.text("sheet.no_percentage")), SMALL, RIGHT - MIDDLE - 2)
        with sheet.part(Part.PARAGRAPH):
            for index, line in enumerate(lines):
                sheet.text(MIDDLE, y + LEADING * index, line, SMALL)
        y += LEADING * (len(lines) - 1)
    return y


def _draw_score(page: DoctorPage, model: str, y: float) -> float:
    """One row; inputs and result take as many lines as they need."""
    sheet, words = page.sheet, page.report.words
    room = _RESULT - _INPUTS - 1.5
    given = broken(clean(inputs_of(page.report, model)), SMALL, room)
    said = broken(clean(outcome(page.report, model)), NAME, RIGHT - MIDDLE - _RESULT, bold=True)
    with sheet.part(Part.ROW):
        for x, text in ((0.0, words.text(f"score.{model}")), (_AGES, words.text(f"sheet.ages.{model}"))):
            with sheet.part(Part.CELL):
                sheet.text(MIDDLE + x, y + _BASE, text, NAME, room=_AGES - 1)
        for x, lines, size, bold in ((_INPUTS, given, SMALL, False), (_RESULT, said, NAME, True)):
            with sheet.part(Part.CELL):
                for index, line in enumerate(lines):
                    sheet.text(MIDDLE + x, y + _BASE + NEXT * index, line, size, bold=bold)
    y += PITCH + NEXT * (max(len(given), len(said), 1) - 1)
    sheet.rule(y, 0.15, HAIR, left=MIDDLE)
    return y


def _draw_instruments(page: DoctorPage, y: float) -> float:
    """The instruments with their letters, to the right of the answers; returns where they end."""
    sheet, words = page.sheet, page.report.words
    known = letters(page.report.visit)
    if not known:
        return y
    y += 5.9
    with sheet.part(Part.SUBHEADING):
        sheet.text(MIDDLE, y, words.text("sheet.instruments"), HEADING, bold=True)
    y += 1.5
    sheet.rule(y, 0.3, left=MIDDLE)
    with sheet.part(Part.TABLE):
        for letter, instrument in known:
            serial = "" if instrument.serial is None else words.text("sheet.serial", serial=instrument.serial)
            said = instrument.calibration or words.text("sheet.calibration.unknown")
            state = _control(page.report, instrument.id, simulated=instrument.simulated)
            cells = (
                Cell(MIDDLE, letter, bold=True),
                Cell(MIDDLE + 4, instrument.spoken, SMALL, room=_SERIAL - 5),
                Cell(MIDDLE + _SERIAL, serial, SMALL, room=_CALIBRATED - _SERIAL - 1),
                Cell(MIDDLE + _CALIBRATED, said, SMALL, room=_STATE - _CALIBRATED - 1),
                Cell(MIDDLE + _STATE, state, SMALL, room=RIGHT - MIDDLE - _STATE),
            )
            page.row(y, cells)
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
    """Every rule and score that spoke, with edition and source, in two columns."""
    assessment = page.report.assessment
    used = [(f.rule, f.edition, f.source) for f in assessment.findings]
    if not too_old(page.report):
        used += [(s.model, s.edition, s.source) for s in assessment.scores]
    if not used:
        return
    rules: dict[str, list[str]] = {}
    for rule, edition, source in dict.fromkeys(used):
        rules.setdefault(_cited(edition, source), []).append(rule)
    page.head(page.report.words.text("sheet.editions"))
    page.y += 1.0
    wide = (RIGHT - LEFT - 4) / 2
    said = [broken(clean(f"{_shared(names)}  {cited}"), SMALL, wide) for cited, names in rules.items()]
    left, right = _halves(said)
    while left or right:
        top, ends = page.y, list[float]()
        for x, column_of in ((LEFT, left), (LEFT + wide + 4, right)):
            ends.append(_draw_sources(page, column_of, x, top))
        page.y = max(ends)
        if left or right:
            page.need(_FOREVER)
            page.head(page.report.words.text("sheet.editions"))
            page.y += 1.0


def _shared(names: Sequence[str]) -> str:
    """Rule ids of one source, those of one edition together: ``systolic, diastolic/china_2024``."""
    editions: dict[str, list[str]] = {}
    for name in names:
        rule, _, edition = name.partition("/")
        editions.setdefault(edition, []).append(rule)
    return "  ".join(
        ", ".join(rules) + (f"/{edition}" if edition else "") for edition, rules in editions.items()
    )


def _halves(said: Sequence[_Lines]) -> tuple[list[_Lines], list[_Lines]]:
    """The paragraphs shared out over two columns, each to the one that is shorter so far."""
    left, right = list[_Lines](), list[_Lines]()
    for one in said:
        shorter = left if sum(map(len, left)) <= sum(map(len, right)) else right
        shorter.append(one)
    return left, right


def _draw_sources(page: DoctorPage, waiting: list[_Lines], x: float, y: float) -> float:
    """Takes paragraphs from ``waiting`` as long as the page has room; returns where they end."""
    while waiting and page.holds(y + LEADING * len(waiting[0])):
        lines = waiting.pop(0)
        with page.sheet.part(Part.PARAGRAPH):
            for index, line in enumerate(lines):
                page.sheet.text(x, y + LEADING * (index + 1), line, SMALL)
        y += LEADING * len(lines) + 0.3
    return y


def _cited(edition: str, source: str) -> str:
    """Edition and the first work named in the source; the rule named beside it keeps the whole."""
    first = source.partition(";")[0].partition(": ")[0].partition(" (")[0]
    return first if first.startswith(edition[:_SAME]) else f"{edition}: {first}"
