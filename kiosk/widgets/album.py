"""What was painted once, kept small: in memory, and on the station's disk for its next start.

A painted picture of flat colours is three megabytes of which zlib leaves some ten kilobytes, and taking it
up again is much quicker than painting it. Only the few that were used last are held as textures. It holds
drawings and icons of the house, never anything of a person, and may be thrown away at any time.
"""

import logging
import os
import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from kivy.graphics.texture import Texture

from kiosk.widgets.boot import PICTURES
from kiosk.widgets.shapes import DRAWINGS, ICONS

LARGE = 3_900_000
"""Bytes of textures of drawings that are held besides those that are shown: one of a whole width."""
SMALL = 3_000_000
"""Bytes of textures of icons."""
PASSING = 24
"""Textures of sketches."""
_SMALL_PX = 250_000
_LOG = logging.getLogger(__name__)


class Album:
    """Pictures by what they show. ``folder`` None: nothing is written, and what is packed is held here."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._packed: dict[str, bytes] = {}
        self._large: OrderedDict[str, Texture] = OrderedDict()
        self._small: OrderedDict[str, Texture] = OrderedDict()
        self._passing: OrderedDict[str, Texture] = OrderedDict()

    def picture(self, key: str, size: tuple[int, int], paint: Callable[[], bytes]) -> Texture:
        """The picture ``key`` of ``size`` pixels; ``paint`` gives its RGBA rows where nothing has it yet."""
        is_small = size[0] * size[1] <= _SMALL_PX
        held, most = (self._small, SMALL) if is_small else (self._large, LARGE)
        whole = f"{key} {size[0]}x{size[1]}"
        if whole in held:
            held.move_to_end(whole)
            return held[whole]
        texture = Texture.create(size=size, colorfmt="rgba")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(self._pixels(whole, size, paint), colorfmt="rgba")
        held[whole] = texture
        while len(held) > 1 and sum(map(_bytes, held.values())) > most:
            held.popitem(last=False)
        return texture

    def passing(self, key: str, paint: Callable[[], Texture]) -> Texture:
        """A picture made of a person's values: never packed, never written, gone at ``forget``."""
        if key not in self._passing:
            self._passing[key] = paint()
        self._passing.move_to_end(key)
        if len(self._passing) > PASSING:
            self._passing.popitem(last=False)
        return self._passing[key]

    def forget(self) -> None:
        """Let go of what was made of a person's values: she went."""
        self._passing.clear()

    def _pixels(self, whole: str, size: tuple[int, int], paint: Callable[[], bytes]) -> bytes:
        packed = self._packed.get(whole) or self._read(whole)
        pixels = None if packed is None else unpacked(packed, size)
        if pixels is None:
            pixels = paint()
            packed = zlib.compress(pixels, 1)
            if not self._write(whole, packed):
                self._packed[whole] = packed
        return pixels

    def _file(self, whole: str) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / sha256(f"{edition()} {whole}".encode()).hexdigest()[:32]

    def _read(self, whole: str) -> bytes | None:
        file = self._file(whole)
        try:
            return None if file is None else file.read_bytes()
        except OSError:
            return None

    def _write(self, whole: str, packed: bytes) -> bool:
        """Whether the disk has it now."""
        file = self._file(whole)
        if file is None:
            return False
        try:
            file.parent.mkdir(mode=0o700, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_bytes(packed)
            fresh.replace(file)
        except OSError as trouble:
            _LOG.warning("A picture cannot be kept for the next start: %s", trouble.strerror)
            self._folder = None
            return False
        return True


@cache
def album() -> Album:
    """The album of this window."""
    named = os.environ.get(PICTURES)
    return Album(Path(named) if named else None)


@cache
def edition() -> str:
    """Names the drawings as they are on disk: a picture of one that was changed is another picture."""
    told = sha256()
    for folder in (DRAWINGS, DRAWINGS / "parts", ICONS):
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            about = entry.stat()
            told.update(f"{entry.name} {about.st_size} {about.st_mtime_ns}".encode())
    return told.hexdigest()[:16]


def _bytes(texture: Texture) -> int:
    """How much memory ``texture`` takes; a picture has four bytes a pixel."""
    width, height = texture.size
    return int(width * height) * 4


def unpacked(packed: bytes, size: tuple[int, int]) -> bytes | None:
    """The rows of a packed picture, None where they are not whole."""
    try:
        pixels = zlib.decompress(packed)
    except zlib.error:
        return None
    return pixels if len(pixels) == size[0] * size[1] * 4 else None
