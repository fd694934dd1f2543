"""Page 1, hers: who and when, one sentence, then every number on its road.

Order and places are those of the look: the sentence first, numbers in four columns, the foot pinned. Where
the rows do not fit, the normal ones become a line; where that is not enough the rows go on on a further page,
the most urgent first. It must not decide what a number means, nor fold anything above normal.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from health.assessment import Level
from health.quantity import MEASURES
from health.words import Words
from printouts.content import Report, for_resident, listed, name_of, risk
from printouts.foot import draw_foot, foot_top
from printouts.marks import mark
from printouts.missing import missing_line
from printouts.page_one_head import draw_legend, draw_marks, draw_message, draw_person, height_words
from printouts.risk_dots import draw_risk, risk_height
from printouts.row_block import BODY, LEAST, TIGHT_ROW, Columns, columns_of, draw_row, hint_lines, tall
from printouts.rows import PRESSURE, Row, cause, loose_hints, rows
from printouts.sheet import FOOT, HAIR, INK, LEFT, RIGHT, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean

LARGER = 1.15
PLAIN_LINE, PLAIN_NEXT, STEP_LINE = 10.0, 7.0, 10.0
_Lines = tuple[str, ...]


class _Plan(msgspec.Struct, frozen=True):
    """What stands on page 1 and what goes on: rows, then lines of words."""

    columns: Columns
    kept: tuple[Row, ...]
    folded: tuple[Row, ...] = ()
    beyond: tuple[Row, ...] = ()


def draw_page_one(sheet: Sheet, report: Report) -> None:
    """Draws page 1 on the current page of ``sheet``, and further pages for the rows it cannot hold."""
    sheet.larger, sheet.least = LARGER if report.large else 1.0, LEAST
    with sheet.part(Part.SECTION):
        _draw(sheet, report)
    sheet.larger, sheet.least = 1.0, 0.0


def _draw(sheet: Sheet, report: Report) -> None:
    columns = columns_of(report.words, sheet.larger)
    draw_marks(sheet, report)
    draw_person(sheet, report)
    y = draw_message(sheet, report, columns)
    shown = rows(report.visit, report.assessment, report.history)
    y = y + 13.6 * sheet.larger
    y = draw_legend(sheet, report, height_words(report), y) if shown else y
    said = (*cause(report.assessment, shown), *loose_hints(report.assessment, shown))
    hints = hint_lines(report, said, columns)
    loose, absent = [(line,) for line in hints], missing_line(report)
    missing = [_plain(absent, columns.scale)] if absent else []
    plan = _planned(report, shown, columns, y, [*loose, *missing])
    y = _draw_rows(sheet, report, plan, y, loose if plan.beyond else [*loose, *missing])
    if report.assessment.level is Level.NOW:
        _draw_steps(sheet, report.words, y + 1)
    score = risk(report)
    # Where values above normal fill the page they come first; the score is on the doctor's page.
    foot = foot_top(report, sheet.larger)
    if score is not None and y <= foot - risk_height(report.words, score, sheet.larger) + 0.5:
        draw_risk(sheet, report.words, score, y)
    draw_foot(sheet, report, further=bool(plan.beyond))
    _draw_beyond(sheet, report, replace(plan, columns=columns), missing)


def _planned(
    report: Report, shown: Sequence[Row], columns: Columns, top: float, said: Sequence[_Lines]
) -> _Plan:
    """How the rows are shared out: all of page 1, then without the score, then closer, then further pages."""
    score = risk(report)
    dots = 0.0 if score is None else risk_height(report.words, score, columns.scale)
    steps = (3 * STEP_LINE + 3) * columns.scale if report.assessment.level is Level.NOW else 0.0
    room = foot_top(report, columns.scale) - top - steps - _plain_height(said, columns.scale)
    for height in dict.fromkeys((room - dots, room)):
        kept, folded = _folded(report, shown, columns, height)
        over = max(_height(report, kept, folded, columns) - height, 0.0)
        closer = replace(columns, row=columns.row - over / max(len(kept), 1) / columns.scale)
        if closer.row >= TIGHT_ROW or not kept:
            return _Plan(closer, kept, folded)
    count = _fitting(report, shown, columns, room)
    return _Plan(columns, tuple(shown[:count]), (), tuple(shown[count:]))


def _height(report: Report, kept: Sequence[Row], folded: Sequence[Row], columns: Columns) -> float:
    also = _plain_height(_folded_words(report, folded, columns.scale), columns.scale)
    return sum(tall(report, row, columns) for row in kept) + also


def _folded(
    report: Report, shown: Sequence[Row], columns: Columns, room: float
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows that stand, and the normal ones folded from the end until the rest fits."""
    kept, folded = list(shown), list[Row]()
    while _height(report, kept, folded, columns) > room:
        last = next((r for r in reversed(kept) if r.level in (Level.NORMAL, None) and not r.hints), None)
        if last is None:
            break
        kept.remove(last)
        folded.insert(0, last)
    return tuple(kept), tuple(folded)


def _fitting(report: Report, waiting: Sequence[Row], columns: Columns, room: float) -> int:
    """How many of the rows fit ``room``, at least one; the two pressures are not torn apart."""
    count, used = 0, 0.0
    for row in waiting:
        used += tall(report, row, columns)
        if used > room and count:
            break
        count += 1
    pair = [row.quantity for row in waiting[count - 1 : count + 1]]
    return count - 1 if tuple(pair) == PRESSURE and count > 1 else count


def _plain(text: str, scale: float) -> _Lines:
    """A sentence below the rows, in lines of the smallest type of the page, never smaller."""
    return broken(clean(text), LEAST * scale, RIGHT - BODY)


def _plain_height(paragraphs: Sequence[_Lines], scale: float) -> float:
    return scale * sum(PLAIN_LINE + PLAIN_NEXT * (len(lines) - 1) for lines in paragraphs)


def _folded_words(report: Report, folded: Sequence[Row], scale: float) -> list[_Lines]:
    """What did not fit, in words: the normal ones as normal, those without a class as measured."""
    words = report.words
    said = []
    for key, normal in (("sheet.also_normal", True), ("sheet.also_measured", False)):
        parts = [_in_a_line(words, r) for r in folded if (r.level is Level.NORMAL) is normal]
        if parts:
            said.append(_plain(words.text(key, list=listed(words, parts)), scale))
    return said


def _in_a_line(words: Words, row: Row) -> str:
    unit = words.text(MEASURES[row.quantity].unit_key)
    return f"{name_of(words, row.quantity)} {for_resident(words, row.observation)} {unit}"


def _draw_rows(sheet: Sheet, report: Report, plan: _Plan, y: float, said: Sequence[_Lines]) -> float:
    """Rows, folded ones, further lines, from ``y`` down; returns where they end."""
    also = _folded_words(report, plan.folded, plan.columns.scale)
    ends = [a.group != b.group for a, b in pairwise(plan.kept)]
    for row, ends_group in zip(plan.kept, [*ends, not (also or said)], strict=False):
        draw_row(sheet, report, plan.columns, row, y)
        y += tall(report, row, plan.columns)
        sheet.rule(y, 0.5 if ends_group else 0.2, INK if ends_group else HAIR)
    if also and any(r.level is Level.NORMAL for r in plan.folded):
        sheet.shapes(mark(Level.NORMAL, size_mm=6.2), LEFT + 0.7, y + 1.9)
    for lines in (*also, *said):
        with sheet.part(Part.PARAGRAPH):
            for index, line in enumerate(lines):
                base = y + sheet.larger * (6.9 + PLAIN_NEXT * index)
                sheet.text(BODY, base, line, LEAST, room=RIGHT - BODY)
        y += _plain_height([lines], sheet.larger)
    if also or said:
        sheet.rule(y, 0.5)
    return y


def _draw_beyond(sheet: Sheet, report: Report, plan: _Plan, said: Sequence[_Lines]) -> None:
    """The rows page 1 could not hold, on further pages in the same type; what was not measured comes last."""
    left, columns = plan.beyond, plan.columns
    while left:
        sheet.turn()
        draw_marks(sheet, report)
        below = draw_person(sheet, report)
        first = below + 12.7 + 4 * (columns.scale - 1)
        y = draw_legend(sheet, report, report.words.text("sheet.continued"), first)
        count = _fitting(report, left, columns, FOOT - y - _plain_height(said, columns.scale))
        here, left = left[:count], left[count:]
        _draw_rows(sheet, report, _Plan(columns, here), y, () if left else said)


def _draw_steps(sheet: Sheet, words: Words, y: float) -> None:
    for index in (1, 2, 3):
        line = y + STEP_LINE * sheet.larger * index
        with sheet.part(Part.PARAGRAPH):
            sheet.text(LEFT, line, str(index), 21, bold=True)
            sheet.text(BODY, line, words.text(f"sheet.now.step{index}"), 18, room=RIGHT - BODY)
