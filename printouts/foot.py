"""The foot of page 1: when again, whom to ask, the code for the telephone, the signs for 120.

Pinned to the lower edge. A text that is not configured is not printed; no date is made up.
"""

import segno

from health.assessment import Level
from health.next_step import again_by
from printouts.content import Report
from printouts.days import day
from printouts.errors import PrintoutError
from printouts.marks import mark
from printouts.phone import address_of
from printouts.row_block import LEAST
from printouts.shapes import Anchor
from printouts.sheet import FOOT, LEFT, RIGHT, SECOND, Sheet
from printouts.structure import Part
from printouts.typeset import broken, clean, width

FOOT_TOP = 239.0
CODE_MM = 40.0
_WHOM, _END, _LINE = 82.0, 147.0, 7.2
_LARGEST_VERSION, _MASK = 15, 4


Told = tuple[str, str, tuple[str, ...]]
"""A label, the main line in larger type, and what stands below it."""


def draw_foot(sheet: Sheet, report: Report, *, further: bool) -> None:
    """Draws the block between ``foot_top`` and the lower margin; ``further``: more values follow overleaf."""
    words = report.words
    url = address_of(report.visit, report.assessment, report.station)
    end = RIGHT if url is None else _END
    first = foot_top(report, sheet.larger) + 5.2 + 4.0 * (sheet.larger - 1.0)
    for told, x, room in _columns(report):
        with sheet.part(Part.PARAGRAPH):
            _draw_told(sheet, told, x, room, first)
    sheet.rule(272.4, 0.25, SECOND, right=end)
    sheet.shapes(mark(Level.NOW, size_mm=6.2), LEFT, 274.4)
    sheet.text(LEFT + 8.2, 279.3, words.text("sheet.call_120"), LEAST, bold=True, room=end - LEFT - 8.2)
    disclaimer = words.text("sheet.disclaimer.further" if further else "sheet.disclaimer")
    sheet.text(LEFT, 286.6, disclaimer, LEAST, colour=SECOND, room=end - LEFT)
    if url is not None:
        _draw_code(sheet, report, url)


def foot_top(report: Report, scale: float) -> float:
    """Where the block begins, mm from the top: higher where a long name needs a further line."""
    over = 0
    for told, _, room in _columns(report):
        main, rest = _told_lines(told, room, scale)
        over = max(over, len(main) + len(rest) - 3)
    return FOOT_TOP - _LINE * over


def _columns(report: Report) -> tuple[tuple[Told, float, float], ...]:
    """When again and whom to ask, each with its left edge and its room."""
    return (again(report), LEFT, _WHOM - LEFT - 5), (whom(report), _WHOM, _END - _WHOM - 1)


def _told_lines(told: Told, room: float, scale: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The main line, and what stands below it, each in as many lines as it needs at the smallest type."""
    _, main, rest = told
    size = LEAST * scale
    alone = width(clean(main), LEAST, bold=True) <= room
    mains = (main,) if alone else broken(clean(main), size, room, bold=True)
    fitting = [
        (line,) if width(clean(line), LEAST) <= room else broken(clean(line), size, room) for line in rest
    ]
    return mains, tuple(line for lines in fitting for line in lines)


def _draw_told(sheet: Sheet, told: Told, x: float, room: float, y: float) -> None:
    """The label with its baseline at ``y``, then the lines below it."""
    sheet.text(x, y, told[0], LEAST, colour=SECOND, room=room)
    main, rest = _told_lines(told, room, sheet.larger)
    y += 9.2 - 4.0 * (sheet.larger - 1.0)
    for index, line in enumerate(main):
        sheet.text(x, y + _LINE * index, line, 21 if len(main) == 1 else LEAST, bold=True, room=room)
    y += _LINE * (len(main) - 1) + 7.8
    for index, line in enumerate(rest):
        sheet.text(x, y + _LINE * index, line, LEAST, room=room)


def again(report: Report) -> Told:
    """When to come again and what for, as the assessment says, and where."""
    words, station, level = report.words, report.station, report.assessment.level
    if level is Level.NOW:
        # Today's doctor is not at the station: its name and hours would send her to the wrong door.
        return words.text("sheet.go.today"), words.text("sheet.today"), ()
    by = again_by(level, report.visit.on)
    place = tuple(line for line in (station.name, station.hours) if line)
    if level is Level.DOCTOR:
        return words.text("sheet.again.soon"), day(report, by, "sheet.date.day"), place
    before = words.text("sheet.before", date=day(report, by, "sheet.date.day_plain"))
    return words.text("sheet.again.later"), before, place


def whom(report: Report) -> Told:
    """Whom to see or ask; empty where the station names nobody."""
    words, station = report.words, report.station
    if not (station.doctor or station.clinic or station.phone):
        return "", "", ()
    keys = {Level.DOCTOR: "sheet.whom.doctor", Level.NOW: "sheet.whom.today"}
    label = words.text(keys.get(report.assessment.level, "sheet.whom.ask"))
    who = words.text("sheet.doctor_named", name=station.doctor) if station.doctor else station.clinic
    rest = (station.clinic if station.doctor else "", station.phone)
    return label, who, tuple(line for line in rest if line)


def code(url: str) -> tuple[tuple[int, ...], ...]:
    """The modules of the QR code of ``url``, without quiet zone: level M, the smallest version that holds it.

    Raises ``PrintoutError`` beyond version 15, whose modules a telephone no longer reads at 40 mm.
    """
    # To try all eight masks takes a fifth of the time of a sheet; base64 is as good as random under any.
    made = segno.make_qr(url, error="m", boost_error=False, mask=_MASK)
    if not isinstance(made.version, int) or made.version > _LARGEST_VERSION:
        raise PrintoutError("The code for the telephone is too long: shorten phone.page in the settings.")
    return tuple(tuple(int(module) for module in row) for row in made.matrix)


def _draw_code(sheet: Sheet, report: Report, url: str) -> None:
    """The code of ``url`` and its caption at the right."""
    words, left = report.words, RIGHT - CODE_MM
    with sheet.part(Part.FIGURE, words.text("sheet.alt.code")):
        sheet.squares(code(url), left, FOOT_TOP + 1.6, CODE_MM)
    caption = words.text("sheet.scan.demo" if report.demo else "sheet.scan")
    room = CODE_MM + 8
    sheet.text(left + CODE_MM / 2, FOOT - 1.4, caption, LEAST, anchor=Anchor.MIDDLE, room=room)
