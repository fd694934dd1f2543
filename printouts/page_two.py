"""The doctor's page: who, what to look at, what the resident was told, and every value with its source.

A number stands here with date, unit, instrument and method. It must not diagnose.
"""

from health.names import shown
from printouts.content import Report, years
from printouts.doctor_page import NAME, PITCH, SMALL, VALUE, Cell, DoctorPage, column, draw_record
from printouts.doctor_rows import DoctorRow, doctor_rows, please_see
from printouts.doctor_trends import draw_trends
from printouts.marks import LEVEL_INK, mark
from printouts.page_two_foot import draw_lower_half
from printouts.shapes import Anchor, Rect
from printouts.sheet import HAIR, LEFT, RIGHT, SECOND, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean, shortened

# Columns in mm from the left edge; results stand with their decimal points on _POINT.
_POINT, _UNIT, _REFERENCE, _LEVEL = 49.5, 60.0, 74.0, 103.0
_LAST, _CHANGE, _LETTER, _NOTE = 138.0, 149.5, 153.0, 157.5
_GREY = "#F5F2EA"


def draw_page_two(sheet: Sheet, report: Report) -> None:
    """Draws the doctor's page, and a further one where the values need it."""
    page = DoctorPage(sheet, report)
    with sheet.part(Part.SECTION):
        page.begin()
        _draw_who(page)
        _draw_table(page)
        draw_trends(page)
        draw_lower_half(page)
        draw_record(sheet, report)


def _draw_who(page: DoctorPage) -> None:
    sheet, report, words = page.sheet, page.report, page.report.words
    resident, parts = report.visit.resident, []
    parts.append(words.text(f"sheet.sex.{resident.sex.value if resident.sex else 'unknown'}"))
    if resident.birth_date is not None:
        parts.append(f"{resident.birth_date:%Y-%m-%d}")
    if report.age is not None:
        parts.append(words.text("sheet.years", age=years(report.age)))
    parts += [text for text in (report.station.doctor, report.station.clinic) if text]
    name = shown(resident.name or "") or words.text("sheet.guest")
    who = shortened(name, lambda cut: "   ".join((cut, *parts)), 9, RIGHT - LEFT)
    sheet.text(LEFT, page.y, who, 9, room=RIGHT - LEFT)
    page.y += 6.4
    facts = clean(words.text("sheet.please_see", facts=please_see(report)))
    with sheet.part(Part.PARAGRAPH):
        for line in broken(facts, 10, RIGHT - LEFT, bold=True):
            sheet.text(LEFT, page.y, line, 10, bold=True)
            page.y += 4.6
    said = [report.assessment.message, *(hint.phrase for hint in report.assessment.hints[1:3])]
    told = words.text("sheet.told", said=" ".join(words.say(phrase) for phrase in said))
    with sheet.part(Part.PARAGRAPH):
        for line in broken(clean(told), NAME, RIGHT - LEFT):
            sheet.text(LEFT, page.y, line, NAME, colour=SECOND)
            page.y += 4.0
    page.y -= 1.6


def _draw_table(page: DoctorPage) -> None:
    words, sheet = page.report.words, page.sheet
    page.head(words.text("sheet.table"), words.text("sheet.table.note"))
    with sheet.part(Part.TABLE):
        _table_head(page)
        for row in doctor_rows(page.report):
            if page.need(PITCH):
                _table_head(page)
            _table_row(page, row)
    sheet.rule(page.y, 0.3)


def _table_head(page: DoctorPage) -> None:
    words = page.report.words
    last = max((past.on for past in page.report.history), default=None)

    def named(x: float, key: str, anchor: Anchor = Anchor.START) -> Cell:
        return column(x, words.text(f"sheet.column.{key}"), anchor)

    cells = (
        named(LEFT, "item"),
        named(_POINT + 3, "result", Anchor.END),
        named(_UNIT, "unit"),
        named(_REFERENCE, "reference"),
        named(_LEVEL, "level"),
        column(_LAST, "" if last is None else f"{last:%m-%d}", Anchor.END),
        named(_CHANGE, "change", Anchor.END),
        named(_NOTE - 4.5, "source"),
        column(_NOTE, ""),
    )
    page.row(page.y + 1.5, cells, Part.HEAD_CELL)
    page.y += 6.5
    page.sheet.rule(page.y, 0.3)


def _table_row(page: DoctorPage, row: DoctorRow) -> None:
    sheet, y = page.sheet, page.y
    if row.notable:
        sheet.shapes((Rect(0, 0, RIGHT - LEFT, PITCH, _GREY),), LEFT, y)
    word, ink = "", SECOND
    if row.finding is not None:
        ink = LEVEL_INK[row.finding.level]
        sheet.shapes(mark(row.finding.level, row.finding.direction, 2.9), _LEVEL, y + 0.8)
        word = page.report.words.text(row.finding.word)
    cells = (
        Cell(LEFT, row.name, room=_POINT - LEFT - 6),
        _result(sheet, row),
        Cell(_UNIT, row.unit, colour=SECOND, room=_REFERENCE - _UNIT - 1),
        Cell(_REFERENCE, row.reference, room=_LEVEL - _REFERENCE - 1),
        Cell(_LEVEL + 4.2, word, bold=True, colour=ink, room=_LAST - _LEVEL - 14),
        Cell(_LAST, row.last, anchor=Anchor.END),
        Cell(_CHANGE, row.change, anchor=Anchor.END),
        Cell(_LETTER, row.letter, bold=True),
        _note(sheet, row),
    )
    page.row(y, cells)
    page.y += PITCH
    sheet.rule(page.y, 0.15, HAIR)


def _result(sheet: Sheet, row: DoctorRow) -> Cell:
    """The result with its decimal point on the common line."""
    if not row.value:
        return Cell(_POINT, "—", VALUE, Anchor.END)
    _, point, decimals = row.value.partition(".")
    after = sheet.wide(point + decimals, VALUE, bold=True)
    return Cell(_POINT + after, row.value, VALUE, Anchor.END, bold=True)


def _note(sheet: Sheet, row: DoctorRow) -> Cell:
    """The note in its column; a long one begins where the row has nothing else."""
    free = row.finding is None and not (row.last or row.change or row.letter)
    x = _LEVEL if free and sheet.wide(row.note, SMALL) > RIGHT - _NOTE else _NOTE
    return Cell(x, row.note, SMALL, room=RIGHT - x)
