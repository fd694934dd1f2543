"""How a line of text is set: cleaned, spaced between scripts, fitted to its column, broken into lines.

Whatever a person or a card wrote is drawn as it is, letter by letter; nothing in it is ever markup. This
module measures and cuts; it must not draw.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec

from printouts.coverage import covered, face_of
from printouts.fonts import em_width
from printouts.shapes import POINT_MM

SCRIPT_GAP = 0.22
_NO_LINE_START = "，。；：！？、）》」』”’,.;:!?)%"
_SMALLEST = 0.6
_UNSEEN = ("Cc", "Cf", "Cs")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "0-9A-Za-z<>+%"
_MEETING = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_HAN}])")
# The faces have no subscript figures; SpO₂ is written SpO2.
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class Run(msgspec.Struct, frozen=True):
    """A stretch of one line in one script and one face, with its place from the start of the line in em."""

    text: str
    at: float
    face: int = 0


def clean(text: str) -> str:
    """``text`` without control, direction and half characters; line breaks become spaces.

    A letter the faces lack stands as its number, ``〔U+20BB7〕``.
    """
    text = text.translate(_SUBSCRIPTS)
    if text.isprintable():
        return covered(text)
    kept = (" " if letter in "\n\r\t" else letter for letter in text)
    return covered("".join(letter for letter in kept if unicodedata.category(letter) not in _UNSEEN))


def _is_han(letter: str) -> bool:
    return "㐀" <= letter <= "鿿" or "豈" <= letter <= "﫿" or letter >= "\U00020000"


def runs(text: str, *, bold: bool) -> tuple[tuple[Run, ...], float]:
    """The runs of a line and its whole width in em; 0.22 em stands between Han and Latin."""
    if text.isascii():
        return ((Run(text, 0.0),) if text else ()), em_width(text, bold=bold)
    found: list[Run] = []
    at = 0.0
    for part in _MEETING.split(text):
        if part:
            at += SCRIPT_GAP if found else 0.0
            for face, letters in groupby(part, face_of):
                run = "".join(letters)
                found.append(Run(run, at, face or 0))
                at += em_width(run, bold=bold)
    return tuple(found), at


def _em(text: str, *, bold: bool) -> float:
    """The width of a line in em, as ``runs`` has it."""
    gaps = 0 if text.isascii() else len(_MEETING.findall(text))
    return em_width(text, bold=bold) + SCRIPT_GAP * gaps


def width(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Width of ``text`` in mm."""
    return _em(text, bold=bold) * size_pt * POINT_MM


def fitted(
    text: str, size_pt: float, room_mm: float, *, bold: bool = False, least_pt: float = 0.0
) -> tuple[str, float]:
    """``text`` and the size at which it fits ``room_mm``: smaller down to 0.6 or ``least_pt``, then cut."""
    wide = width(text, size_pt, bold=bold)
    if wide <= room_mm:
        return text, size_pt
    size = max(size_pt * max(_SMALLEST, room_mm / wide * 0.999), min(least_pt, size_pt))
    if width(text, size, bold=bold) <= room_mm:
        return text, size
    return _cut(text, lambda cut: width(cut, size, bold=bold) <= room_mm), size


def _cut(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of ``text`` that fits with … behind it; nothing where not even that fits."""
    fitting, beyond = -1, len(text)
    while beyond - fitting > 1:
        half = (fitting + beyond) // 2
        fitting, beyond = (half, beyond) if fits(text[:half] + "…") else (fitting, half)
    return text[:fitting] + "…" if fitting >= 0 else ""


def shortened(
    name: str,
    sentence: Callable[[str], str],
    size_pt: float,
    room_mm: float,
    *,
    bold: bool = False,
    least_pt: float = 0.0,
) -> str:
    """``sentence(name)`` that fits ``room_mm``: of a name too long only the name is cut, with …"""
    least = max(size_pt * _SMALLEST, least_pt)

    def fits(cut: str) -> bool:
        return width(clean(sentence(cut)), least, bold=bold) <= room_mm

    return sentence(name if fits(name) else _cut(name, fits))


def broken(text: str, size_pt: float, room_mm: float, *, bold: bool = False) -> tuple[str, ...]:
    """``text`` in lines of ``room_mm`` at most, broken between Han, between words, never before a stop."""
    lines: list[str] = []
    line, em, room = "", 0.0, room_mm / (size_pt * POINT_MM)
    for piece in _fitting_pieces(text, room, bold=bold):
        wide = _em(piece, bold=bold)
        # A line grows by its piece and by the space between two scripts: it need not be measured anew.
        grown = em + wide + (SCRIPT_GAP if line and _MEETING.search(line[-1] + piece[0]) else 0.0)
        if line and grown - _spaces(piece, bold=bold) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
            em = _em(line, bold=bold)
        else:
            line, em = line + piece, grown
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _fitting_pieces(text: str, room: float, *, bold: bool) -> Iterator[str]:
    """What may not be torn apart, except a word longer than a whole line."""
    for piece in _pieces(text):
        while len(piece) > 1 and em_width(piece.rstrip(" "), bold=bold) > room:
            cut = max(1, sum(1 for end in range(1, len(piece)) if em_width(piece[:end], bold=bold) <= room))
            yield piece[:cut]
            piece = piece[cut:]  # noqa: PLW2901 - what is left of the same word
        yield piece


def balanced(text: str, size_pt: float, room_mm: float, *, bold: bool = False) -> tuple[str, ...]:
    """``broken`` into as few lines, but none of them much shorter than the others: no word stands alone."""
    lines = broken(text, size_pt, room_mm, bold=bold)
    narrow, wide = room_mm / 2, room_mm
    while len(lines) > 1 and wide - narrow > 1.0:
        half = (narrow + wide) / 2
        closer = broken(text, size_pt, half, bold=bold)
        fits = len(closer) == len(lines) and all(width(line, size_pt, bold=bold) <= half for line in closer)
        narrow, wide = (narrow, half) if fits else (half, wide)
    return broken(text, size_pt, wide, bold=bold)


def _spaces(piece: str, *, bold: bool) -> float:
    """Em of the spaces at the end, which a line may leave out."""
    spaces = len(piece) - len(piece.rstrip(" "))
    return em_width(" ", bold=bold) * spaces if spaces else 0.0


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for letter in text:
        breaks = piece and not (letter in _NO_LINE_START or letter == " ")
        if breaks and (_is_han(letter) or _is_han(piece[-1]) or piece[-1] in " ，。；：！？、"):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece
