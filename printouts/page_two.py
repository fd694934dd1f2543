"""The doctor's page: what to look at, every value with its source, answers, scores, instruments, editions.

A number stands here with date, unit and source. It must not diagnose, and from 75 on holds no percentage.
"""

from collections.abc import Sequence

from health.assessment import NotAssessed
from health.visit import Control, Question
from printouts.content import OLDEST_WITH_PERCENT, Report, clock, listed
from printouts.doctor_rows import DoctorRow, doctor_rows, letters, please_see
from printouts.marks import LEVEL_INK, mark
from printouts.page_one import draw_marks
from printouts.shapes import Anchor, Rect
from printouts.sheet import FOOT, HAIR, INK, LEFT, RIGHT, SECOND, TOP, Sheet
from printouts.typeset import broken, clean

_POINT, _UNIT, _REFERENCE, _LEVEL, _LAST, _CHANGE, _LETTER, _NOTE = (
    49.5,
    58.0,
    72.5,
    103.0,
    138.0,
    149.5,
    153.0,
    157.5,
)
_PITCH, _SMALL, _NAME, _VALUE, _HEAD = 5.2, 7.5, 8.5, 9.5, 11.0
_GREY = "#F5F2EA"
_MIDDLE = 74.0
_END = FOOT - 7
_MODELS = ("who_cvd_2019_lab", "who_cvd_2019_nonlab", "china_par")


class _Page:
    """The place on the page where the next line goes; turns the page when there is no room."""

    def __init__(self, sheet: Sheet, report: Report) -> None:
        self.sheet, self.report, self.y = sheet, report, TOP

    def begin(self) -> None:
        sheet, report = self.sheet, self.report
        draw_marks(sheet, report)
        sheet.rule(TOP, 1.1)
        when = f"{report.visit.on:%Y-%m-%d}  {_span(report)}  {report.station.name}"
        sheet.text(RIGHT, 19.6, when, 9, anchor=Anchor.END, room=100)
        sheet.text(LEFT, 20.2, report.words.text("sheet.doctor.title"), 15, bold=True)
        self.y = 26.0

    def need(self, height: float) -> bool:
        """Makes room for ``height`` mm; True where the page was turned for it."""
        if self.y + height <= _END:
            return False
        _draw_record(self.sheet, self.report)
        self.sheet.turn()
        self.begin()
        return True

    def head(self, text: str, note: str = "") -> None:
        self.need(16)
        self.y += 7.0
        x = LEFT + self.sheet.text(LEFT, self.y, text, _HEAD, bold=True) + 3
        self.sheet.text(x, self.y, note, _SMALL, colour=SECOND, room=RIGHT - x)


def draw_page_two(sheet: Sheet, report: Report) -> None:
    """Draws the doctor's page, and a further one where the values need it."""
    page = _Page(sheet, report)
    page.begin()
    _draw_who(page)
    _draw_table(page)
    _draw_answers_and_scores(page)
    _draw_instruments(page)
    _draw_editions(page)
    _draw_record(sheet, report)


def _span(report: Report) -> str:
    opened, closed = report.visit.opened_at, report.visit.closed_at or report.closed_at
    times = [clock(moment) for moment in (opened, closed) if moment is not None]
    return "–".join(dict.fromkeys(times))


def _draw_who(page: _Page) -> None:
    sheet, report, words = page.sheet, page.report, page.report.words
    resident, parts = report.visit.resident, []
    parts.append(resident.name or words.text("sheet.guest"))
    parts.append(words.text(f"sheet.sex.{resident.sex.value if resident.sex else 'unknown'}"))
    if resident.birth_date is not None:
        parts.append(f"{resident.birth_date:%Y-%m-%d}")
    if report.age is not None:
        parts.append(words.text("sheet.years", age=f"{report.age:f}"))
    parts += [text for text in (report.station.doctor, report.station.clinic) if text]
    sheet.text(LEFT, page.y, "   ".join(parts), 9, room=RIGHT - LEFT)
    page.y += 6.8
    for line in broken(
        clean(words.text("sheet.please_see", facts=please_see(report))), 10, RIGHT - LEFT, bold=True
    )[:3]:
        sheet.text(LEFT, page.y, line, 10, bold=True)
        page.y += 5.0
    said = [report.assessment.message, *(hint.phrase for hint in report.assessment.hints[1:3])]
    told = words.text("sheet.told", said=" ".join(words.say(phrase) for phrase in said))
    for line in broken(clean(told), _NAME, RIGHT - LEFT)[:2]:
        sheet.text(LEFT, page.y, line, _NAME, colour=SECOND)
        page.y += 4.4
    page.y -= 1.0


def _draw_table(page: _Page) -> None:
    words = page.report.words
    page.head(words.text("sheet.table"), words.text("sheet.table.note"))
    _table_head(page)
    for row in doctor_rows(page.report):
        if page.need(_PITCH):
            _table_head(page)
        _table_row(page, row)
    page.sheet.rule(page.y, 0.3)


def _table_head(page: _Page) -> None:
    sheet, words = page.sheet, page.report.words
    page.y += 5.0
    last = max((past.on for past in page.report.history), default=None)
    for x, key, anchor in (
        (LEFT, "item", Anchor.START),
        (_POINT, "result", Anchor.END),
        (_UNIT, "unit", Anchor.START),
        (_REFERENCE, "reference", Anchor.START),
        (_LEVEL, "level", Anchor.START),
        (_CHANGE, "change", Anchor.END),
        (_NOTE - 4.5, "source", Anchor.START),
    ):
        sheet.text(x, page.y, words.text(f"sheet.column.{key}"), _SMALL, colour=SECOND, anchor=anchor)
    if last is not None:
        sheet.text(_LAST, page.y, f"{last:%m-%d}", _SMALL, colour=SECOND, anchor=Anchor.END)
    page.y += 1.5
    sheet.rule(page.y, 0.3)


def _table_row(page: _Page, row: DoctorRow) -> None:
    sheet, y = page.sheet, page.y
    base = y + 3.7
    if row.notable:
        sheet.shapes((Rect(0, 0, RIGHT - LEFT, _PITCH, _GREY),), LEFT, y)
    sheet.text(LEFT, base, row.name, _NAME, room=_POINT - LEFT - 9)
    whole, point, decimals = row.value.partition(".")
    if row.value:
        sheet.text(_POINT - 3, base, whole, _VALUE, bold=True, anchor=Anchor.END)
        sheet.text(_POINT - 3, base, point + decimals, _VALUE, bold=True)
    else:
        sheet.text(_POINT - 3, base, "—", _VALUE, anchor=Anchor.END)
    sheet.text(_UNIT, base, row.unit, _NAME, colour=SECOND, room=_REFERENCE - _UNIT - 1)
    sheet.text(_REFERENCE, base, row.reference, _NAME, room=_LEVEL - _REFERENCE - 1)
    if row.finding is not None:
        ink = LEVEL_INK[row.finding.level]
        sheet.shapes(mark(row.finding.level, row.finding.direction, 2.9), _LEVEL, y + 1.1)
        word = page.report.words.text(row.finding.word)
        sheet.text(_LEVEL + 4.2, base, word, _NAME, bold=True, colour=ink, room=_LAST - _LEVEL - 14)
    sheet.text(_LAST, base, row.last, _NAME, anchor=Anchor.END)
    sheet.text(_CHANGE, base, row.change, _NAME, anchor=Anchor.END)
    sheet.text(_LETTER, base, row.letter, _NAME, bold=True)
    sheet.text(_NOTE, base, row.note, _SMALL, room=RIGHT - _NOTE)
    page.y += _PITCH
    sheet.rule(page.y, 0.15, HAIR)


def _draw_answers_and_scores(page: _Page) -> None:
    """Answers on the left, scores on the right; a question that was not asked says so."""
    sheet, report, words = page.sheet, page.report, page.report.words
    page.need(16 + 4.3 * len(Question))
    page.y += 7.0
    top = page.y
    sheet.text(LEFT, top, words.text("sheet.answers"), _HEAD, bold=True)
    y = top + 5.4
    for question in Question:
        answer = report.visit.answer_to(question)
        said = words.text(f"sheet.answer.{answer.value if answer else 'not_asked'}")
        sheet.text(LEFT, y, words.text(f"sheet.question.{question.value}"), _NAME, room=34)
        sheet.text(LEFT + 36, y, said, _NAME, room=20)
        y += 4.3
    signs = report.visit.danger_signs
    named = words.text("sheet.answer.not_asked") if signs is None else _signs(report, signs)
    sheet.text(LEFT, y, words.text("sheet.question.danger_signs"), _NAME, room=34)
    sheet.text(LEFT + 36, y, named, _NAME, room=_MIDDLE - LEFT - 37)
    _draw_scores(page, top)
    page.y = y


def _signs(report: Report, signs: Sequence[str]) -> str:
    words = report.words
    said = [words.text(f"danger.{sign}") if words.has(f"danger.{sign}") else sign for sign in signs]
    return listed(words, said) if said else words.text("sheet.answer.none")


def _draw_scores(page: _Page, top: float) -> None:
    sheet, words = page.sheet, page.report.words
    sheet.text(_MIDDLE, top, words.text("sheet.scores"), _HEAD, bold=True)
    y = top + 5.4
    for x, key in ((_MIDDLE, "model"), (_MIDDLE + 40, "ages"), (_MIDDLE + 60, "answer")):
        sheet.text(x, y, words.text(f"sheet.column.{key}"), _SMALL, colour=SECOND)
    sheet.rule(y + 1.4, 0.3, left=_MIDDLE)
    y += 1.4
    for model in _MODELS:
        sheet.text(_MIDDLE, y + 3.7, words.text(f"sheet.model.{model}"), _NAME, room=39)
        sheet.text(_MIDDLE + 40, y + 3.7, words.text(f"sheet.model.{model}.ages"), _NAME)
        x = _MIDDLE + 60
        sheet.text(x, y + 3.7, _score(page.report, model), _NAME, bold=True, room=RIGHT - x)
        y += _PITCH
        sheet.rule(y, 0.15, HAIR, left=_MIDDLE)
    if _too_old(page.report):
        sheet.text(_MIDDLE, y + 4.4, words.text("sheet.no_percentage"), _SMALL, room=RIGHT - _MIDDLE)


def _too_old(report: Report) -> bool:
    return report.age is not None and report.age > OLDEST_WITH_PERCENT


def _score(report: Report, model: str) -> str:
    """The percentage with the cell of the chart, or why there is none."""
    words = report.words
    score = next((s for s in report.assessment.scores if s.model == model), None)
    if score is not None and not _too_old(report):
        cell = "" if score.chart_cell is None else words.text("sheet.chart_cell", cell=str(score.chart_cell))
        return words.text("sheet.score", percent=f"{score.percent:f}", edition=score.edition) + cell
    silent = next((n for n in report.assessment.not_assessed if n.rule.endswith(model)), None)
    return _why(report, silent)


def _why(report: Report, silent: NotAssessed | None) -> str:
    words = report.words
    if silent is None:
        return words.text("sheet.not_computed.plain")
    return words.text("sheet.not_computed", why=words.text(f"sheet.reason.{silent.reason.value}"))


def _draw_instruments(page: _Page) -> None:
    sheet, words = page.sheet, page.report.words
    known = letters(page.report.visit)
    if not known:
        return
    page.head(words.text("sheet.instruments"))
    page.y += 1.5
    sheet.rule(page.y, 0.3)
    for letter, instrument in known:
        page.need(_PITCH)
        base = page.y + 3.7
        sheet.text(LEFT, base, letter, _NAME, bold=True)
        sheet.text(22, base, f"{instrument.maker} {instrument.model}", _NAME, room=54)
        serial = "" if instrument.serial is None else words.text("sheet.serial", serial=instrument.serial)
        sheet.text(78, base, serial, _NAME, room=36)
        said = instrument.calibration or words.text("sheet.calibration.unknown")
        sheet.text(116, base, said, _NAME, room=44)
        sheet.text(
            162, base, _control(page.report, instrument.id, simulated=instrument.simulated), _NAME, room=32
        )
        page.y += _PITCH
        sheet.rule(page.y, 0.15, HAIR)


def _control(report: Report, instrument: str, *, simulated: bool) -> str:
    words = report.words
    states = {o.control for o in report.visit.observations if o.instrument == instrument and o.control}
    worst = next((s for s in (Control.OUT, Control.NONE, Control.IN) if s in states), Control.NONE)
    said = words.text(f"sheet.control.{worst.value}")
    return f"{words.text('sheet.simulated')} {said}" if simulated else said


def _draw_editions(page: _Page) -> None:
    """Every rule and score that spoke, with edition and source."""
    assessment = page.report.assessment
    used = [(f.rule, f.edition, f.source) for f in assessment.findings]
    if not _too_old(page.report):
        used += [(s.model, s.edition, s.source) for s in assessment.scores]
    if not used:
        return
    page.head(page.report.words.text("sheet.editions"))
    page.y += 0.8
    for rule, edition, source in dict.fromkeys(used):
        page.need(3.8)
        page.y += 3.8
        page.sheet.text(LEFT, page.y, f"{rule}  {edition}", _SMALL, room=54)
        page.sheet.text(_MIDDLE, page.y, source, _SMALL, colour=SECOND, room=RIGHT - _MIDDLE)


def _draw_record(sheet: Sheet, report: Report) -> None:
    words = report.words
    parts = [words.text("sheet.record", id=str(report.visit.id))]
    if report.sequence is not None:
        parts.append(words.text("sheet.sequence", number=f"{report.station.id}-{report.sequence}"))
    parts.append(words.text("sheet.rulebook", edition=report.assessment.rulebook))
    if report.software:
        parts.append(words.text("sheet.software", version=report.software))
    sheet.rule(FOOT - 4.5, 0.2, INK)
    end = words.text("sheet.doctor.foot", page=str(sheet.pages))
    wide = sheet.text(RIGHT, FOOT, end, _SMALL, anchor=Anchor.END)
    sheet.text(LEFT, FOOT, "   ".join(parts), _SMALL, colour=SECOND, room=RIGHT - LEFT - wide - 4)
