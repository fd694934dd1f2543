"""The upper part of page 1: who and when, the one sentence, the signs used below. It must not judge."""

from health.assessment import Direction, Level
from health.names import shown
from printouts.content import Report, for_resident, person
from printouts.days import day
from printouts.marks import LEVEL_INK, legend, mark, unjudged
from printouts.road import COLOUR
from printouts.row_block import LEAST, TEXT, Columns
from printouts.rows import last_date
from printouts.shapes import Anchor, Polygon, Rect, Ring, Shape
from printouts.sheet import INK, LEFT, RIGHT, SECOND, TOP, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean, fitted, shortened, width

_WHITE = "#FFFFFF"
_SHORT = 10


def draw_marks(sheet: Sheet, report: Report) -> None:
    """What the sheet says about itself above the top rule: demonstration, reprint."""
    said = [key for key, holds in (("sheet.demo", report.demo), ("sheet.copy", report.copy)) if holds]
    if said:
        sheet.text(LEFT, 8.6, "　".join(report.words.text(key) for key in said), 16, bold=True)


def draw_person(sheet: Sheet, report: Report) -> float:
    """The line under the top rule: who, and the day; returns the baseline of the last.

    A name too long to stand beside the day has the line to itself. Of one longer still the name is cut,
    never the age.
    """
    sheet.rule(TOP, 1.1)
    today = day(report, report.visit.on, "sheet.date")
    name, room = shown(report.visit.resident.name or ""), RIGHT - LEFT
    beside = room - sheet.wide(today, LEAST) - 6
    alone = width(clean(person(report, name)), LEAST, bold=True) > beside
    room = room if alone else beside
    size = 22 * sheet.larger
    who = shortened(name, lambda cut: person(report, cut), size, room, bold=True, least_pt=LEAST)
    sheet.text(LEFT, 22.3, who, 22, bold=True, room=room)
    last = 29.7 if alone else 22.3
    sheet.text(RIGHT, last, today, LEAST, anchor=Anchor.END)
    return last


def _direction(report: Report) -> Direction | None:
    """Which way the main arrow points: that of the finding the main hint rests on, where it has one."""
    assessment = report.assessment
    because = assessment.hints[0].because if assessment.hints else ""
    found = [f for f in assessment.findings if f.rule == because and f.level is assessment.level]
    return found[0].direction if found else None


def _message_mark(report: Report) -> tuple[Shape, ...]:
    level = report.assessment.level
    if level is Level.NORMAL and not report.assessment.findings:
        # Nothing was judged: a tick would say that it was, and found normal.
        return unjudged(16)
    ink, paper = (_WHITE, LEVEL_INK[level]) if level is Level.NOW else (LEVEL_INK[level], _WHITE)
    return mark(level, _direction(report), 16, ink, paper)


def _message_lines(report: Report, room: float, size: float) -> tuple[str, ...]:
    """The main sentence in at most two lines, broken at its first stop where it has one."""
    sentence = clean(report.words.say(report.assessment.message))
    if len(broken(sentence, size, room, bold=True)) == 1 and len(sentence) <= _SHORT:
        return (sentence,)
    for stop in ("，", "。", ", ", ". "):
        head, found, tail = sentence.partition(stop)
        if found and tail.strip():
            return head + found.rstrip(), tail.strip()
    return broken(sentence, size, room, bold=True)[:2]


def draw_message(sheet: Sheet, report: Report, columns: Columns) -> float:
    """The block of the main sentence; returns the baseline of its last line."""
    level, scale = report.assessment.level, sheet.larger
    now = level is Level.NOW
    room = RIGHT - TEXT
    lines = _message_lines(report, room, columns.main_pt * scale)
    why = report.assessment.why
    reasons = () if why is None else broken(clean(report.words.say(why)), columns.hint_pt * scale, room)
    top = (47.4 if now else 43.4) + 12 * (scale - 1)
    first = top + scale * (14 * (len(lines) - 1) + 10.2)
    end = first + 8.9 * scale * (len(reasons) - 1) if reasons else first - 10.2 * scale
    if now:
        red = Rect(0, 0, RIGHT - LEFT + 8, end + 7 - 31.5, LEVEL_INK[level])
        sheet.shapes((red,), LEFT - 4, 31.5)
    with sheet.part(Part.FIGURE, report.words.text(f"level.{int(level)}")):
        sheet.shapes(_message_mark(report), LEFT, top - 9.4 if len(lines) > 1 else top - 12.4)
    colour = _WHITE if now else INK
    size = min(fitted(line, columns.main_pt * scale, room, bold=True)[1] for line in lines) / scale
    with sheet.part(Part.HEADING):
        for index, line in enumerate(lines):
            sheet.text(TEXT, top + 14 * scale * index, line, size, bold=True, colour=colour, room=room)
    with sheet.part(Part.PARAGRAPH):
        for index, line in enumerate(reasons):
            sheet.text(TEXT, first + 8.9 * scale * index, line, columns.hint_pt, colour=colour, room=room)
    return end + (5.6 if now else 0 if reasons else 1.6)


def draw_legend(sheet: Sheet, report: Report, left: str, y: float) -> float:
    """``left`` and, at the right, the signs of the rows, over a rule; returns where the rows begin.

    Where the two do not stand side by side the signs take a line of their own.
    """
    words = report.words
    before = last_date(report.history)
    last = ""
    if before is not None:
        last = words.text("sheet.legend.last", date=day(report, before, "sheet.date.short"))
    normal, today = words.text("sheet.legend.normal"), words.text("sheet.legend.today")
    texts = sum(sheet.wide(text, 16) for text in (normal, today, last))
    signs = 20.5 + 5 + (9.5 if last else 0.0)
    wide = sheet.text(LEFT, y, left, 16)
    if wide + texts + signs + 4 > RIGHT - LEFT:
        y += 7.6 * sheet.larger
    x = RIGHT - sheet.text(RIGHT, y, normal, 16, colour=SECOND, anchor=Anchor.END)
    fills = COLOUR.fills
    sheet.shapes(legend((str(fills[0]), str(fills[1])), COLOUR.edge), x - 15.4, y - 4.2)
    x -= 20.5
    if last:
        x -= sheet.text(x, y, last, 16, colour=SECOND, anchor=Anchor.END) + 4
        sheet.shapes((Ring(0, 0, 2.9, _WHITE, INK, 0.5),), x + 0.9, y - 2.0)
        x -= 5.5
    x -= sheet.text(x, y, today, 16, colour=SECOND, anchor=Anchor.END) + 5
    sheet.shapes((Polygon(((0, 0), (3.6, 0), (1.8, 3.9)), INK),), x, y - 3.9)
    sheet.rule(y + 2.4, 0.5)
    return y + 2.4


def height_words(report: Report) -> str:
    """Her height in words, or what stands below where it is not known or not the matter."""
    height = next((o for o in report.visit.observations if o.quantity.value == "body_height"), None)
    if height is None or report.assessment.level is Level.NOW:
        return report.words.text("sheet.values")
    return report.words.text("sheet.height", value=for_resident(report.words, height))
