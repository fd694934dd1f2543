"""The slip of 80 mm for a thermal printer: the same sentences as page 1, one column, black only.

Only levels above normal have a road; the rest is a list. It is drawn on a surface that may be a page of PDF
or the dots of a printer, and must not know which. No larger type: the smallest is already that of page 1.
"""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec.structs import replace

from health.assessment import Level
from health.names import shown
from health.quantity import MEASURES, printed_value
from printouts.content import Report, clock, for_resident, name_of, person
from printouts.days import day
from printouts.foot import again, code, whom
from printouts.marks import mark, unjudged
from printouts.phone import address_of
from printouts.road import THERMAL, road
from printouts.row_block import change_words, spoken
from printouts.rows import Row, cause, rows
from printouts.shapes import Anchor, Rect, Ring, Shape
from printouts.sheet import INK
from printouts.structure import Part
from printouts.typeset import balanced, broken, clean, shortened, width

WIDTH, EDGE = 80.0, 4.0
LEFT, RIGHT, BODY = 4.0, 76.0, 13.0
BIG, MAIN, TYPE, SMALL = 19.0, 21.0, 16.0, 12.8
"""Type in pt: 16 is 45 dots at 8 dots a millimetre, the least a resident reads; station and foot are 36."""
_LEADING, _ROAD = 7.2, 66.0
_STYLE = replace(THERMAL, label_pt=TYPE)
_VALUE = 42.0
DOT = 0.125
_CODE_LEAST_MM = 40.0
# The main sentence breaks behind its clauses first.
_CLAUSE = re.compile(r"(?<=[，。])|(?<=[,.]) ")


class Surface(Protocol):
    """What a slip is drawn on: millimetres from the top left corner."""

    def part(self, part: Part, alt: str = "", language: str = "") -> AbstractContextManager[None]:
        """An element of the structure, where the surface has one."""
        ...

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        anchor: Anchor = Anchor.START,
        room: float | None = None,
    ) -> float:
        """One line with its baseline at ``y``; its width."""
        ...

    def shapes(self, shapes: Sequence[Shape], x: float, y: float) -> None:
        """Shapes with their origin at ``x, y``."""
        ...

    def squares(self, rows: Sequence[Sequence[int]], x: float, y: float, size: float) -> None:
        """A matrix of modules."""
        ...

    def wide(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a text."""
        ...


def draw_slip(surface: Surface, report: Report) -> float:
    """Draws the slip; returns how long it is, mm."""
    with surface.part(Part.SECTION):
        y = _draw_head(surface, report, EDGE)
        y = _draw_message(surface, report, y)
        shown = rows(report.visit, report.assessment, report.history)
        y = _draw_notable(surface, report, [r for r in shown if r.level], y)
        y = _draw_list(surface, report, [r for r in shown if not r.level], y)
        y = _draw_when(surface, report, y)
        return _draw_foot(surface, report, y)


def _rule(surface: Surface, y: float, weight: float = 0.5) -> None:
    surface.shapes((Rect(0, 0, RIGHT - LEFT, weight, INK),), LEFT, y)


def _paragraph(surface: Surface, text: str, y: float, size: float, *, bold: bool = False) -> float:
    """Lines from the left edge; returns where they end."""
    leading = size / TYPE * _LEADING
    with surface.part(Part.PARAGRAPH):
        for line in broken(clean(text), size, RIGHT - LEFT, bold=bold):
            surface.text(LEFT, y + leading * 0.8, line, size, bold=bold)
            y += leading
    return y


def _draw_head(surface: Surface, report: Report, y: float) -> float:
    words = report.words
    marks = [key for key, holds in (("sheet.demo", report.demo), ("sheet.copy", report.copy)) if holds]
    for key in marks:
        y = _paragraph(surface, words.text(key), y, TYPE, bold=True)
    if report.station.name:
        y = _paragraph(surface, report.station.name, y, SMALL)
    _rule(surface, y + 1.0)
    y += 2.4
    with surface.part(Part.PARAGRAPH):
        y = _draw_who(surface, report, y)
    moment = "" if report.visit.closed_at is None else f"  {clock(report.visit.closed_at)}"
    today = day(report, report.visit.on, "sheet.date")
    return _paragraph(surface, f"{today}{moment}", y, TYPE) + 1.8


def _draw_who(surface: Surface, report: Report, y: float) -> float:
    """Who it is, larger where that fits; of a name beyond two lines the name is cut, never the age."""
    room = RIGHT - LEFT
    who = person(report, report.visit.resident.name)
    if width(clean(who), BIG, bold=True) <= room:
        surface.text(LEFT, y + 6.4, who, BIG, bold=True)
        return y + 7.2
    name = shown(report.visit.resident.name or "")
    who = shortened(name, lambda cut: person(report, cut), TYPE, 1.8 * room, bold=True, least_pt=TYPE)
    lines = broken(clean(who), TYPE, room, bold=True)
    for index, line in enumerate(lines):
        surface.text(LEFT, y + 6.4 + _LEADING * index, line, TYPE, bold=True)
    return y + 7.2 + _LEADING * (len(lines) - 1)


def _draw_message(surface: Surface, report: Report, y: float) -> float:
    """The sentence in a frame of six dots; the reason below it."""
    assessment, words = report.assessment, report.words
    judged = assessment.findings or assessment.level is not Level.NORMAL
    sign = mark(assessment.level, None, 9.0, INK) if judged else unjudged(9.0, INK)
    clauses = _CLAUSE.split(clean(words.say(assessment.message)))
    room = RIGHT - LEFT - 16
    lines = [line for clause in clauses for line in balanced(clause, MAIN, room, bold=True)]
    high = max(9.6 * len(lines), 10.0) + 4.6
    frame = 6 * DOT
    surface.shapes(_frame(RIGHT - LEFT, high, frame), LEFT, y)
    with surface.part(Part.FIGURE, words.text(f"level.{int(assessment.level)}")):
        surface.shapes(sign, LEFT + 2.6, y + 3.0)
    with surface.part(Part.HEADING):
        for index, line in enumerate(lines):
            surface.text(LEFT + 13.6, y + 9.6 + 9.6 * index, line, MAIN, bold=True)
    y += high + 1.4
    if assessment.why is not None:
        y = _paragraph(surface, words.say(assessment.why), y, TYPE)
    said = [hint.phrase for hint in assessment.hints[1:]] if assessment.level is Level.NOW else []
    for phrase in said:
        y = _paragraph(surface, words.say(phrase), y + 0.8, TYPE, bold=True)
    return y + 1.2


def _frame(wide: float, high: float, weight: float) -> tuple[Shape, ...]:
    return (
        Rect(0, 0, wide, weight, INK),
        Rect(0, high - weight, wide, weight, INK),
        Rect(0, 0, weight, high, INK),
        Rect(wide - weight, 0, weight, high, INK),
    )


def _draw_notable(surface: Surface, report: Report, shown: Sequence[Row], y: float) -> float:
    words = report.words
    for row in shown:
        _rule(surface, y, 0.25)
        y = _draw_row(surface, report, row, y)
        for hint in row.hints if report.assessment.level is not Level.NOW else ():
            y = _paragraph(surface, words.say(hint.phrase), y, TYPE)
    for hint in cause(report.assessment, rows(report.visit, report.assessment, report.history)):
        y = _paragraph(surface, words.say(hint.phrase), y, TYPE)
    if any(row.ruler for row in shown):
        legend = f"▼ {words.text('sheet.legend.today')}   {words.text('sheet.legend.normal')}"
        surface.text(RIGHT, y + 5.8, legend, TYPE, anchor=Anchor.END, room=RIGHT - LEFT)
        y += 8.0
    return y


def _draw_row(surface: Surface, report: Report, row: Row, y: float) -> float:
    """Mark, name, value and word on one line where they fit, else the value below; then change and road."""
    if row.finding is not None:
        surface.shapes(mark(row.finding.level, row.finding.direction, 6.6, INK), LEFT, y + 2.0)
    with surface.part(Part.PARAGRAPH):
        y = _draw_words(surface, report, row, y + 7.6) + 2.2
    if row.ruler is None:
        return y
    zones = () if row.finding is None else row.finding.zones
    now, sign = printed_value(row.observation), row.observation.comparator
    drawn = road(row.ruler, zones, now, sign, row.before, _ROAD, _STYLE)
    with surface.part(Part.FIGURE, spoken(report, row)):
        surface.shapes(drawn, (LEFT + RIGHT - _ROAD) / 2, y + 5.6)
    return y + 15.0


def _draw_words(surface: Surface, report: Report, row: Row, base: float) -> float:
    """The words of a row from the baseline ``base`` down; returns the last baseline."""
    words = report.words
    word = "" if row.finding is None else words.text(row.finding.word)
    name, value = name_of(words, row.quantity), for_resident(words, row.observation)
    unit = words.text(MEASURES[row.quantity].unit_key)
    left = RIGHT - BODY - surface.wide(word, TYPE, bold=True) - 2
    left -= surface.wide(name, TYPE) + surface.wide(value, BIG, bold=True) + 1.6
    x = BODY + surface.text(BODY, base, name, TYPE, room=RIGHT - BODY) + 1.6
    surface.text(RIGHT, base, word, TYPE, bold=True, anchor=Anchor.END)
    if left < 0:
        x, base = BODY, base + 8.4
        left = RIGHT - BODY - surface.wide(value, BIG, bold=True) - 2
    x += surface.text(x, base, value, BIG, bold=True) + 1.2
    fits = surface.wide(unit, SMALL) + 1.2 <= left
    if fits:
        surface.text(x, base, unit, SMALL)
    below = "   ".join(part for part in ("" if fits else unit, change_words(report, row)) if part)
    if below:
        base += 6.8
        surface.text(BODY, base, below, TYPE, room=RIGHT - BODY)
    return base


def _draw_list(surface: Surface, report: Report, shown: Sequence[Row], y: float) -> float:
    """What is normal, then what has no class, a line each."""
    for key, normal in (("slip.normal", True), ("slip.measured", False)):
        part = [row for row in shown if (row.level is Level.NORMAL) is normal]
        if not part:
            continue
        _rule(surface, y + 0.6)
        y = _paragraph(surface, report.words.text(key), y + 1.6, TYPE, bold=True)
        for row in part:
            y = _draw_line(surface, report, row, y)
    return y


def _draw_line(surface: Surface, report: Report, row: Row, y: float) -> float:
    words = report.words
    if row.level is Level.NORMAL:
        surface.shapes(mark(Level.NORMAL, None, 5.4, INK), LEFT, y + 1.0)
    else:
        surface.shapes((Ring(2.7, 2.7, 1.6, INK),), LEFT, y + 1.0)
    unit = words.text(MEASURES[row.quantity].unit_key)
    with surface.part(Part.PARAGRAPH):
        name, value = name_of(words, row.quantity), for_resident(words, row.observation)
        wide = surface.text(BODY, y + 5.6, name, TYPE, room=RIGHT - BODY)
        if BODY + wide > _VALUE - 1.2:
            y += _LEADING
        x = _VALUE + surface.text(_VALUE, y + 5.6, value, TYPE, bold=True, room=20) + 1.2
        surface.text(x, y + 5.6, unit, SMALL, room=RIGHT - x)
    return y + _LEADING


def _draw_when(surface: Surface, report: Report, y: float) -> float:
    _rule(surface, y + 1.2)
    y += 2.6
    for label, main, rest in (again(report), whom(report)):
        if main:
            y = _paragraph(surface, label, y, TYPE)
            y = _paragraph(surface, main, y, BIG, bold=True)
            for line in rest:
                y = _paragraph(surface, line, y, TYPE)
    return y


def _draw_foot(surface: Surface, report: Report, y: float) -> float:
    words = report.words
    _rule(surface, y + 0.8)
    y = _paragraph(surface, words.text("sheet.call_120"), y + 2.0, TYPE, bold=True)
    url = address_of(report.visit, report.assessment, report.station)
    if url is not None:
        modules = code(url)
        # Whole dots a module, so that no edge is blurred: at least four, at least 40 mm in all.
        dots = next(n for n in range(4, 99) if n * DOT * len(modules) >= _CODE_LEAST_MM)
        size = dots * DOT * len(modules)
        left = round((WIDTH - size) / 2 / DOT) * DOT
        with surface.part(Part.FIGURE, words.text("sheet.alt.code")):
            surface.squares(modules, left, y + 4 * dots * DOT, size)
        y += size + 8 * dots * DOT
        key = "sheet.scan.demo" if report.demo else "slip.scan"
        surface.text(WIDTH / 2, y + 4.6, words.text(key), SMALL, anchor=Anchor.MIDDLE, room=RIGHT - LEFT)
        y += 6.2
    for line in broken(clean(words.text("sheet.disclaimer.slip")), SMALL, RIGHT - LEFT):
        surface.text(WIDTH / 2, y + 4.6, line, SMALL, anchor=Anchor.MIDDLE)
        y += 5.8
    return y + EDGE
