"""Writes the operators of a page: text, shapes and stencils, ISO 32000-1, 8 and 9.

A sheet is a thousand small marks, and most of the time it takes is the writing of them. So the pen remembers
what it holds (colours, width, dashes, face) and says only what changes; ReportLab's canvas keeps fonts, pages
and the file. Places are millimetres from the top left corner; PDF counts points from the bottom, and only
this module knows that. It must not know what it writes.
"""

from collections.abc import Sequence
from functools import cache
from typing import cast

from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from printouts.fonts import BOLD, REGULAR, em_width, note_use
from printouts.shapes import POINT_MM, Anchor, Line, Polygon, Rect, Ring, Shape, Text

# A quarter of a circle as one Bézier curve: the distance of its two middle points, of a radius of 1.
_ARC = 0.5522847498
_SHARE = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


class Pen:
    """Writes on one page of ``document`` at a time, ``high`` mm tall; ``taken`` gives what was written."""

    def __init__(self, document: PDFDocument, high: float) -> None:
        self._document = document
        self._high = high
        self.page = 1
        self._said: list[str] = []
        self._held: dict[str, str] = {}

    def taken(self) -> str:
        """The operators since the last call; a new page begins, where nothing is held yet."""
        said = "\n".join(self._said)
        self.page += 1
        self._said.clear()
        self._held.clear()
        return said

    def say(self, operators: str) -> None:
        """Operators of somebody else, which change nothing that the pen holds."""
        if operators:
            self._said.append(operators)

    def text(self, face: str, size_pt: float, x: float, y: float, text: str, colour: str) -> None:
        """One line in one face from ``x`` on, its baseline at ``y``."""
        self._hold("fill", _ink(colour, "rg"))
        note_use(self._document, face, size_pt, text)
        # Every face here is one of ``fonts``.
        font = cast(TTFont, pdfmetrics.getFont(face))
        place = f"BT {_n(x * mm)} {_n((self._high - y) * mm)} Td"
        for subset, codes in _in_subsets(font, text, self._document):
            self._hold("face", f"{subset} {_n(size_pt)} Tf")
            self._said.append(f"{place} ({escapePDF(codes)}) Tj")
            place = ""
        if not place:
            self._said.append("ET")

    def shapes(self, shapes: Sequence[Shape], x: float, y: float) -> None:
        """Shapes with their origin at ``x, y``."""
        for shape in shapes:
            self._shape(shape, x, y)

    def stencil(self, rows: Sequence[Sequence[int]], x: float, y: float, size: float) -> None:
        """A square matrix of dark (1) and light modules, ``size`` mm wide, one bit each."""
        count = len(rows)
        lines = ["".join(map(str, row)).ljust(-count % 8 + count, "0") for row in rows]
        bits = "".join(f"{int(line, 2):0{len(line) // 4}X}" for line in lines)
        self._hold("fill", _ink("#000000", "rg"))
        wide, place = _n(size * mm), f"{_n(x * mm)} {_n((self._high - y - size) * mm)}"
        # ISO 32000-1, 8.9.7: an inline image; hexadecimal, because ReportLab's stream is text.
        image = f"BI /IM true /D [1 0] /W {count} /H {count} /BPC 1 /F /AHx ID {bits}> EI"
        self._said.append(f"q {wide} 0 0 {wide} {place} cm {image} Q")

    def _hold(self, what: str, operators: str) -> None:
        if self._held.get(what) != operators:
            self._held[what] = operators
            self._said.append(operators)

    def _point(self, x: float, y: float) -> str:
        return f"{_n(x * mm)} {_n((self._high - y) * mm)}"

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        match shape:
            case Rect():
                paint = self._inked(shape.fill, shape.edge, shape.edge_width, shape.dash)
                corner = self._point(x + shape.x, y + shape.y + shape.height)
                self._said.append(f"{corner} {_n(shape.width * mm)} {_n(shape.height * mm)} re {paint}")
            case Line():
                self._edged(shape.colour, shape.width, shape.dash, round_ends=shape.round_ends)
                self._said.append(f"{self._path(shape.points, x, y)} S")
            case Ring():
                paint = self._inked(shape.fill, shape.edge, shape.edge_width, ())
                inset = shape.edge_width / 2 if shape.edge else 0.0
                # Moved there and drawn round the origin: a hundred equal circles are a hundred equal texts.
                moved = f"q 1 0 0 1 {self._point(x + shape.x, y + shape.y)} cm"
                self._said.append(f"{moved} {_circle(shape.diameter / 2 - inset)} {paint} Q")
            case Polygon():
                self._hold("fill", _ink(shape.fill, "rg"))
                self._said.append(f"{self._path(shape.points, x, y)} h f")
            case Text():
                face = BOLD if shape.bold else REGULAR
                wide = em_width(shape.text, bold=shape.bold) * shape.size_pt * POINT_MM
                left = x + shape.x - wide * _SHARE[shape.anchor]
                self.text(face, shape.size_pt, left, y + shape.y, shape.text, shape.colour)

    def _path(self, points: Sequence[tuple[float, float]], x: float, y: float) -> str:
        first, *rest = [self._point(x + px, y + py) for px, py in points]
        return " ".join((f"{first} m", *(f"{point} l" for point in rest)))

    def _inked(self, fill: str | None, edge: str | None, edge_width: float, dash: tuple[float, ...]) -> str:
        """Takes up the colours; the operator that paints with them."""
        if fill is not None:
            self._hold("fill", _ink(fill, "rg"))
        if edge is None:
            return "n" if fill is None else "f"
        self._edged(edge, edge_width, dash, round_ends=False)
        return "S" if fill is None else "B"

    def _edged(self, colour: str, width: float, dash: tuple[float, ...], *, round_ends: bool) -> None:
        self._hold("edge", _ink(colour, "RG"))
        self._hold("width", f"{_n(width * mm)} w")
        self._hold("dash", f"[{' '.join(_n(part * mm) for part in dash)}] 0 d")
        self._hold("ends", "1 J 1 j" if round_ends else "0 J 0 j")


def _in_subsets(font: TTFont, text: str, document: PDFDocument) -> list[tuple[str, bytes]]:
    """The text as codes of the embedded subsets, with the name of each."""
    parts = font.splitString(text, document)
    return [(font.getSubsetInternalName(subset, document), codes) for subset, codes in parts]


@cache
def _ink(colour: str, operator: str) -> str:
    """The operator for the colour ``#RRGGBB``; a sheet uses a dozen, thousands of times."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join((*(f"{part:.4g}" for part in parts), operator))


@cache
def _circle(radius: float) -> str:
    """The path of a circle round the origin; the radius in mm."""
    r, k = _n(radius * mm), _n(radius * mm * _ARC)
    return (
        f"{r} 0 m {r} {k} {k} {r} 0 {r} c -{k} {r} -{r} {k} -{r} 0 c "
        f"-{r} -{k} -{k} -{r} 0 -{r} c {k} -{r} {r} -{k} {r} 0 c h"
    )


def _n(points: float) -> str:
    """A number to a hundredth: finer than any printer, and a third of the bytes."""
    return f"{round(points, 2) + 0.0:g}"
