"""The slip as the dots of a thermal printer: one bit each, eight to a millimetre, 576 across.

The same surface as a page of PDF, painted with Pillow instead of ReportLab. Lines and letters are drawn
without grey, because the head has none. It must not know a printer.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from printouts import fonts
from printouts.content import Report
from printouts.coverage import RARE
from printouts.shapes import POINT_MM, Anchor, Line, Polygon, Rect, Ring, Shape, Text
from printouts.sheet import INK
from printouts.slip import draw_slip
from printouts.structure import Part
from printouts.typeset import clean, fitted, runs, width

PER_MM, ACROSS = 8, 576
# The paper is 80 mm wide, the head 72: it begins 4 mm from the edge.
_MARGIN_MM = 4.0
_LONGEST = 12_000
_BLACK, _WHITE = 0, 1


def slip_dots(report: Report) -> bytes:
    """The slip as a PNG of one bit a dot, 576 dots wide; the same report gives the same bytes."""
    strip = Strip()
    high = draw_slip(strip, report)
    out = io.BytesIO()
    strip.cut(high).save(out, "PNG")
    return out.getvalue()


@cache
def _face(size_px: int, face: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    if face:
        return ImageFont.truetype(str(RARE[face - 1]), size_px)
    name = fonts.BOLD if bold else fonts.REGULAR
    return ImageFont.truetype(str(fonts.FOLDER / f"{name}.ttf"), size_px)


class Strip:
    """Paper from the roll. ``cut`` ends it."""

    def __init__(self) -> None:
        self._image = Image.new("1", (ACROSS, _LONGEST), _WHITE)
        self._pen = ImageDraw.Draw(self._image)
        self._pen.fontmode = "1"

    @contextmanager
    def part(self, part: Part, alt: str = "", language: str = "") -> Iterator[None]:
        """Paper has no structure."""
        yield

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
        """Writes one line with its baseline at ``y``; returns its width in mm. ``room`` mm: made to fit."""
        text = clean(text)
        if room is not None:
            text, size = fitted(text, size, room, bold=bold)
        parts, em = runs(text, bold=bold)
        wide = em * size * POINT_MM
        start = x - wide * {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[anchor]
        high = round(size * POINT_MM * PER_MM)
        for run in parts:
            face = _face(high, run.face, bold=bold)
            place = _px(start + run.at * size * POINT_MM), _down(y)
            self._pen.text(place, run.text, fill=_tone(colour), font=face, anchor="ls")
        return wide

    def wide(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width in mm the text would take."""
        return width(clean(text), size, bold=bold)

    def shapes(self, shapes: Sequence[Shape], x: float, y: float) -> None:
        """Paints shapes with their origin at ``x, y``."""
        for shape in shapes:
            self._shape(shape, x, y)

    def squares(self, rows: Sequence[Sequence[int]], x: float, y: float, size: float) -> None:
        """A matrix of modules, each a whole number of dots."""
        dots = round(size * PER_MM / len(rows))
        left, top = _px(x), _down(y)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    corner = left + across * dots, top + down * dots
                    self._pen.rectangle((*corner, corner[0] + dots - 1, corner[1] + dots - 1), _BLACK)

    def cut(self, high_mm: float) -> Image.Image:
        """The strip down to ``high_mm``."""
        return self._image.crop((0, 0, ACROSS, min(_down(high_mm), _LONGEST)))

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        match shape:
            case Rect():
                box = _box(x + shape.x, y + shape.y, shape.width, shape.height)
                line = 0 if shape.edge is None else max(1, round(shape.edge_width * PER_MM))
                self._pen.rectangle(box, fill=_fill(shape.fill), outline=_fill(shape.edge), width=line)
            case Ring():
                radius = shape.diameter / 2
                box = _box(x + shape.x - radius, y + shape.y - radius, shape.diameter, shape.diameter)
                line = 0 if shape.edge is None else max(1, round(shape.edge_width * PER_MM))
                self._pen.ellipse(box, fill=_fill(shape.fill), outline=_fill(shape.edge), width=line)
            case Polygon():
                points = [(_px(x + px), _down(y + py)) for px, py in shape.points]
                self._pen.polygon(points, _fill(shape.fill))
            case Line():
                points = [(_px(x + px), _down(y + py)) for px, py in shape.points]
                thick = max(1, round(shape.width * PER_MM))
                self._pen.line(points, _tone(shape.colour), thick, joint="curve")
            case Text():
                place, size = (x + shape.x, y + shape.y), shape.size_pt
                self.text(*place, shape.text, size, bold=shape.bold, colour=shape.colour, anchor=shape.anchor)


def _px(mm: float) -> int:
    return round((mm - _MARGIN_MM) * PER_MM)


def _down(mm: float) -> int:
    return round(mm * PER_MM)


def _box(x: float, y: float, wide: float, high: float) -> tuple[int, int, int, int]:
    left, top = _px(x), _down(y)
    return left, top, max(left, left + round(wide * PER_MM) - 1), max(top, top + round(high * PER_MM) - 1)


def _tone(colour: str) -> int:
    return _WHITE if colour.upper() == "#FFFFFF" else _BLACK


def _fill(colour: str | None) -> int | None:
    return None if colour is None else _tone(colour)
