"""Bytes, in whatever pieces a port hands over, into frames.

A ``Framer`` is pure: no clock, no port, a bounded buffer, and the same frames for every way of cutting the
same bytes. What a frame looks like is a ``Look``, a function of the bytes held so far; each family keeps its
own beside its codec. Nothing here may judge a value.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

import msgspec

from devices.reading import Confidential

NOISE_PIECE = 1024
"""Bytes of junk after which a running noise is reported, so that endless junk is told and not gathered."""


class Frame(Confidential, msgspec.Struct, frozen=True):
    """One whole frame as it came; ``at`` is its offset in the stream. No ``repr``: it may name a person."""

    data: bytes
    at: int


class Noise(msgspec.Struct, frozen=True):
    """``size`` bytes that belong to no frame. ``cut``: the stream fell silent inside a frame."""

    size: int
    at: int
    cut: bool = False


class Kind(Enum):
    """What the first bytes of the buffer are."""

    FRAME = auto()
    JUNK = auto()
    SKIP = auto()


class Cut(NamedTuple):
    """The first ``length`` bytes of the buffer are of this kind."""

    kind: Kind
    length: int


Look = Callable[[bytes, bool], Cut | None]
"""``look(held, after_junk)``: what the first bytes are, or None to wait for more.

Once it has answered for some bytes, more bytes behind them must not change the answer (junk may grow longer);
this is what makes the framing independent of the pieces. ``after_junk``: the byte before was junk.
It must answer before ``held`` exceeds its family's limit.
"""


class Framer:
    """Feeds bytes to a look. ``quiet``: seconds of silence after which a half frame is given up."""

    def __init__(self, look: Look, quiet: float = 2.0) -> None:
        self.quiet = quiet
        self._look = look
        self._held = b""
        self._at = 0
        self._junk = 0
        self._noisy = False

    @property
    def holding(self) -> int:
        """Bytes held or counted that have not been told yet."""
        return len(self._held) + self._junk

    @property
    def settled(self) -> int:
        """The offset up to which every byte was told, or passed over as a line end."""
        return self._at - self._junk

    def feed(self, data: bytes) -> tuple[Frame | Noise, ...]:
        """The frames and noises that these bytes complete, in order."""
        self._held += data
        told: list[Frame | Noise] = []
        while self._held:
            cut = self._look(self._held, self._noisy)
            if cut is None:
                break
            self._take(cut, told)
        return tuple(told)

    def end(self) -> tuple[Frame | Noise, ...]:
        """The stream fell silent or ended: what was held becomes noise, never a frame."""
        told: list[Frame | Noise] = []
        rest = len(self._held)
        self._held = b""
        self._at += rest
        size = self._junk + rest
        self._junk = 0
        self._noisy = False
        if size:
            told.append(Noise(size, self._at - size, cut=rest > 0))
        return tuple(told)

    def _take(self, cut: Cut, told: list[Frame | Noise]) -> None:
        if cut.kind is Kind.JUNK:
            self._drop(cut.length, told)
            return
        if self._junk:
            told.append(Noise(self._junk, self._at - self._junk))
        self._junk = 0
        self._noisy = False
        if cut.kind is Kind.FRAME:
            told.append(Frame(self._held[: cut.length], self._at))
        self._advance(cut.length)

    def _drop(self, length: int, told: list[Frame | Noise]) -> None:
        self._noisy = True
        while length:
            piece = min(length, NOISE_PIECE - self._junk)
            self._advance(piece)
            self._junk += piece
            length -= piece
            if self._junk == NOISE_PIECE:
                told.append(Noise(NOISE_PIECE, self._at - NOISE_PIECE))
                self._junk = 0

    def _advance(self, length: int) -> None:
        self._held = self._held[length:]
        self._at += length
