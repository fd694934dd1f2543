"""Which letters the faces can draw, and what stands in the place of one they cannot.

Noto Sans SC holds all of GBK and the more common of the rarer letters. For the rest of GB 18030 a station may
have the two faces of Debian's ``fonts-hanazono`` (SIL Open Font License; 53 MB, so not in this house): then
they are used. A letter that no face has would be an empty box, and a name with a box in it is nobody's name:
it is written out as its number, ``〔U+20BB7〕``, which a clerk can look up. Only what is shown is changed,
never what is stored. Screen and paper ask here, so that a name looks alike on both. It reads ``cmap`` itself
(OpenType 1.9, format 12), without the PDF library.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from printouts.errors import PrintoutError

FACE = Path(__file__).resolve().parent.parent / "assets" / "fonts" / "NotoSansSC-Regular.ttf"
RARE = tuple(Path("/usr/share/fonts/truetype/hanazono") / f"HanaMin{part}.ttf" for part in "AB")
"""The further faces, in the order they are asked; one that is not installed is passed over."""
_SEGMENTED = 12
_FIRST_RARE = 0x3400  # CJK Extension A: nothing below it is taken from a further face
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
    return face_of(chr(code)) is not None


@cache
def face_of(letter: str) -> int | None:
    """Which face draws ``letter``: 0 Noto Sans SC, 1 and 2 the further ones, None where none does."""
    code = ord(letter)
    if _holds(FACE, code):
        return 0
    if code < _FIRST_RARE:
        return None
    return next((n for n, face in enumerate(RARE, 1) if face.is_file() and _holds(face, code)), None)


def _holds(face: Path, code: int) -> bool:
    starts, ends = _ranges(face)
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@cache
def _ranges(face: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code of every stretch ``face`` holds, in order."""
    try:
        table = _cmap(face)
        count = struct.unpack_from(">H", table, 2)[0]
        places = [struct.unpack_from(">HHI", table, 4 + 8 * i)[2] for i in range(count)]
        place = next(p for p in places if struct.unpack_from(">H", table, p)[0] == _SEGMENTED)
        groups = struct.unpack_from(">I", table, place + 12)[0]
        found = [struct.unpack_from(">III", table, place + 16 + 12 * i)[:2] for i in range(groups)]
    except (OSError, struct.error, StopIteration) as cause:
        raise PrintoutError(f"The font {face.name} cannot be read: restore it.") from cause
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
    raise PrintoutError(f"The font {face.name} has no table of letters: restore it.")
