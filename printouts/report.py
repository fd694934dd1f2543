"""The printed report: page 1 for her (and further ones where it is full), then the doctor's page, as one PDF.
Where something is urgent the letter to the doctor follows on paper of its own.

Identical input gives identical bytes; nothing in it but the report's own data and the visit's time. It must
not know a printer.
"""

from msgspec.structs import replace

from health.assessment import Level
from printouts.archive import PRODUCT
from printouts.content import Report
from printouts.dots import Strip
from printouts.letter import draw_letter
from printouts.page_one import draw_page_one
from printouts.page_one_head import draw_marks
from printouts.page_two import draw_page_two
from printouts.sheet import Sheet
from printouts.slip import WIDTH, draw_slip
from printouts.structure import Part

__all__ = ["Report", "build", "build_slip"]


def build(report: Report) -> bytes:
    """The report as PDF bytes (A4, embedded subsets). Raises ``PrintoutError`` where a font or code fails."""
    words = report.words
    sheet = Sheet(words.text("sheet.title"), words.language, report.made, report.station.name or PRODUCT)
    for place, spoken in enumerate((words, *report.also)):
        if place:
            _turn_to_new_paper(sheet, report)
        with sheet.part(Part.SECTION, language=spoken.language.replace("_", "-")):
            _draw_sheet(sheet, replace(report, words=spoken))
    sheet.count_no_further()
    if report.assessment.level is Level.NOW:
        _turn_to_new_paper(sheet, report)
        draw_letter(sheet, report)
    return sheet.done()


def _draw_sheet(sheet: Sheet, report: Report) -> None:
    """Page 1 and the doctor's page in one language."""
    draw_page_one(sheet, report)
    sheet.turn()
    draw_page_two(sheet, report)


def _turn_to_new_paper(sheet: Sheet, report: Report) -> None:
    """Begins a page that is not the back of another: the letter is handed over alone."""
    sheet.turn()
    if sheet.pages % 2 == 0:
        draw_marks(sheet, report)
        sheet.turn()


def build_slip(report: Report) -> bytes:
    """The slip of 80 mm as PDF bytes, one page as long as it needs."""
    words, facts = report.words, (report.words.language, report.made, report.station.name or PRODUCT)
    high = draw_slip(Strip(), report)
    sheet = Sheet(words.text("sheet.title"), *facts, size=(WIDTH, high))
    draw_slip(sheet, report)
    return sheet.done()
