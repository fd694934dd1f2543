"""The idle face as it stood at an earlier start, kept as pixels: what stands first at the next one.

Drawing the face needs every word, rule and picture of it; taking up its picture needs none. It is kept with
what each key looks like pressed and without the hour. Nothing of anybody is in it, it is the station's own
and may be thrown away at any time; a face of another edition of the house is another face. Pure: no window.
"""

import logging
import os
import zlib
from pathlib import Path

import msgspec

from kiosk.errors import KioskError

HOUSE = Path(__file__).resolve().parent.parent
FOLDERS = (
    "assets",
    "assets/drawings",
    "assets/drawings/parts",
    "assets/icons",
    "assets/fonts",
    "assets/locale/zh_CN",
    "kiosk/screens",
    "kiosk/screens/wide",
    "kiosk/widgets",
)
"""What the face is drawn from. A change in any of them is another edition."""
BEGINS = "face-"
_PIXEL = 4
_LOG = logging.getLogger(__name__)


class PictureError(KioskError):
    """Pixels that are not as many as the picture is large."""


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the picture, packed: ``at`` (left, below) from its lower left corner, ``size`` in pixels."""

    at: tuple[int, int]
    size: tuple[int, int]
    packed: bytes


class KeptKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key: ``box`` (left, below, width, height) in pixels of the window; what it looks like pressed."""

    choice: str
    detail: str
    box: tuple[float, float, float, float]
    pressed: Band | None

    def meant(self, x: float, y: float) -> bool:
        """Whether a finger at ``x``, ``y`` means this key."""
        left, below, wide, high = self.box
        return left <= x <= left + wide and below <= y <= below + high


class KeptFace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The face at ``at`` in a window of ``window`` pixels, ``size`` large; ``keys`` topmost first.

    ``moment`` is the part that asks for a moment. ``drift``: pixels a finger may slide on a key.
    """

    window: tuple[int, int]
    at: tuple[int, int]
    size: tuple[int, int]
    picture: Band
    moment: Band | None
    keys: tuple[KeptKey, ...]
    drift: float


def band_of(rest: bytes, changed: bytes, width: int) -> Band | None:
    """The smallest part that holds all in which ``changed`` differs from ``rest``; None for nothing."""
    if len(rest) != len(changed) or len(rest) % (width * _PIXEL):
        raise PictureError("Two pictures of a face are not of one size; delete the folder of pictures.")
    before, after = _rows(rest, width), _rows(changed, width)
    other = [number for number, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    if not other:
        return None
    below, high = other[0], other[-1] + 1 - other[0]
    left = min(_first_other(before[row], after[row]) for row in other)
    right = width - min(_first_other(_turned(before[row]), _turned(after[row])) for row in other)
    part = b"".join(row[left * _PIXEL : right * _PIXEL] for row in after[below : below + high])
    return Band((left, below), (right - left, high), zlib.compress(part, 1))


def whole(pixels: bytes, width: int) -> Band:
    """All of a picture."""
    return Band((0, 0), (width, len(pixels) // (width * _PIXEL)), zlib.compress(pixels, 1))


def pixels_of(band: Band) -> bytes:
    """The RGBA rows of ``band``, lowest first. Raises ``PictureError`` where they are not whole."""
    try:
        pixels = zlib.decompress(band.packed)
    except zlib.error as broken:
        raise PictureError("A kept face cannot be unpacked; delete the folder of pictures.") from broken
    if len(pixels) != band.size[0] * band.size[1] * _PIXEL:
        raise PictureError("A kept face is not as large as it says; delete the folder of pictures.")
    return pixels


def edition(*facts: object) -> str:
    """Names the face that this house draws for these ``facts``: another one is told from it, not proven."""
    told = zlib.crc32(repr(facts).encode())
    for folder in FOLDERS:
        for entry in sorted(os.scandir(HOUSE / folder), key=lambda each: each.name):
            about = entry.stat()
            if entry.is_file():
                told = zlib.crc32(f"{entry.name} {about.st_size} {about.st_mtime_ns}".encode(), told)
    return f"{told:08x}"


class KeptPlace:
    """Where the face that this house draws for these ``facts`` (window, hand, what stands here) is kept."""

    def __init__(self, folder: Path, *facts: object) -> None:
        self._folder = folder
        self._file = folder / f"{BEGINS}{edition(*facts)}"

    def read(self) -> KeptFace | None:
        """The face, None where none of this edition is kept."""
        try:
            return msgspec.msgpack.decode(self._file.read_bytes(), type=KeptFace)
        except (OSError, msgspec.MsgspecError):
            return None

    def write(self, face: KeptFace) -> None:
        """Keep ``face``, and no other edition of it."""
        fresh = self._folder / "face.new"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            fresh.write_bytes(msgspec.msgpack.encode(face))
            fresh.replace(self._file)
            for other in self._folder.glob(BEGINS + "*"):
                if other != self._file:
                    other.unlink()
        except OSError as trouble:
            _LOG.warning("The face cannot be kept for the next start: %s", trouble.strerror)


def _rows(pixels: bytes, width: int) -> list[bytes]:
    line = width * _PIXEL
    return [pixels[start : start + line] for start in range(0, len(pixels), line)]


def _first_other(one: bytes, two: bytes) -> int:
    """The first pixel in which two rows differ."""
    return next(at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b) // _PIXEL


def _turned(row: bytes) -> bytes:
    return row[::-1]
