"""Which letters the faces can draw, and what stands in the place of one they cannot.

A letter without a glyph would be drawn as an empty box, and a name with a box in it is nobody's name: it
is written out as its number, ``〔U+20BB7〕``, which a clerk can look up. Only what is shown is changed, never
what is stored. It reads the ``cmap`` table itself (OpenType 1.9, format 12), so a screen may use it without
the PDF library.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from printouts.errors import PrintoutError

FACE = Path(__file__).resolve().parent.parent / "assets" / "fonts" / "NotoSansSC-Regular.ttf"
_SEGMENTED = 12
# They choose between shapes of the letter before them and are no letters themselves.
_SELECTORS = ((0x180B, 0x180D), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def covered(text: str) -> str:
    """``text`` with every letter the faces lack written as ``〔U+…〕``; all else as it is."""
    if text.isascii() or all(map(_stands_alone, text)):
        return text
    return "".join(_drawable(text))


def _drawable(text: str) -> Iterator[str]:
    last = ""
    for letter in text:
        whole = unicodedata.normalize("NFC", last + letter) if unicodedata.combining(letter) else ""
        if len(whole) == 1 and _has(ord(whole)):
            # The mark and the letter it stands on are one glyph.
            last = whole
            continue
        yield last
        last = letter if _has(ord(letter)) else _written(letter, ord(letter))
    yield last


def _written(letter: str, code: int) -> str:
    if any(low <= code <= high for low, high in _SELECTORS):
        return ""
    return " " if unicodedata.category(letter).startswith("Z") else f"〔U+{code:04X}〕"


@cache
def _stands_alone(letter: str) -> bool:
    """Whether the faces draw the letter as it is, whatever stands before it."""
    return _has(ord(letter)) and not unicodedata.combining(letter)


def _has(code: int) -> bool:
    starts, ends = _ranges()
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code of every stretch the faces hold, in order; both faces hold the same."""
    try:
        table = _cmap(FACE)
        count = struct.unpack_from(">H", table, 2)[0]
        places = [struct.unpack_from(">HHI", table, 4 + 8 * i)[2] for i in range(count)]
        place = next(p for p in places if struct.unpack_from(">H", table, p)[0] == _SEGMENTED)
        groups = struct.unpack_from(">I", table, place + 12)[0]
        found = [struct.unpack_from(">III", table, place + 16 + 12 * i)[:2] for i in range(groups)]
    except (OSError, struct.error, StopIteration) as cause:
        raise PrintoutError(f"The font assets/fonts/{FACE.name} cannot be read: restore it.") from cause
    return tuple(low for low, _ in found), tuple(high for _, high in found)


def _cmap(face: Path) -> bytes:
    with face.open("rb") as file:
        count = struct.unpack_from(">H", file.read(12), 4)[0]
        entries = file.read(16 * count)
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", entries, 16 * index)
            if tag == b"cmap":
                file.seek(offset)
                return file.read(length)
    raise PrintoutError(f"The font assets/fonts/{face.name} has no table of letters: restore it.")
