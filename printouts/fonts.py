"""The two faces of every sheet: Noto Sans SC, Regular and Bold, embedded as subsets.

ReportLab writes the way back from glyph to character with four hexadecimal digits, which spoils rare names
beyond the basic plane when a sheet is copied, searched or read aloud. ``NotoFont`` mends the map of each
document; it must not change what is read.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from printouts.coverage import RARE, face_of
from printouts.errors import PrintoutError
from printouts.outlines import grid_for, thinned

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "fonts"
REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
_USED = "kangyi_largest_type"
Used: TypeAlias = dict[tuple[str, float], set[str]]
"""The letters of a document by face and size."""
_BEYOND_PLANE_0 = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


class NotoFont(TTFont):
    """A face whose ToUnicode map also holds characters beyond U+FFFF (UTF-16BE pairs, ISO 32000 9.10.3)."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # the name is ReportLab's
        """Adds the subset to ``doc``, mends its maps and thins its outlines."""
        there = set(doc.idToObject)
        used: Used = vars(doc).get(_USED, {})
        subsets = iter([list(codes) for codes in self.state[doc].subsets])
        super().addObjects(doc)
        for name, held in doc.idToObject.items():
            if name in there or not isinstance(held, PDFStream):
                continue
            if name.startswith("toUnicodeCMap:"):
                held.content = _BEYOND_PLANE_0.sub(_as_pair, held.content)
            elif name.startswith("fontFile:"):
                held.content = thinned(held.content, self._grids(next(subsets), used))
                held.dictionary.dict["Length1"] = len(held.content)

    def _grids(self, codes: Sequence[int], used: "Used") -> list[int]:
        """The grid of each glyph, in the order the subset holds them: by first use, after the missing one."""
        sizes: dict[str, float] = {}
        for size, letters in sorted(
            (s, letters) for (font, s), letters in used.items() if font == self.fontName
        ):
            sizes.update(dict.fromkeys(letters, size))
        largest: dict[int, float] = {0: 0.0}
        for code in codes:
            glyph = self.face.charToGlyph.get(code, 0)
            size = sizes.get(chr(code), 0.0)
            largest[glyph] = max(largest.get(glyph, 0.0), size)
        return [grid_for(size) for size in largest.values()]


def note_use(document: PDFDocument, font: str, size_pt: float, text: str) -> None:
    """Remembers in which sizes each letter of a document is set."""
    used: Used = vars(document).setdefault(_USED, {})
    used.setdefault((font, size_pt), set()).update(text)


def _as_pair(match: re.Match[str]) -> str:
    pair = chr(int(match[2], 16)).encode("utf-16-be").hex().upper()
    return f"<{match[1]}> <{pair}>"


@cache
def ready() -> None:
    """Loads both faces once a process (about 0.1 s). Raises ``PrintoutError`` where a file is missing."""
    for name in (REGULAR, BOLD):
        try:
            font = NotoFont(name, str(FOLDER / f"{name}.ttf"), asciiReadable=0)
            # Each subset asks for the outlines of the whole face: 8 MB that need not be copied every time.
            vars(font.face).update(get_table=cache(font.face.get_table))
            pdfmetrics.registerFont(font)
        except (OSError, TTFError) as cause:
            raise PrintoutError(f"The font assets/fonts/{name}.ttf cannot be read: restore it.") from cause


def face_name(face: int, *, bold: bool) -> str:
    """The name of a face as ``coverage.face_of`` counts them; the further ones have one weight only."""
    if face == 0:
        ready()
        return BOLD if bold else REGULAR
    return _further(face)


@cache
def _further(face: int) -> str:
    """Loads a further face when the first name needs it."""
    path = RARE[face - 1]
    try:
        pdfmetrics.registerFont(NotoFont(path.stem, str(path), asciiReadable=0))
    except (OSError, TTFError) as cause:
        raise PrintoutError(f"The font {path.name} cannot be read: install fonts-hanazono again.") from cause
    return path.stem


class _Widths(dict[str, float]):
    """The width of each letter in one weight, em; a letter is measured when it first comes."""

    def __init__(self, *, bold: bool) -> None:
        super().__init__()
        self._bold = bold

    def __missing__(self, letter: str) -> float:
        name = face_name(face_of(letter) or 0, bold=self._bold)
        self[letter] = wide = float(pdfmetrics.stringWidth(letter, name, 1000)) / 1000
        return wide


_WIDTHS = {bold: _Widths(bold=bold) for bold in (False, True)}


def em_width(text: str, *, bold: bool) -> float:
    """Width of ``text`` in em, without the space between scripts."""
    return sum(map(_WIDTHS[bold].__getitem__, text))
