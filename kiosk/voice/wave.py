"""Sound in memory: 16 bit, one channel. Reading a WAV, writing one, making it louder or softer.

Nothing here touches a file or a card, and no sound is kept: what was said of a person is gone once it was
said.
"""

import math
import struct
import sys
from array import array

import msgspec

from kiosk.voice.errors import VoiceError

FULL = 32767
"""The largest sample."""
QUIET = 0.01
"""A peak below which nothing can be heard."""
_PCM = 1
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


class Wave(msgspec.Struct, frozen=True):
    """``samples`` little-endian, ``rate`` of them a second."""

    rate: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate

    @property
    def peak(self) -> float:
        """The largest of every fiftieth sample, 0..1: quick to find, and 0 where nothing can be heard."""
        return max(map(abs, _numbers(self.samples)[::50]), default=0) / FULL

    @property
    def loudness(self) -> float:
        """Root mean square, 0..1: 0 is silence."""
        numbers = _numbers(self.samples)
        if not numbers:
            return 0.0
        return math.sqrt(sum(one * one for one in numbers) / len(numbers)) / FULL

    def file(self) -> bytes:
        """The same as a WAV file."""
        size = len(self.samples)
        return _HEADER.pack(
            b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, _PCM, 1, self.rate, 2 * self.rate, 2, 16, b"data", size
        ) + self.samples  # fmt: skip


def read_wave(file: bytes, name: str) -> Wave:
    """The sound in ``file``, a WAV of 16 bit and one channel; ``name`` stands in the sentence of
    ``VoiceError``.

    A length that goes past the end, as of a stream whose writer did not know it, means: to the end.
    """
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        raise VoiceError(f"{name} is no WAV file; record it as WAV, 16 bit, one channel.")
    rate, at = 0, 12
    while at + 8 <= len(file):
        kind, size = file[at : at + 4], int.from_bytes(file[at + 4 : at + 8], "little")
        body = file[at + 8 : at + 8 + size]
        if kind == b"fmt " and len(body) >= 16:
            form, channels, rate = struct.unpack_from("<HHI", body)
            if (form, channels, body[14]) != (_PCM, 1, 16):
                raise VoiceError(f"{name} is not 16 bit and one channel; record it as WAV of that kind.")
        elif kind == b"data" and rate:
            return Wave(rate, body[: len(body) // 2 * 2])
        at += 8 + size + size % 2
    raise VoiceError(f"{name} has no sound in it; record it again.")


def scaled(samples: bytes, gain: float) -> bytes:
    """``samples`` times ``gain`` (0..1 softer, more than 1 louder), cut at the largest."""
    if gain == 1.0:
        return samples
    numbers = _numbers(samples)
    return _bytes(array("h", (max(-FULL, min(FULL, round(one * gain))) for one in numbers)))


def of_numbers(rate: int, numbers: list[float]) -> Wave:
    """A wave of samples -1..1."""
    return Wave(rate, _bytes(array("h", (round(max(-1.0, min(1.0, one)) * FULL) for one in numbers))))


def _numbers(samples: bytes) -> "array[int]":
    numbers = array("h", samples)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
