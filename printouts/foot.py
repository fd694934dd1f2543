"""The foot of page 1: when again, whom to ask, the code for the telephone, the signs for 120.

Pinned to the lower edge. A text that is not configured is not printed; no date is made up.
"""

import segno

from health.assessment import Level
from health.next_step import again_by
from printouts.content import Report, day
from printouts.errors import PrintoutError
from printouts.marks import mark
from printouts.phone import payload, phone_url
from printouts.shapes import Anchor
from printouts.sheet import FOOT, LEFT, RIGHT, SECOND, Sheet
from printouts.structure import Part

FOOT_TOP = 239.0
CODE_MM = 40.0
_WHOM, _END = 82.0, 147.0
_LARGEST_VERSION, _MASK = 15, 4


def draw_foot(sheet: Sheet, report: Report, *, further: bool) -> None:
    """Draws the block between ``FOOT_TOP`` and the lower margin; ``further``: more values follow overleaf."""
    words = report.words
    url = phone_url(report.station, payload(report.visit, report.assessment, report.station))
    end = RIGHT if url is None else _END
    with sheet.part(Part.PARAGRAPH):
        _draw_told(sheet, again(report), LEFT, _WHOM - LEFT - 2)
    with sheet.part(Part.PARAGRAPH):
        _draw_told(sheet, whom(report), _WHOM, min(end, _END) - _WHOM - 1)
    sheet.rule(272.4, 0.25, SECOND, right=end)
    sheet.shapes(mark(Level.NOW, size_mm=6.2), LEFT, 274.4)
    sheet.text(LEFT + 8.2, 279.3, words.text("sheet.call_120"), 16, bold=True, room=end - LEFT - 8.2)
    disclaimer = words.text("sheet.disclaimer.further" if further else "sheet.disclaimer")
    sheet.text(LEFT, 286.6, disclaimer, 16, colour=SECOND, room=end - LEFT)
    if url is not None:
        _draw_code(sheet, report, url)


def _first(sheet: Sheet) -> float:
    """The upper baseline: larger type hangs from the same line."""
    return 244.2 + 4.0 * (sheet.larger - 1.0)


Told = tuple[str, str, tuple[str, ...]]
"""A label, the main line in larger type, and what stands below it."""


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


def _draw_told(sheet: Sheet, told: Told, x: float, room: float) -> None:
    label, main, rest = told
    sheet.text(x, _first(sheet), label, 16, colour=SECOND, room=room)
    sheet.text(x, 253.4, main, 21, bold=True, room=room)
    for index, line in enumerate(rest):
        sheet.text(x, 261.2 + 7.2 * index, line, 16, room=room)


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
    sheet.text(left + CODE_MM / 2, FOOT - 1.4, caption, 16, anchor=Anchor.MIDDLE, room=room)
