"""The letter to the doctor: one page, only where something is urgent, to be handed over on its own.

The value in the largest type, that it was repeated, every reading with its time, the signs as they were
answered, and a box for the reply. What nobody recorded is not in it: lines are left for a pen. It must not
say more than the record does.
"""

from datetime import timedelta

from health.assessment import Level
from printouts.content import Report, clock, day, person, years
from printouts.doctor_page import Cell
from printouts.doctor_rows import letters
from printouts.letter_rows import Readings, also, headlines, readings, sentences, signs, urgent_findings
from printouts.marks import mark
from printouts.page_one_head import draw_marks
from printouts.shapes import Anchor, Line, Rect
from printouts.sheet import FOOT, HAIR, INK, RIGHT, SECOND, TOP, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean

LEFT, TEXT, SECOND_COLUMN = 20.0, 41.0, 120.0
_NAME, _LABEL, _ROW, _LINE = 11.0, 8.5, 6.6, 9.0
_REPLY_HIGH, _REPLY_TOP = 44.0, 226.0
_FOLLOW_UP = timedelta(days=14)
"""国家基本公共卫生服务规范(第三版) 2017: after a referral a follow-up within two weeks."""


def draw_letter(sheet: Sheet, report: Report) -> None:
    """Draws the letter on the current page."""
    with sheet.part(Part.SECTION):
        draw_marks(sheet, report)
        _draw_head(sheet, report)
        y = _draw_headline(sheet, report)
        y = _draw_identity(sheet, report, y)
        below = _draw_readings(sheet, report, y)
        y = max(below, _draw_also(sheet, report, y))
        _draw_done(sheet, report, _draw_signs(sheet, report, y))
        _draw_reply(sheet, report)
        _draw_foot(sheet, report)


def _draw_head(sheet: Sheet, report: Report) -> None:
    words, station = report.words, report.station
    sheet.rule(TOP, 1.1, left=LEFT)
    with sheet.part(Part.HEADING):
        sheet.text(LEFT, 20.2, words.text("letter.title"), 15, bold=True)
    moment = "" if report.visit.closed_at is None else f" {clock(report.visit.closed_at)}"
    sheet.text(RIGHT, 20.0, f"{report.visit.on:%Y-%m-%d}{moment}", _NAME, anchor=Anchor.END)
    to = words.text("letter.to.any")
    if station.doctor:
        to = words.text("letter.to.doctor", name=station.doctor)
    sheet.text(LEFT, 32.4, "   ".join(part for part in (station.clinic, to) if part), 12, room=RIGHT - LEFT)


def _draw_headline(sheet: Sheet, report: Report) -> float:
    sheet.shapes(mark(Level.NOW, size_mm=16), LEFT, 40.6)
    y = 53.6
    for line in headlines(report)[:2]:
        with sheet.part(Part.HEADING):
            unit = sheet.wide(line.unit, 18)
            wide = sheet.text(TEXT, y, line.text, 40, bold=True, room=RIGHT - TEXT - unit - 3)
            sheet.text(TEXT + wide + 2.4, y, line.unit, 18)
        y += 15.0
    y -= 4.4
    for sentence in sentences(report):
        sheet.text(TEXT, y, sentence, 15, bold=True, room=RIGHT - TEXT)
        y += 7.2
    sheet.rule(y, 0.5, left=LEFT)
    return y


def _draw_identity(sheet: Sheet, report: Report, y: float) -> float:
    words, who = report.words, report.visit.resident
    sex = words.text(f"sheet.sex.{who.sex.value if who.sex else 'unknown'}")
    age = "" if report.age is None else words.text("sheet.years", age=years(report.age))
    named = "   ".join(part for part in (who.name or person(report, None), sex, age) if part)
    born = "" if who.birth_date is None else f"{who.birth_date:%Y-%m-%d}"
    identity = "" if who.identity is None else masked(who.identity)
    rows = (
        ("name", named, 62.0),
        ("birth", born, 28.0),
        ("identity", identity, 44.0),
        ("phone", who.phone or "", 36),
    )
    x = LEFT
    for key, text, wide in rows:
        if text:
            with sheet.part(Part.PARAGRAPH):
                sheet.text(x, y + 5.2, words.text(f"letter.{key}"), _LABEL, colour=SECOND)
                sheet.text(x, y + 11.0, text, _NAME, room=wide - 3)
        x += wide
    sheet.rule(y + 15.0, 0.2, HAIR, left=LEFT)
    return y + 15.0


def masked(identity: str) -> str:
    """An identity number as it may stand on paper: three figures, stars, four figures."""
    return (
        identity[:3] + "*" * (len(identity) - 7) + identity[-4:] if len(identity) > 7 else "*" * len(identity)
    )


def _draw_readings(sheet: Sheet, report: Report, y: float) -> float:
    table = readings(report)
    if table is None:
        return y
    y += 9.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.readings"), _NAME, bold=True)
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
            Cell(x, text, _LABEL, a, colour=SECOND)
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
            Cell(x, text, _NAME, a, bold=last, room=r)
            for x, text, a, r in zip(places, row, anchors, room, strict=True)
        ]
        drawn(cells, Part.CELL)
        y += _ROW
        sheet.rule(y, 0.3 if last else 0.2, INK if last else HAIR, left=LEFT, right=end)
    return y


def _draw_also(sheet: Sheet, report: Report, y: float) -> float:
    rows = also(report)
    if not rows:
        return y
    y += 9.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(SECOND_COLUMN, y, report.words.text("letter.also"), _NAME, bold=True)
    for name, text in rows:
        lines = broken(clean(text), _NAME, RIGHT - SECOND_COLUMN - 16)
        with sheet.part(Part.PARAGRAPH):
            sheet.text(SECOND_COLUMN, y + 6.2, name, _NAME, colour=SECOND, room=15)
            for index, line in enumerate(lines):
                sheet.text(SECOND_COLUMN + 16, y + 6.2 + 5.6 * index, line, _NAME)
        y += 6.2 + 5.6 * (len(lines) - 1)
    return y


def _draw_signs(sheet: Sheet, report: Report, y: float) -> float:
    """Each sign by name with its answer, three to a line."""
    y += 10.0
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.asked"), _NAME, bold=True)
    wide = (RIGHT - LEFT) / 3
    for index, (name, answer) in enumerate(signs(report)):
        x, base = LEFT + wide * (index % 3), y + 6.8 + 6.4 * (index // 3)
        with sheet.part(Part.PARAGRAPH):
            end = sheet.text(x, base, name, _NAME, room=wide - 24)
            sheet.text(x + end + 1.8, base, answer, _NAME, bold=True)
    return y + 6.8 + 6.4 * (len(signs(report)) // 3 - 1)


def _draw_done(sheet: Sheet, report: Report, y: float) -> None:
    """Lines for a pen where there is room: the record does not know what staff did."""
    y += 10.0
    if y + _LINE > _REPLY_TOP - 4:
        return
    with sheet.part(Part.SUBHEADING):
        sheet.text(LEFT, y, report.words.text("letter.done"), _NAME, bold=True)
    while y + _LINE <= _REPLY_TOP - 8:
        y += _LINE
        sheet.rule(y, 0.2, HAIR, left=LEFT)


def _draw_reply(sheet: Sheet, report: Report) -> None:
    words, top = report.words, _REPLY_TOP
    frame = Rect(0, 0, RIGHT - LEFT, _REPLY_HIGH, None, INK, 0.4)
    sheet.shapes((frame,), LEFT, top)
    until = day(report, report.visit.on + _FOLLOW_UP, "sheet.date.short")
    with sheet.part(Part.SUBHEADING):
        sheet.text(
            LEFT + 4, top + 8.6, words.text("letter.reply", date=until), 13, bold=True, room=RIGHT - LEFT - 8
        )
    for keys, y in ((("seen", "pressure"), top + 19.0), (("signature", "next"), top + 38.6)):
        for key, x in zip(keys, (LEFT + 4, LEFT + 90), strict=True):
            wide = sheet.text(x, y, words.text(f"letter.reply.{key}"), _NAME)
            sheet.shapes((Line(((wide + 2.4, 0.8), (76.0, 0.8)), 0.2, INK),), x, y)
    x = LEFT + 4
    for key in ("home", "medicine", "hospital", "emergency"):
        sheet.shapes((Rect(0, 0, 3.4, 3.4, None, INK, 0.3),), x, top + 25.6)
        sheet.text(x + 5.0, top + 28.6, words.text(f"letter.reply.{key}"), _NAME, room=37)
        x += 42.5


def _draw_foot(sheet: Sheet, report: Report) -> None:
    words, station = report.words, report.station
    used = {
        o.instrument
        for f in urgent_findings(report)
        for o in report.visit.observations
        if o.quantity is f.quantity
    }
    said = [
        words.text(
            "letter.instrument",
            name=instrument.spoken,
            serial=instrument.serial or "—",
            calibration=instrument.calibration or words.text("sheet.calibration.unknown"),
        )
        for _, instrument in letters(report.visit)
        if instrument.id in used
    ]
    rules = "  ".join(dict.fromkeys(f"{f.rule}" for f in urgent_findings(report)))
    sheet.rule(FOOT - 9.0, 0.2, left=LEFT)
    sheet.text(LEFT, FOOT - 4.6, "   ".join([*said, rules]), _LABEL, colour=SECOND, room=RIGHT - LEFT)
    foot = words.text("letter.foot", station=station.name, phone=station.phone, id=str(report.visit.id))
    sheet.text(LEFT, FOOT, foot, _LABEL, colour=SECOND, room=RIGHT - LEFT)
