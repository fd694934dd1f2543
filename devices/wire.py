"""What passes over one wire, for staff to look at and for captures: bounded, and without anybody's number.

``Wire`` cuts the bytes where the framer cut them and keeps the last pieces with their time and direction. A
piece is blanked before it is kept or handed on: of a frame by its model's own rule, of noise by masking every
letter and digit where a frame of that model may name somebody. Of a reader of identities only sizes are kept.
It must not judge a value, and nothing here is ever written to a disk by itself.
"""

import threading
from collections import deque
from collections.abc import Callable
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from devices.blanking import Blank, masked
from devices.framing import Frame, Noise
from devices.reading import Confidential

PIECES = 200
"""Most pieces kept."""

PIECE_BYTES = 512
"""Most bytes kept of one piece; a label or a line has under two hundred."""

TAIL_BYTES = 64


class Way(StrEnum):
    """Who spoke: the instrument was heard, or the station said it."""

    HEARD = "heard"
    SAID = "said"


class Piece(Confidential, msgspec.Struct, frozen=True):
    """One frame, one noise or one saying. ``at``: when its last byte passed, in the seconds of the clock.

    ``data`` is blanked, and empty where nothing of it may be kept; ``size`` is what passed. ``whole``: a
    frame as the model's document has it, whatever its driver then made of it.
    """

    at: float
    way: Way
    data: bytes
    size: int
    whole: bool


class Wire:
    """The last pieces of one wire. Any thread may look; one thread lets bytes pass.

    ``blank`` makes a rule for one conversation, or is None where no frame names anybody. ``hidden``: this
    wire carries identities and none of its bytes is kept. ``keep`` is handed every piece, uncut.
    """

    def __init__(
        self,
        blank: Callable[[], Blank] | None = None,
        *,
        hidden: bool = False,
        keep: Callable[[Piece], None] | None = None,
    ) -> None:
        self._make = blank
        self._blank: Blank | None = None
        self._blank_said: Blank | None = None
        self._hidden = hidden
        self._keep = keep
        self._lock = threading.Lock()
        self._pieces: deque[Piece] = deque(maxlen=PIECES)
        self._held = b""
        self._at = 0
        self._came: deque[tuple[int, float]] = deque()
        self.begin()

    def pieces(self) -> tuple[Piece, ...]:
        """What passed last, oldest first."""
        with self._lock:
            return tuple(self._pieces)

    def tail(self) -> bytes:
        """The last bytes heard, at most 64, blanked, with what no frame has taken yet."""
        with self._lock:
            heard = b"".join(piece.data for piece in self._pieces if piece.way is Way.HEARD)
            rest = self._covered(self._held, whole=False)
        return (heard + rest)[-TAIL_BYTES:]

    def begin(self) -> None:
        """The port was opened: offsets begin anew."""
        with self._lock:
            self._held = b""
            self._at = 0
            self._came.clear()
            if self._make is not None:
                self._blank, self._blank_said = self._make(), self._make()

    def said(self, data: bytes, now: float) -> None:
        """The station put these bytes on the wire; an order names a specimen, a start a body."""
        covered = data if self._blank_said is None else self._blank_said(data)
        self._add(Piece(now, Way.SAID, covered, len(data), whole=True))

    def came(self, data: bytes, now: float) -> None:
        """These bytes came, before anybody framed them."""
        with self._lock:
            self._held += data
            self._came.append((self._at + len(self._held), now))

    def framed(self, heard: tuple[Frame | Noise, ...], settled: int) -> None:
        """The framer made this of them; up to the offset ``settled`` nothing is pending."""
        if not heard and settled - self._at > PIECE_BYTES:
            self._settle(settled, whole=False)  # nothing but line ends for so long
        for place, item in enumerate(heard):
            size = len(item.data) if isinstance(item, Frame) else item.size
            end = settled if place == len(heard) - 1 else item.at + size
            self._settle(end, whole=isinstance(item, Frame))

    def _settle(self, end: int, *, whole: bool) -> None:
        with self._lock:
            data, self._held = self._held[: end - self._at], self._held[end - self._at :]
            self._at = end
            while len(self._came) > 1 and self._came[0][0] < end:
                self._came.popleft()
            at = self._came[0][1] if self._came else 0.0
        self._add(Piece(at, Way.HEARD, self._covered(data, whole=whole), len(data), whole))

    def _covered(self, data: bytes, *, whole: bool) -> bytes:
        if self._hidden:
            return b""
        if self._blank is None:
            return data
        return self._blank(data) if whole else masked(data)

    def _add(self, piece: Piece) -> None:
        if self._keep is not None:
            self._keep(piece)
        if len(piece.data) > PIECE_BYTES:
            piece = replace(piece, data=piece.data[:PIECE_BYTES])
        with self._lock:
            self._pieces.append(piece)
