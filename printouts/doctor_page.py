"""The frame of the doctor's pages: head, foot with the record's number, cells of a table, and the turn to a
further page."""

from collections.abc import Sequence

import msgspec

from printouts.content import Report, clock
from printouts.page_one_head import draw_marks
from printouts.shapes import Anchor
from printouts.sheet import FOOT, INK, LEFT, RIGHT, SECOND, TOP, Sheet
from printouts.structure import Part

PITCH, LEADING, SMALL, NAME, VALUE = 4.2, 3.1, 7.5, 8.5, 9.5
MIDDLE = 74.0
HEADING = 11.0
_END = FOOT - 6
_BASE = 3.15


class Cell(msgspec.Struct, frozen=True):
    """One cell of a table: where its text stands (mm from the left), and how. ``room`` mm: made to fit."""

    x: float
    text: str
    size: float = NAME
    anchor: Anchor = Anchor.START
    bold: bool = False
    colour: str = INK
    room: float | None = None


class DoctorPage:
    """The place on the page where the next line goes; turns the page when there is no room."""

    def __init__(self, sheet: Sheet, report: Report) -> None:
        self.sheet, self.report, self.y = sheet, report, TOP

    def begin(self) -> None:
        """Head of the page: marks, rule, title, when and where."""
        sheet, report = self.sheet, self.report
        draw_marks(sheet, report)
        sheet.rule(TOP, 1.1)
        when = f"{report.visit.on:%Y-%m-%d}  {_span(report)}  {report.station.name}"
        with sheet.part(Part.HEADING):
            sheet.text(LEFT, 19.2, report.words.text("sheet.doctor.title"), 15, bold=True)
        sheet.text(RIGHT, 18.8, when, 9, anchor=Anchor.END, room=100)
        self.y = 24.4

    def holds(self, y: float) -> bool:
        """Whether something that ends at ``y`` still stands on the page."""
        return y <= _END

    def need(self, height: float) -> bool:
        """Makes room for ``height`` mm; True where the page was turned for it."""
        if self.holds(self.y + height):
            return False
        draw_record(self.sheet, self.report)
        self.sheet.turn()
        self.begin()
        return True

    def head(self, text: str, note: str = "", left: float = LEFT, height: float = 16.0) -> None:
        """The heading of a part, with a small note beside it; ``height`` mm stay together below it."""
        self.need(height)
        self.y += 5.8
        with self.sheet.part(Part.SUBHEADING):
            wide = self.sheet.text(left, self.y, text, HEADING, bold=True)
            x = left + wide + 3
            self.sheet.text(x, self.y, note, SMALL, colour=SECOND, room=RIGHT - x)

    def row(self, y: float, cells: Sequence[Cell], part: Part = Part.CELL) -> None:
        """One row of the table that is open, upper edge at ``y``; an empty cell keeps its place."""
        with self.sheet.part(Part.ROW):
            for cell in cells:
                with self.sheet.part(part):
                    if cell.text:
                        self.sheet.text(
                            cell.x,
                            y + _BASE,
                            cell.text,
                            cell.size,
                            bold=cell.bold,
                            colour=cell.colour,
                            anchor=cell.anchor,
                            room=cell.room,
                        )


def column(x: float, text: str, anchor: Anchor = Anchor.START) -> Cell:
    """The head of a column."""
    return Cell(x, text, SMALL, anchor, colour=SECOND)


def _span(report: Report) -> str:
    opened, closed = report.visit.opened_at, report.visit.closed_at or report.closed_at
    times = [clock(moment) for moment in (opened, closed) if moment is not None]
    return "–".join(dict.fromkeys(times))


def draw_record(sheet: Sheet, report: Report) -> None:
    """The foot of a page: record, sequence, rulebook, software, page."""
    words = report.words
    parts = [words.text("sheet.record", id=str(report.visit.id))]
    if report.sequence is not None:
        parts.append(words.text("sheet.sequence", number=f"{report.station.id}-{report.sequence}"))
    parts.append(words.text("sheet.rulebook", edition=report.assessment.rulebook))
    if report.software:
        parts.append(words.text("sheet.software", version=report.software))
    sheet.rule(FOOT - 4.5, 0.2, INK)
    page = str(sheet.pages)

    def end(total: int) -> str:
        return words.text("sheet.doctor.foot", page=page, total=str(total))

    wide = sheet.wide(end(sheet.pages), SMALL)
    sheet.text(LEFT, FOOT, "   ".join(parts), SMALL, colour=SECOND, room=RIGHT - LEFT - wide - 4)
    sheet.counted(RIGHT, FOOT, SMALL, end)
