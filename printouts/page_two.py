"""The doctor's page: who, what to look at, what the resident was told, and every value with its source.

A number stands here with date, unit, instrument and method. It must not diagnose.
"""

from printouts.content import Report, years
from printouts.doctor_page import NAME, PITCH, SMALL, VALUE, DoctorPage, draw_record
from printouts.doctor_rows import DoctorRow, doctor_rows, please_see
from printouts.marks import LEVEL_INK, mark
from printouts.page_two_foot import draw_lower_half
from printouts.shapes import Anchor, Rect
from printouts.sheet import HAIR, LEFT, RIGHT, SECOND, Sheet
from printouts.typeset import broken, clean, shortened

# Columns in mm from the left edge; results stand with their decimal points on _POINT.
_POINT, _UNIT, _REFERENCE, _LEVEL = 46.5, 58.0, 72.5, 103.0
_LAST, _CHANGE, _LETTER, _NOTE = 138.0, 149.5, 153.0, 157.5
_GREY = "#F5F2EA"


def draw_page_two(sheet: Sheet, report: Report) -> None:
    """Draws the doctor's page, and a further one where the values need it."""
    page = DoctorPage(sheet, report)
    page.begin()
    _draw_who(page)
    _draw_table(page)
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
    name = resident.name or words.text("sheet.guest")
    who = shortened(name, lambda cut: "   ".join((cut, *parts)), 9, RIGHT - LEFT)
    sheet.text(LEFT, page.y, who, 9, room=RIGHT - LEFT)
    page.y += 6.8
    for line in broken(
        clean(words.text("sheet.please_see", facts=please_see(report))), 10, RIGHT - LEFT, bold=True
    ):
        sheet.text(LEFT, page.y, line, 10, bold=True)
        page.y += 5.0
    said = [report.assessment.message, *(hint.phrase for hint in report.assessment.hints[1:3])]
    told = words.text("sheet.told", said=" ".join(words.say(phrase) for phrase in said))
    for line in broken(clean(told), NAME, RIGHT - LEFT):
        sheet.text(LEFT, page.y, line, NAME, colour=SECOND)
        page.y += 4.4
    page.y -= 1.0


def _draw_table(page: DoctorPage) -> None:
    words = page.report.words
    page.head(words.text("sheet.table"), words.text("sheet.table.note"))
    _table_head(page)
    for row in doctor_rows(page.report):
        if page.need(PITCH):
            _table_head(page)
        _table_row(page, row)
    page.sheet.rule(page.y, 0.3)


def _table_head(page: DoctorPage) -> None:
    sheet, words = page.sheet, page.report.words
    page.y += 5.0
    last = max((past.on for past in page.report.history), default=None)
    for x, key, anchor in (
        (LEFT, "item", Anchor.START),
        (_POINT + 3, "result", Anchor.END),
        (_UNIT, "unit", Anchor.START),
        (_REFERENCE, "reference", Anchor.START),
        (_LEVEL, "level", Anchor.START),
        (_CHANGE, "change", Anchor.END),
        (_NOTE - 4.5, "source", Anchor.START),
    ):
        sheet.text(x, page.y, words.text(f"sheet.column.{key}"), SMALL, colour=SECOND, anchor=anchor)
    if last is not None:
        sheet.text(_LAST, page.y, f"{last:%m-%d}", SMALL, colour=SECOND, anchor=Anchor.END)
    page.y += 1.5
    sheet.rule(page.y, 0.3)


def _table_row(page: DoctorPage, row: DoctorRow) -> None:
    sheet, y = page.sheet, page.y
    base = y + 3.7
    if row.notable:
        sheet.shapes((Rect(0, 0, RIGHT - LEFT, PITCH, _GREY),), LEFT, y)
    sheet.text(LEFT, base, row.name, NAME, room=_POINT - LEFT - 6)
    whole, point, decimals = row.value.partition(".")
    if row.value:
        sheet.text(_POINT, base, whole, VALUE, bold=True, anchor=Anchor.END)
        sheet.text(_POINT, base, point + decimals, VALUE, bold=True)
    else:
        sheet.text(_POINT, base, "—", VALUE, anchor=Anchor.END)
    sheet.text(_UNIT, base, row.unit, NAME, colour=SECOND, room=_REFERENCE - _UNIT - 1)
    sheet.text(_REFERENCE, base, row.reference, NAME, room=_LEVEL - _REFERENCE - 1)
    if row.finding is not None:
        ink = LEVEL_INK[row.finding.level]
        sheet.shapes(mark(row.finding.level, row.finding.direction, 2.9), _LEVEL, y + 1.1)
        word = page.report.words.text(row.finding.word)
        sheet.text(_LEVEL + 4.2, base, word, NAME, bold=True, colour=ink, room=_LAST - _LEVEL - 14)
    sheet.text(_LAST, base, row.last, NAME, anchor=Anchor.END)
    sheet.text(_CHANGE, base, row.change, NAME, anchor=Anchor.END)
    sheet.text(_LETTER, base, row.letter, NAME, bold=True)
    sheet.text(_NOTE, base, row.note, SMALL, room=RIGHT - _NOTE)
    page.y += PITCH
    sheet.rule(page.y, 0.15, HAIR)
