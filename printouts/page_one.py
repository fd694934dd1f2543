"""Page 1, hers: who and when, one sentence, then every number on its road.

Order and places are those of the look: the sentence first, numbers in four columns, the foot pinned. It must
not decide what a number means, nor fold anything above normal.
"""

from collections.abc import Sequence
from itertools import pairwise

from health.assessment import Direction, Hint, Level
from health.quantity import MEASURES, printed_value
from health.words import Words
from printouts.content import Report, day, for_resident, listed, name_of, person, risk
from printouts.foot import FOOT_TOP, draw_foot
from printouts.marks import LEVEL_INK, legend, mark
from printouts.missing import missing_line
from printouts.risk_dots import RISK_HEIGHT, draw_risk
from printouts.road import COLOUR, road
from printouts.rows import Row, last_date, loose_hints, rows
from printouts.shapes import Anchor, Polygon, Rect, Ring
from printouts.sheet import HAIR, INK, LEFT, RIGHT, SECOND, TOP, Sheet
from printouts.typeset import broken, clean, fitted

ROW, HINT_TOP, HINT_LINE, PLAIN_LINE, PLAIN_NEXT, STEP_LINE = 16.0, 1.1, 8.0, 10.0, 7.0, 10.0
# Rows stand closer only where everything above normal would not fit otherwise.
TIGHT_ROW = 14.8
_TEXT, _BODY = 36.0, 28.0
_WHITE = "#FFFFFF"


class _Columns:
    """The columns of the rows, mm from the left edge; Latin names are longer than Chinese ones."""

    def __init__(self, words: Words) -> None:
        han = words.language.startswith("zh")
        self.value = 57.0 if han else 67.0
        self.road = 118.0 if han else 124.0
        self.hint_pt = 18.0 if han else 16.0
        self.main_pt = 34.0 if han else 33.0
        self.row = ROW


def draw_page_one(sheet: Sheet, report: Report) -> None:
    """Draws the whole page on the current page of ``sheet``."""
    draw_marks(sheet, report)
    columns = _Columns(report.words)
    sheet.rule(TOP, 1.1)
    today = day(report, report.visit.on, "sheet.date")
    right = sheet.text(RIGHT, 22.3, today, 16, anchor=Anchor.END)
    sheet.text(LEFT, 22.3, person(report), 22, bold=True, room=RIGHT - LEFT - right - 6)
    y = _draw_message(sheet, report, columns)
    y = _draw_legend(sheet, report, y)
    y = _draw_rows(sheet, report, columns, y)
    if report.assessment.level is Level.NOW:
        _draw_steps(sheet, report.words, y + 1)
    score = risk(report)
    # Where values above normal fill the page they come first; the score is on the doctor's page.
    if score is not None and y <= FOOT_TOP - RISK_HEIGHT + 0.5:
        draw_risk(sheet, report.words, score, y)
    draw_foot(sheet, report)


def draw_marks(sheet: Sheet, report: Report) -> None:
    """What the sheet says about itself above the top rule: demonstration, reprint."""
    said = [key for key, holds in (("sheet.demo", report.demo), ("sheet.copy", report.copy)) if holds]
    if said:
        sheet.text(LEFT, 8.6, "　".join(report.words.text(key) for key in said), 16, bold=True)


def _direction(report: Report) -> Direction | None:
    """Which way the main arrow points: that of the finding the main hint rests on, where it has one."""
    assessment = report.assessment
    because = assessment.hints[0].because if assessment.hints else ""
    found = [f for f in assessment.findings if f.rule == because and f.level is assessment.level]
    return found[0].direction if found else None


def _message_lines(report: Report, room: float, size: float) -> tuple[str, ...]:
    """The main sentence in at most two lines, broken at its first stop where it has one."""
    sentence = clean(report.words.say(report.assessment.message))
    if len(broken(sentence, size, room, bold=True)) == 1 and len(sentence) <= 10:
        return (sentence,)
    for stop in ("，", "。", ", ", ". "):
        head, found, tail = sentence.partition(stop)
        if found and tail.strip():
            return head + found.rstrip(), tail.strip()
    return broken(sentence, size, room, bold=True)[:2]


def _draw_message(sheet: Sheet, report: Report, columns: _Columns) -> float:
    """The block of the main sentence; returns the baseline of its last line."""
    level = report.assessment.level
    now = level is Level.NOW
    room = RIGHT - _TEXT
    lines = _message_lines(report, room, columns.main_pt)
    why = report.assessment.why
    reasons = () if why is None else broken(clean(report.words.say(why)), columns.hint_pt, room)[:2]
    top = 47.4 if now else 43.4
    end = top + 14 * (len(lines) - 1) + 10.2 * bool(reasons) + 8.9 * max(len(reasons) - 1, 0)
    if now:
        red = Rect(0, 0, RIGHT - LEFT + 8, end + 7 - 31.5, LEVEL_INK[level])
        sheet.shapes((red,), LEFT - 4, 31.5)
    ink, paper = (_WHITE, LEVEL_INK[level]) if now else (LEVEL_INK[level], _WHITE)
    sheet.shapes(
        mark(level, _direction(report), 16, ink, paper), LEFT, top - 9.4 if len(lines) > 1 else top - 12.4
    )
    colour = _WHITE if now else INK
    size = min(fitted(line, columns.main_pt, room, bold=True)[1] for line in lines)
    for index, line in enumerate(lines):
        sheet.text(_TEXT, top + 14 * index, line, size, bold=True, colour=colour, room=room)
    first = top + 14 * (len(lines) - 1) + 10.2
    for index, line in enumerate(reasons):
        sheet.text(_TEXT, first + 8.9 * index, line, columns.hint_pt, colour=colour, room=room)
    return end + (5.6 if now else 0 if reasons else 1.6)


def _draw_legend(sheet: Sheet, report: Report, above: float) -> float:
    """Height on the left, the signs on the right, a rule; returns where the rows begin."""
    words, y = report.words, above + 13.6
    sheet.text(LEFT, y, _height_words(report), 16)
    x = RIGHT - sheet.text(RIGHT, y, words.text("sheet.legend.normal"), 16, colour=SECOND, anchor=Anchor.END)
    fills = COLOUR.fills
    sheet.shapes(legend((str(fills[0]), str(fills[1])), COLOUR.edge), x - 15.4, y - 4.2)
    x -= 20.5
    before = last_date(report.history)
    if before is not None:
        text = words.text("sheet.legend.last", date=day(report, before, "sheet.date.short"))
        x -= sheet.text(x, y, text, 16, colour=SECOND, anchor=Anchor.END) + 4
        sheet.shapes((Ring(0, 0, 2.9, _WHITE, INK, 0.5),), x + 0.9, y - 2.0)
        x -= 5.5
    x -= sheet.text(x, y, words.text("sheet.legend.today"), 16, colour=SECOND, anchor=Anchor.END) + 5
    sheet.shapes((Polygon(((0, 0), (3.6, 0), (1.8, 3.9)), INK),), x, y - 3.9)
    sheet.rule(y + 2.4, 0.5)
    return y + 2.4


def _height_words(report: Report) -> str:
    height = next((o for o in report.visit.observations if o.quantity.value == "body_height"), None)
    if height is None or report.assessment.level is Level.NOW:
        return report.words.text("sheet.values")
    return report.words.text("sheet.height", value=for_resident(report.words, height))


def _hint_lines(report: Report, hints: Sequence[Hint], columns: _Columns) -> tuple[str, ...]:
    if report.assessment.level is Level.NOW:
        return ()
    room = RIGHT - _BODY
    said = [clean(report.words.say(hint.phrase)) for hint in hints]
    return tuple(line for text in said for line in broken(text, columns.hint_pt, room)[:2])


def _tall(report: Report, row: Row, columns: _Columns) -> float:
    lines = len(_hint_lines(report, row.hints, columns))
    return columns.row + (HINT_TOP + HINT_LINE * lines if lines else 0.0)


def _room(report: Report, top: float) -> float:
    """Height left for rows and lines between ``top`` and the foot."""
    steps = 3 * STEP_LINE + 3 if report.assessment.level is Level.NOW else 0.0
    dots = RISK_HEIGHT if risk(report) is not None else 0.0
    return FOOT_TOP - top - steps - dots


def _plain(text: str) -> tuple[str, ...]:
    """A sentence below the rows, in lines of the smallest type of the page, never smaller."""
    return broken(clean(text), 16, RIGHT - _BODY)


def _plain_height(paragraphs: Sequence[tuple[str, ...]]) -> float:
    return sum(PLAIN_LINE + PLAIN_NEXT * (len(lines) - 1) for lines in paragraphs)


def _folded_words(report: Report, folded: Sequence[Row]) -> list[tuple[str, ...]]:
    """What did not fit, in words: the normal ones as normal, those without a class as measured."""
    words = report.words
    said = []
    for key, normal in (("sheet.also_normal", True), ("sheet.also_measured", False)):
        parts = [_in_a_line(words, r) for r in folded if (r.level is Level.NORMAL) is normal]
        if parts:
            said.append(_plain(words.text(key, list=listed(words, parts))))
    return said


def _split(
    report: Report, shown: Sequence[Row], columns: _Columns, room: float
) -> tuple[list[Row], list[Row]]:
    """Rows that stand, and the normal ones folded from the end until the rest fits."""
    kept, folded = list(shown), list[Row]()
    while sum(_tall(report, r, columns) for r in kept) + _plain_height(_folded_words(report, folded)) > room:
        last = next((r for r in reversed(kept) if r.level in (Level.NORMAL, None) and not r.hints), None)
        if last is None:
            break
        kept.remove(last)
        folded.insert(0, last)
    return kept, folded


def _draw_rows(sheet: Sheet, report: Report, columns: _Columns, top: float) -> float:
    shown = rows(report.visit, report.assessment, report.history)
    loose = [(line,) for line in _hint_lines(report, loose_hints(report.assessment, shown), columns)]
    absent = missing_line(report)
    said = [*loose, *([_plain(absent)] if absent else [])]
    room = _room(report, top) - _plain_height(said)
    kept, folded = _split(report, shown, columns, room)
    also = _folded_words(report, folded)
    over = sum(_tall(report, r, columns) for r in kept) + _plain_height(also) - room
    if over > 0:
        columns.row = max(TIGHT_ROW, ROW - over / len(kept))
    y = top
    ends = [a.group != b.group for a, b in pairwise(kept)]
    for row, ends_group in zip(kept, [*ends, not (also or said)], strict=False):
        _draw_row(sheet, report, columns, row, y)
        y += _tall(report, row, columns)
        sheet.rule(y, 0.5 if ends_group else 0.2, INK if ends_group else HAIR)
    if also and any(r.level is Level.NORMAL for r in folded):
        sheet.shapes(mark(Level.NORMAL, size_mm=6.2), LEFT + 0.7, y + 1.9)
    for lines in (*also, *said):
        for index, line in enumerate(lines):
            sheet.text(_BODY, y + 6.9 + PLAIN_NEXT * index, line, 16, room=RIGHT - _BODY)
        y += _plain_height([lines])
    if also or said:
        sheet.rule(y, 0.5)
    return y


def _in_a_line(words: Words, row: Row) -> str:
    unit = words.text(MEASURES[row.quantity].unit_key)
    return f"{name_of(words, row.quantity)} {for_resident(words, row.observation)} {unit}"


def _draw_row(sheet: Sheet, report: Report, columns: _Columns, row: Row, y: float) -> None:
    words = report.words
    if row.finding is not None:
        level = row.finding.level
        sheet.shapes(mark(level, row.finding.direction, 7.6), LEFT, y + 1.9)
        word = words.text(row.finding.word)
        room = columns.value - _BODY - 1
        sheet.text(_BODY, y + 14.0, word, 16, bold=True, colour=LEVEL_INK[level], room=room)
    sheet.text(_BODY, y + 7.9, name_of(words, row.quantity), 18, room=columns.value - _BODY - 1)
    value = for_resident(words, row.observation)
    x = columns.value + sheet.text(columns.value, y + 8.1, value, 25, bold=True) + 2.2
    unit = words.text(MEASURES[row.quantity].unit_key)
    sheet.text(x, y + 8.1, unit, 16, colour=SECOND, room=columns.road - x - 1)
    said = _change(report, row)
    sheet.text(columns.value, y + 14.0, said, 16, room=columns.road - columns.value - 1)
    _draw_road(sheet, row, columns.road, y + 7.2)
    for index, line in enumerate(_hint_lines(report, row.hints, columns)):
        sheet.text(
            _BODY, y + columns.row + 6.2 + HINT_LINE * index, line, columns.hint_pt, room=RIGHT - _BODY
        )


def _draw_road(sheet: Sheet, row: Row, x: float, y: float) -> None:
    if row.ruler is None:
        return
    zones = () if row.finding is None else row.finding.zones
    now = printed_value(row.observation)
    drawn = road(row.ruler, zones, now, row.observation.comparator, row.before, RIGHT - x, COLOUR)
    sheet.shapes(drawn, x, y)


def _change(report: Report, row: Row) -> str:
    """How it stands to last time, in words; nothing where the two cannot be compared.

    Without a history nothing is known of earlier times: then nothing says that this is the first.
    """
    words = report.words
    if row.change is not None:
        return words.say(row.change.phrase)
    if row.observation.comparator is not None or not report.history:
        return ""
    if any(past.value_of(row.quantity) for past in report.history):
        last = max(report.history, key=lambda past: past.on)
        return "" if last.value_of(row.quantity) else words.text("change.missed")
    return words.text("change.first")


def _draw_steps(sheet: Sheet, words: Words, y: float) -> None:
    for index in (1, 2, 3):
        line = y + STEP_LINE * index
        sheet.text(LEFT, line, str(index), 21, bold=True)
        sheet.text(_BODY, line, words.text(f"sheet.now.step{index}"), 18, room=RIGHT - _BODY)
