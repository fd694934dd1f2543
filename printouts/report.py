"""The printed report: page 1 for her (and further ones where it is full), then the doctor's page, as one PDF.

Identical input gives identical bytes; nothing in it but the report's own data and the visit's time. It must
not know a printer.
"""

from printouts.archive import PRODUCT
from printouts.content import Report
from printouts.page_one import draw_page_one
from printouts.page_two import draw_page_two
from printouts.sheet import Sheet

__all__ = ["Report", "build"]


def build(report: Report) -> bytes:
    """The report as PDF bytes (A4, embedded subsets). Raises ``PrintoutError`` where a font or code fails."""
    words = report.words
    sheet = Sheet(words.text("sheet.title"), words.language, report.made, report.station.name or PRODUCT)
    draw_page_one(sheet, report)
    sheet.turn()
    draw_page_two(sheet, report)
    return sheet.done()
