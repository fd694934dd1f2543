"""The frame of the doctor's pages: head, foot with the record's number, and the turn to a further page."""

from printouts.content import Report, clock
from printouts.page_one_head import draw_marks
from printouts.shapes import Anchor
from printouts.sheet import FOOT, INK, LEFT, RIGHT, SECOND, TOP, Sheet

PITCH, LEADING, SMALL, NAME, VALUE = 5.0, 3.4, 7.5, 8.5, 9.5
MIDDLE = 74.0
HEADING = 11.0
_END = FOOT - 7


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
        sheet.text(RIGHT, 19.6, when, 9, anchor=Anchor.END, room=100)
        sheet.text(LEFT, 20.2, report.words.text("sheet.doctor.title"), 15, bold=True)
        self.y = 26.0

    def need(self, height: float) -> bool:
        """Makes room for ``height`` mm; True where the page was turned for it."""
        if self.y + height <= _END:
            return False
        draw_record(self.sheet, self.report)
        self.sheet.turn()
        self.begin()
        return True

    def head(self, text: str, note: str = "") -> None:
        """The heading of a part, with a small note beside it."""
        self.need(16)
        self.y += 7.0
        x = LEFT + self.sheet.text(LEFT, self.y, text, HEADING, bold=True) + 3
        self.sheet.text(x, self.y, note, SMALL, colour=SECOND, room=RIGHT - x)


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
    end = words.text("sheet.doctor.foot", page=str(sheet.pages))
    wide = sheet.text(RIGHT, FOOT, end, SMALL, anchor=Anchor.END)
    sheet.text(LEFT, FOOT, "   ".join(parts), SMALL, colour=SECOND, room=RIGHT - LEFT - wide - 4)
