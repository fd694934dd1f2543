"""One document of A4 pages (or of one slip), written in millimetres from the top left corner.

A thin hand over ReportLab's canvas: text as text, rules, shapes, one QR code, each in its part of the
document's structure. Identical calls give identical bytes. It must not know what a visit is.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import msgspec
from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printouts import archive, fonts
from printouts.archive import PRODUCT, Facts
from printouts.pen import Pen
from printouts.repack import repacked
from printouts.shapes import POINT_MM, Anchor, Rect, Shape
from printouts.structure import Part, Structure
from printouts.typeset import clean, fitted, runs, width

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, FOOT = 16.0, 194.0, 11.0, 288.0
INK, SECOND, HAIR = "#1A1A1A", "#3D3D3D", "#C9C4B8"


class Sheet:
    """The document being written. ``done`` closes it and gives its bytes.

    ``larger`` multiplies the size of every text written from then on; places stay. ``least`` is the size in
    pt below which no text is made to fit: it is cut.
    """

    def __init__(
        self,
        title: str,
        language: str,
        made: datetime,
        author: str,
        size: tuple[float, float] = (WIDTH, HEIGHT),
    ) -> None:
        fonts.ready()
        self._high = size[1]
        self._facts = Facts(title, author, language.replace("_", "-"), made)
        self._structure = Structure()
        # ASCII85 around compressed pages is for mail of the 1990s; it costs a quarter of their size.
        rl_config.useA85 = 0
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=(size[0] * mm, size[1] * mm),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stub says float
            lang=self._facts.language,
        )
        self._document = vars(self._canvas)["_doc"]
        self._pen = Pen(self._document, size[1])
        self._canvas.setTitle(title)
        self._canvas.setSubject(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator(PRODUCT)
        self._canvas.setProducer(PRODUCT)
        self._canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d%H%M%S}Z")
        self.pages = 1
        self.larger = 1.0
        self.least = 0.0
        self._written: list[str] = []
        self._counted: list[_Counted] = []
        self._total: int | None = None

    @contextmanager
    def part(self, part: Part, alt: str = "", language: str = "") -> Iterator[None]:
        """What is drawn inside belongs to one element; ``alt`` is what a screen reader says of a figure."""
        self._structure.open(part, alt, language)
        yield
        self._structure.close()

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
            text, size = fitted(text, size, room, bold=bold, least_pt=self.least)
        parts, em = runs(text, bold=bold)
        wide = em * size * POINT_MM
        start = x - wide * {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[anchor]
        self._pen.say(self._structure.text())
        for run in parts:
            face = fonts.face_name(run.face, bold=bold)
            self._pen.text(face, size, start + run.at * size * POINT_MM, y, run.text, colour)
        return wide

    def counted(self, x: float, y: float, size: float, sentence: Callable[[int], str]) -> None:
        """Writes a line that ends at ``x`` and names the number of pages, which is known at the end."""
        self._pen.say(self._structure.text())
        # A comment, ISO 32000-1, 7.2.4: what stands there is written when the document ends.
        place = f"%counted {len(self._counted)}"
        self._pen.say(place)
        self._counted.append(_Counted(place, self.pages, x, y, size, sentence))

    def count_no_further(self) -> None:
        """What follows is a paper of its own and no page of this one."""
        self._total = self.pages

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
        self._pen.say(self._structure.drawing())
        self._pen.shapes(shapes, x, y)

    def squares(self, rows: Sequence[Sequence[int]], x: float, y: float, size: float) -> None:
        """A square matrix of dark (1) and light modules, ``size`` mm wide, as a stencil of one bit each."""
        self._pen.say(self._structure.drawing())
        self._pen.stencil(rows, x, y, size)

    def turn(self) -> None:
        """Ends the page and begins the next."""
        self._close(self._structure.turn())
        self.pages += 1

    def done(self) -> bytes:
        """Ends the document."""
        self._close(self._structure.end())
        for one in self._counted:
            said = one.sentence(self._total or self.pages)
            written = self._written[one.page - 1]
            self._written[one.page - 1] = written.replace(f"{one.place}\n", self._late(one, said))
        for operators in self._written:
            self._canvas.addLiteral(operators)
            self._canvas.showPage()
        self._structure.attach(self._document)
        archive.attach(self._document, self._facts)
        self._canvas.save()
        return repacked(self._buffer.getvalue())

    def _close(self, operators: str) -> None:
        self._pen.say(operators)
        self._written.append(f"{self._pen.taken()}\n")

    def _late(self, one: "_Counted", said: str) -> str:
        """The operators of a line that waited, which change nothing that the pen held there."""
        pen = Pen(self._document, self._high)
        pen.page = one.page
        parts, em = runs(clean(said), bold=False)
        start = one.x - em * one.size * POINT_MM
        for run in parts:
            face = fonts.face_name(run.face, bold=False)
            pen.text(face, one.size, start + run.at * one.size * POINT_MM, one.y, run.text, INK)
        return f"q\n{pen.taken()}\nQ\n"


class _Counted(msgspec.Struct, frozen=True):
    """A line that waits for the number of pages: where it stands and what it says."""

    place: str
    page: int
    x: float
    y: float
    size: float
    sentence: Callable[[int], str]
