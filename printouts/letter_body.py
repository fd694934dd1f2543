"""The middle of the letter to the doctor: every reading with its time beside the last visits, the signs as
they were answered, what staff did by the clock, and what else is known.

What nobody recorded is not in it: lines are left for a pen. It must not say more than the record does.
"""

from printouts.content import Report, clock
from printouts.doctor_page import Cell
from printouts.doctor_trends import charts_of, spoken
from printouts.letter_rows import Readings, also, done, readings, signs, urgent_findings
from printouts.shapes import Anchor, enlarged
from printouts.sheet import HAIR, INK, RIGHT, SECOND, Sheet
from printouts.structure import Part
from printouts.trend import HEIGHT, trend
from printouts.typeset import broken, clean

LEFT, SECOND_COLUMN = 20.0, 120.0
NAME, LABEL = 11.0, 8.5
_ROW, _LINE, _NEXT = 6.6, 9.0, 5.6
_LARGER = 1.35
"""By how much a chart of the doctor's page is larger here, where no letter is below 8.5 pt."""


def draw_body(sheet: Sheet, report: Report, y: float, end: float) -> None:
    """Draws everything between the identity, which ends at ``y``, and the reply at ``end``."""
    left, right = _draw_readings(sheet, report, y), _draw_trend(sheet, report, y)
    beside = y if left > y and right > y else None
    if beside is None:
        # One of the two columns is free.
        x = LEFT if left == y else SECOND_COLUMN
        below = _draw_also(sheet, report, x, y)
        left, right = max(left, below), max(right, below)
    y = _draw_signs(sheet, report, max(left, right))
    room = RIGHT
    if beside is not None and also(report):
        _draw_also(sheet, report, SECOND_COLUMN, y + 1.0)
        room = SECOND_COLUMN - 8
    _draw_done(sheet, report, y, room, end)


def _draw_trend(sheet: Sheet, report: Report, y: float) -> float:
    """The last visits of what is urgent, at the right; returns where it ends, ``y`` where there are none."""
    urgent = [finding.quantity for finding in urgent_findings(report) if not finding.aside]
    chart = next((one for one in charts_of(report) for q in urgent if q in one.about), None)
    if chart is None:
        return y
    y += 9.0
    with sheet.part(Part.SUBHEADING):
        wide = sheet.text(
            SECOND_COLUMN, y, report.words.text("letter.trend", name=chart.name), NAME, bold=True
        )
    sheet.text(SECOND_COLUMN + wide + 1.6, y, chart.unit, LABEL, colour=SECOND)
    shapes = enlarged(trend(chart.series, chart.window, stems=chart.stems), _LARGER)
    with sheet.part(Part.FIGURE, spoken(report, chart)):
        sheet.shapes(shapes, SECOND_COLUMN, y + 2.0)
    return y + 2.0 + HEIGHT * _LARGER - 3.0


def _draw_readings(sheet: Sheet, report: Report, y: float) -> float:
    table = readings(report)
    if table is None:
        return y
    y += 9.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.readings"), NAME, bold=True)
    y += 1.6
    with sheet.part(Part.TABLE):
        return _draw_table(sheet, table, y)


def _draw_table(sheet: Sheet, table: Readings, y: float) -> float:
    end = SECOND_COLUMN - 8
    places = [
        LEFT,
        *(LEFT + 32 + 17 * n for n in range(len(table.head) - 2)),
        LEFT + 37 + 17 * (len(table.head) - 3),
    ]

    def drawn(cells: list[Cell], part: Part) -> None:
        with sheet.part(Part.ROW):
            for cell in cells:
                with sheet.part(part):
                    if cell.text:
                        sheet.text(
                            cell.x,
                            y + 4.6,
                            cell.text,
                            cell.size,
                            bold=cell.bold,
                            anchor=cell.anchor,
                            room=cell.room,
                        )

    anchors = [Anchor.START, *[Anchor.END] * (len(places) - 2), Anchor.START]
    drawn(
        [
            Cell(x, text, LABEL, a, colour=SECOND)
            for x, text, a in zip(places, table.head, anchors, strict=True)
        ],
        Part.HEAD_CELL,
    )
    y += 6.2
    sheet.rule(y, 0.3, left=LEFT, right=end)
    for row in (*table.rows, table.used):
        last = row is table.used
        room = [12.0, *[None] * (len(places) - 2), end - places[-1]]
        cells = [
            Cell(x, text, NAME, a, bold=last, room=r)
            for x, text, a, r in zip(places, row, anchors, room, strict=True)
        ]
        drawn(cells, Part.CELL)
        y += _ROW
        sheet.rule(y, 0.3 if last else 0.2, INK if last else HAIR, left=LEFT, right=end)
    return y


def _draw_also(sheet: Sheet, report: Report, x: float, y: float) -> float:
    """What else is known, from ``x`` on; returns where it ends."""
    rows = also(report)
    if not rows:
        return y
    y += 9.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(x, y, report.words.text("letter.also"), NAME, bold=True)
    named = 2.0 + max(sheet.wide(name, NAME) for name, _ in rows)
    for name, text in rows:
        lines = broken(clean(text), NAME, RIGHT - SECOND_COLUMN - named)
        with sheet.part(Part.PARAGRAPH):
            sheet.text(x, y + 6.2, name, NAME, colour=SECOND)
            for index, line in enumerate(lines):
                sheet.text(x + named, y + 6.2 + _NEXT * index, line, NAME)
        y += 6.2 + _NEXT * (len(lines) - 1)
    return y


def _draw_signs(sheet: Sheet, report: Report, y: float) -> float:
    """Each sign by name with its answer, three to a line."""
    y += 10.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.asked"), NAME, bold=True)
    wide = (RIGHT - LEFT) / 3
    for index, (name, answer) in enumerate(signs(report)):
        x, base = LEFT + wide * (index % 3), y + 6.8 + 6.4 * (index // 3)
        with sheet.part(Part.PARAGRAPH):
            end = sheet.text(x, base, name, NAME, room=wide - 24)
            sheet.text(x + end + 1.8, base, answer, NAME, bold=True)
    return y + 6.8 + 6.4 * (len(signs(report)) // 3 - 1)


def _draw_done(sheet: Sheet, report: Report, y: float, right: float, end: float) -> None:
    """What was done by the clock, then lines for a pen where there is room: a record does not know all."""
    y += 10.0
    known = done(report)
    if y + _LINE > end - 4:
        return
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.done"), NAME, bold=True, room=right - LEFT)
    for moment, text in known:
        y += _ROW
        with sheet.part(Part.PARAGRAPH):
            sheet.text(LEFT, y, clock(moment), NAME, colour=SECOND)
            sheet.text(LEFT + 14, y, text, NAME, room=right - LEFT - 14)
    while y + _LINE <= end - 8:
        y += _LINE
        sheet.rule(y, 0.2, HAIR, left=LEFT, right=right)
