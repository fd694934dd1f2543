"""One row of page 1: mark, name and word, value and change, road, and the hints below it.

Every size here is that of the normal sheet; ``Columns.scale`` makes rows as much taller as the sheet makes
its type larger. It must not choose which rows are drawn.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from health.assessment import Hint, Level
from health.quantity import MEASURES, printed_value
from health.words import Words
from printouts.content import Report, for_resident, name_of
from printouts.marks import LEVEL_INK, mark
from printouts.road import COLOUR, road
from printouts.rows import Row, reference
from printouts.sheet import LEFT, RIGHT, SECOND, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean

LEAST = 16.0
"""The smallest type in pt that a resident is given to read."""
TEXT, BODY = 36.0, 28.0
ROW, HINT_TOP, HINT_LINE, NEXT_LINE = 16.0, 1.1, 8.0, 6.2
# The second line and the limits under a road end 15.1 mm below the top of their row: a lower row would strike
# them through.
TIGHT_ROW = 15.4


class Columns(msgspec.Struct, frozen=True):
    """Left edges of the columns in mm, sizes in pt, and the height of a row in mm before ``scale``."""

    value: float
    road: float
    hint_pt: float
    main_pt: float
    scale: float = 1.0
    row: float = ROW


def columns_of(words: Words, scale: float) -> Columns:
    """The columns of a language: Latin names are longer than Chinese ones, larger type is wider."""
    more = scale - 1.0
    if words.language.startswith("zh"):
        return Columns(57.0 + 40.0 * more, 118.0 + 60.0 * more, 18.0, 34.0, scale)
    return Columns(75.0 + 43.5 * more, 129.0 + 67.0 * more, LEAST, 33.0, scale)


def hint_lines(report: Report, hints: Sequence[Hint], columns: Columns) -> tuple[str, ...]:
    """The hints in lines; none where staff are called, because then one thing only is to be done."""
    if report.assessment.level is Level.NOW:
        return ()
    said = [clean(report.words.say(hint.phrase)) for hint in hints]
    return tuple(x for text in said for x in broken(text, columns.hint_pt * columns.scale, RIGHT - BODY))


def tall(report: Report, row: Row, columns: Columns) -> float:
    """Height of ``row`` with its hints, mm."""
    lines = len(hint_lines(report, row.hints, columns))
    hints = HINT_TOP + HINT_LINE * lines if lines else 0.0
    return columns.scale * (_own(report, row, columns) + hints)


def _own(report: Report, row: Row, columns: Columns) -> float:
    """Height of ``row`` without its hints, before ``scale``: a change too long for one line takes two."""
    return columns.row + NEXT_LINE * max(len(_change_lines(report, row, columns)) - 1, 0)


def _change_lines(report: Report, row: Row, columns: Columns) -> tuple[str, ...]:
    """How it stands to last time, in lines of its column."""
    room = columns.road - columns.value - 1
    return broken(clean(change_words(report, row)), LEAST * columns.scale, room)


def draw_row(sheet: Sheet, report: Report, columns: Columns, row: Row, y: float) -> None:
    """Draws ``row`` with its upper end at ``y``."""
    if row.finding is not None:
        sheet.shapes(mark(row.finding.level, row.finding.direction, 7.6), LEFT, y + 1.9)
    with sheet.part(Part.PARAGRAPH):
        _draw_words(sheet, report, columns, row, y)
    with sheet.part(Part.FIGURE, spoken(report, row)):
        _draw_road(sheet, row, columns, y + 7.2 * columns.scale)
    with sheet.part(Part.PARAGRAPH):
        for index, line in enumerate(hint_lines(report, row.hints, columns)):
            base = y + columns.scale * (_own(report, row, columns) + 6.2 + HINT_LINE * index)
            sheet.text(BODY, base, line, columns.hint_pt, room=RIGHT - BODY)


def _draw_words(sheet: Sheet, report: Report, columns: Columns, row: Row, y: float) -> None:
    words, scale = report.words, columns.scale
    first, second = y + 7.9 * scale, y + 13.8 * scale
    room = columns.value - BODY - 1
    name = name_of(words, row.quantity)
    size = 18 if sheet.wide(name, 18) <= room else LEAST
    sheet.text(BODY, first - 0.3 * scale, name, size, room=room)
    value = for_resident(words, row.observation)
    unit = words.text(MEASURES[row.quantity].unit_key)
    wide = (columns.road - columns.value - 1) * 0.7
    x = columns.value + sheet.text(columns.value, first, value, 25, bold=True, room=wide) + 2.2
    changes = _change_lines(report, row, columns)
    if not changes and sheet.wide(unit, LEAST) > columns.road - x - 1:
        x, first = columns.value, second
    # A space before each, left of where it begins: read aloud, they would else be one word.
    gap = sheet.wide(" ", LEAST)
    room = columns.road - x - 1 + gap
    sheet.text(x - gap, first, f" {unit}", LEAST, colour=SECOND, room=room)
    if row.finding is not None:
        ink, word = LEVEL_INK[row.finding.level], words.text(row.finding.word)
        sheet.text(
            BODY - gap, second, f" {word}", LEAST, bold=True, colour=ink, room=columns.value - BODY - 1 + gap
        )
    for index, line in enumerate(changes):
        base = second + NEXT_LINE * scale * index
        sheet.text(columns.value - gap, base, f" {line}", LEAST, room=columns.road - columns.value - 1 + gap)


def spoken(report: Report, row: Row) -> str:
    """What a screen reader says of the road: today's value, its word, and what is normal for this person."""
    words = report.words
    said = {"name": name_of(words, row.quantity), "value": for_resident(words, row.observation)}
    if row.finding is None:
        return words.text("sheet.alt.road.bare", **said)
    said["word"] = words.text(row.finding.word)
    normal = reference(row.finding.zones)
    if not normal:
        return words.text("sheet.alt.road", **said)
    return words.text("sheet.alt.road.normal", normal=normal, **said)


def _draw_road(sheet: Sheet, row: Row, columns: Columns, y: float) -> None:
    if row.ruler is None:
        return
    zones = () if row.finding is None else row.finding.zones
    now = printed_value(row.observation)
    style = replace(COLOUR, label_pt=COLOUR.label_pt * columns.scale)
    width = RIGHT - columns.road
    sheet.shapes(
        road(row.ruler, zones, now, row.observation.comparator, row.before, width, style), columns.road, y
    )


def change_words(report: Report, row: Row) -> str:
    """How it stands to last time, in words; nothing where the two cannot be compared.

    A history may hold last values only, so nothing is known of a value it does not hold: never "the first".
    """
    if row.change is not None:
        return report.words.say(row.change.phrase)
    known = any(past.value_of(row.quantity) for past in report.history)
    if row.observation.comparator is not None or not known:
        return ""
    last = max(report.history, key=lambda past: past.on)
    return "" if last.value_of(row.quantity) else report.words.text("change.missed")
