"""Carving: the bytes of a disk searched raw, and through every compressed stream and every PDF in them.

It is told what to look for and knows nothing of stations. Streams are tried at every offset at which one can
begin; what comes out of one is carved again, to the depth of two.
"""

import contextlib
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78](?=[\x00-\xff])", re.DOTALL)
_PDF = re.compile(rb"%PDF-1\..{1,8388608}?%%EOF", re.DOTALL)
_DEEPEST = 2
_MOST = 16 * 1024 * 1024
"""Bytes taken out of one stream."""
_LEAST = 8
"""A stream that yields less than this began by chance."""
_BLOCK = 4096
_SIP = 64
"""Bytes given to a stream at a time: so much of its end may be missed where it breaks."""

K = TypeVar("K")


def carve(disk: bytes, sought: Mapping[bytes, K]) -> dict[bytes, K]:
    """What of ``sought`` is anywhere on ``disk``."""
    found: dict[bytes, K] = {}
    for text in _texts(disk, 0):
        found |= {one: of for one, of in sought.items() if one not in found and one in text}
    return found


def written_parts(disk: bytes) -> bytes:
    """``disk`` without blocks of zeros; what stood side by side still does."""
    empty = bytes(_BLOCK)
    blocks = (disk[at : at + _BLOCK] for at in range(0, len(disk), _BLOCK))
    return b"".join(block for block in blocks if block != empty[: len(block)])


def _texts(data: bytes, depth: int) -> Iterator[bytes]:
    yield data
    yield from _read(data)
    if depth < _DEEPEST:
        for stream in _inflated(data):
            yield from _texts(stream, depth + 1)


def _inflated(data: bytes) -> Iterator[bytes]:
    for begin in _GZIP.finditer(data):
        yield from _stream(data, begin.start(), 31)
    for begin in _ZLIB.finditer(data):
        at = begin.start()
        if ((data[at] << 8) | data[at + 1]) % 31 == 0:
            yield from _stream(data, at, 15)


def _stream(data: bytes, at: int, window: int) -> Iterator[bytes]:
    """What the stream yields; of one that breaks, what came before the break."""
    opener, parts = zlib.decompressobj(window), bytearray()
    with contextlib.suppress(zlib.error):
        for begin in range(at, len(data), _SIP):
            parts += opener.decompress(data[begin : begin + _SIP], _MOST)
            if opener.eof or len(parts) > _MOST:
                break
    if len(parts) >= _LEAST:
        yield bytes(parts)


def _read(data: bytes) -> Iterator[bytes]:
    """The text of every PDF, as poppler reads it."""
    reader = shutil.which("pdftotext")
    for found in _PDF.finditer(data):
        if reader is None:
            raise SystemExit("There is no pdftotext here; install poppler-utils to read what a thief could.")
        read = subprocess.run([reader, "-", "-"], input=found[0], capture_output=True, check=False)
        yield read.stdout
