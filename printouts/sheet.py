"""One document of A4 pages, written in millimetres from the top left corner.

A thin hand over ReportLab's canvas: text as text, rules, shapes, one QR code. Identical calls give identical
bytes. It must not know what a visit is.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printouts import fonts
from printouts.paint_pdf import paint
from printouts.shapes import POINT_MM, Anchor, Rect, Shape
from printouts.typeset import clean, fitted, runs, width

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, FOOT = 16.0, 194.0, 11.0, 288.0
INK, SECOND, HAIR = "#1A1A1A", "#3D3D3D", "#C9C4B8"


class Sheet:
    """The document being written. ``done`` closes it and gives its bytes.

    ``larger`` multiplies the size of every text written from then on; places stay.
    """

    def __init__(self, title: str, language: str, made: datetime, author: str) -> None:
        fonts.ready()
        # ASCII85 around compressed pages is for mail of the 1990s; it costs a quarter of their size.
        rl_config.useA85 = 0
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=(WIDTH * mm, HEIGHT * mm),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stub says float
            lang=language.replace("_", "-"),
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("Kangyi")
        self._canvas.setProducer("Kangyi")
        self._canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d%H%M%S}Z")
        self.pages = 1
        self.larger = 1.0
        self._colour = ""

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
        text, size = clean(text), size * self.larger
        if room is not None:
            text, size = fitted(text, size, room, bold=bold)
        parts, em = runs(text, bold=bold)
        wide = em * size * POINT_MM
        start = x - wide * {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[anchor]
        # Everything else paints inside its own saved state, so the colour of the last text still holds.
        if colour != self._colour:
            self._canvas.setFillColor(HexColor(colour))
            self._colour = colour
        self._canvas.setFont(fonts.BOLD if bold else fonts.REGULAR, size)
        for run in parts:
            left = start + run.at * size * POINT_MM
            self._canvas.drawString(round(left * mm, 2), round((HEIGHT - y) * mm, 2), run.text)
        return wide

    def wide(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width in mm the text would take."""
        return width(clean(text), size * self.larger, bold=bold)

    def rule(
        self, y: float, weight: float, colour: str = INK, left: float = LEFT, right: float = RIGHT
    ) -> None:
        """A horizontal line of ``weight`` mm centred on ``y``."""
        self.shapes((Rect(0, 0, right - left, weight, colour),), left, y - weight / 2)

    def shapes(self, shapes: Sequence[Shape], x: float, y: float) -> None:
        """Paints shapes with their origin at ``x, y``."""
        paint(self._canvas, HEIGHT, shapes, x, y)

    def squares(self, rows: Sequence[Sequence[int]], x: float, y: float, size: float) -> None:
        """A matrix of dark (1) and light modules, ``size`` mm wide, drawn as one path without seams."""
        canvas, count = self._canvas, len(rows)
        canvas.saveState()
        canvas.translate(round(x * mm, 2), round((HEIGHT - y - size) * mm, 2))
        # One unit is one module from here on, so the path is written in small whole numbers.
        canvas.scale(size * mm / count, size * mm / count)
        canvas.setFillColor(HexColor("#000000"))
        blocks = " ".join(f"{left} {foot} {wide} {high} re" for left, foot, wide, high in _blocks(rows))
        canvas.addLiteral(f"n {blocks} f")
        canvas.restoreState()

    def turn(self) -> None:
        """Ends the page and begins the next."""
        self._canvas.showPage()
        self.pages += 1
        self._colour = ""

    def done(self) -> bytes:
        """Ends the document."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


def _blocks(rows: Sequence[Sequence[int]]) -> list[tuple[int, int, int, int]]:
    """The dark modules as rectangles (left, foot, width, height), counted from the lower left corner.

    Stretches that stand exactly above each other are one rectangle: half the path, and no seam between rows.
    """
    blocks: list[tuple[int, int, int, int]] = []
    open_since: dict[tuple[int, int], int] = {}
    for down, row in enumerate([*rows, ()]):
        found = set(_stretches(row))
        for start, length in [stretch for stretch in open_since if stretch not in found]:
            top = open_since.pop((start, length))
            blocks.append((start, len(rows) - down, length, down - top))
        for stretch in sorted(found):
            open_since.setdefault(stretch, down)
    return blocks


def _stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Start and length of every stretch of dark modules."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            found.append((start, index - start))
            start = None
    return found
