"""The letter to the doctor: one page, only where something is urgent, to be handed over on its own.

The value in the largest type, that it was repeated, who it is; then what it rests on (``letter_body``), and a
box for the reply. It must not say more than the record does.
"""

from datetime import timedelta

from health.assessment import Level
from health.names import shown
from printouts.content import Report, clock, person, years
from printouts.days import day
from printouts.doctor_rows import letters
from printouts.letter_body import LABEL, LEFT, NAME, draw_body
from printouts.letter_rows import headlines, sentences, urgent_findings
from printouts.marks import mark
from printouts.page_one_head import draw_marks
from printouts.shapes import Anchor, Line, Rect
from printouts.sheet import FOOT, HAIR, INK, RIGHT, SECOND, TOP, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean

TEXT = 41.0
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
        draw_body(sheet, report, y, _REPLY_TOP)
        _draw_reply(sheet, report)
        _draw_foot(sheet, report)


def _draw_head(sheet: Sheet, report: Report) -> None:
    words, station = report.words, report.station
    sheet.rule(TOP, 1.1, left=LEFT)
    with sheet.part(Part.HEADING):
        sheet.text(LEFT, 20.2, words.text("letter.title"), 15, bold=True)
    moment = "" if report.visit.closed_at is None else f" {clock(report.visit.closed_at)}"
    sheet.text(RIGHT, 20.0, f"{report.visit.on:%Y-%m-%d}{moment}", NAME, anchor=Anchor.END)
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
    named = "   ".join(part for part in (shown(who.name or "") or person(report, None), sex, age) if part)
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
                sheet.text(x, y + 5.2, words.text(f"letter.{key}"), LABEL, colour=SECOND)
                sheet.text(x, y + 11.0, text, NAME, room=wide - 3)
        x += wide
    sheet.rule(y + 15.0, 0.2, HAIR, left=LEFT)
    return y + 15.0


def masked(identity: str) -> str:
    """An identity number as it may stand on paper: three figures, stars, four figures."""
    return (
        identity[:3] + "*" * (len(identity) - 7) + identity[-4:] if len(identity) > 7 else "*" * len(identity)
    )


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
            wide = sheet.text(x, y, words.text(f"letter.reply.{key}"), NAME)
            sheet.shapes((Line(((wide + 2.4, 0.8), (76.0, 0.8)), 0.2, INK),), x, y)
    x = LEFT + 4
    for key in ("home", "medicine", "hospital", "emergency"):
        sheet.shapes((Rect(0, 0, 3.4, 3.4, None, INK, 0.3),), x, top + 25.6)
        sheet.text(x + 5.0, top + 28.6, words.text(f"letter.reply.{key}"), NAME, room=37)
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
    lines = broken(clean("   ".join([*said, rules])), LABEL, RIGHT - LEFT)
    top = FOOT - 4.6 - 3.6 * (len(lines) - 1)
    sheet.rule(top - 4.4, 0.2, left=LEFT)
    for index, line in enumerate(lines):
        sheet.text(LEFT, top + 3.6 * index, line, LABEL, colour=SECOND, room=RIGHT - LEFT)
    foot = words.text("letter.foot", station=station.name, phone=station.phone, id=str(report.visit.id))
    sheet.text(LEFT, FOOT, foot, LABEL, colour=SECOND, room=RIGHT - LEFT)
