"""ASTM E1381/E1394 (LIS01/LIS02) receiver: any analyser that sends its results to a host.

Stop and wait: ENQ, then frames, each answered by ACK or NAK, then EOT. Results are told only when the whole
message, its L record and the EOT have come. This host never bids for the line, so the instrument, which wins
every contention anyway, meets none; an ENQ in mid message is an instrument that began again.
Source: LIS01-A2 6.2-6.6.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, Block, look, parse
from devices.codecs.astm_results import CODES, ended, results
from devices.framing import Frame, Framer, Noise
from devices.reading import Quantity
from devices.session import (
    Driver,
    Reason,
    RefusedError,
    Say,
    Step,
    Tell,
    TimeUp,
    Unread,
    Working,
    hear,
    refuse_noise,
)

RECEIVER_SECONDS = 30.0
"""LIS01-A2 6.5.2.4: without a frame or EOT for so long the message is discarded."""

MESSAGE_BYTES = 262_144
"""Longest message gathered; a lipid panel has under two thousand bytes."""


@dataclass(slots=True)
class _Message:
    """What has been accepted since the ENQ at offset ``at``. ``whole``: its last frame ended by ETX."""

    at: int
    last: int | None = None
    text: bytearray = field(default_factory=bytearray)
    whole: bool = False

    @property
    def expected(self) -> int:
        return 1 if self.last is None else (self.last + 1) % 8


def framer() -> Framer:
    """The driver's own 30 s rule the protocol; the framer only gives up frames cut off in the middle."""
    return Framer(look)


def receiver(codes: Mapping[str, Quantity] = CODES, encoding: str = "latin-1") -> Callable[[], Driver]:
    """A driver for an analyser with its own test codes or text encoding (``gbk`` is seen in China)."""

    def driver() -> Driver:
        while True:
            heard = yield from hear()
            if isinstance(heard, Noise):
                yield refuse_noise(heard)
            elif heard.data == ENQ:
                yield from _receive(heard.at, codes, encoding)
            elif len(heard.data) > 1:
                yield Tell(Unread(Reason.SEQUENCE, len(heard.data), heard.at))

    return driver


driver = receiver()
"""The receiver with the usual codes."""


def _receive(at: int, codes: Mapping[str, Quantity], encoding: str) -> Driver:
    message = _Message(at)
    yield Say(ACK)
    yield Tell(Working("receiving"))
    while True:
        try:
            frame = yield from _next_frame()
        except TimeUp:
            yield from _discard(message)
            return
        if frame.data == EOT:
            yield from _close(message, codes, encoding)
            return
        if frame.data == ENQ:
            yield from _discard(message)
            message = _Message(frame.at)
            yield Say(ACK)
        elif len(frame.data) > 1:
            yield from _accept(message, frame)


def _next_frame() -> Generator[Step, Frame | Noise | None, Frame]:
    """The next frame within the receiver's time, which noise does not put off."""
    keep = False
    while True:
        heard = yield from hear(RECEIVER_SECONDS, keep=keep)
        if isinstance(heard, Frame):
            return heard
        keep = True
        yield refuse_noise(heard)


def _accept(message: _Message, frame: Frame) -> Iterator[Say | Tell]:
    try:
        block = parse(frame)
        repeated = block.number == message.last
        _check(message, block, repeated=repeated)
    except RefusedError as error:
        yield Say(NAK)
        yield Tell(Unread(error.reason, len(frame.data), frame.at))
        return
    if not repeated:
        message.last = block.number
        message.text += block.text
        message.whole = block.last
    yield Say(ACK)


def _check(message: _Message, block: Block, *, repeated: bool) -> None:
    if not repeated and block.number != message.expected:
        raise RefusedError(Reason.SEQUENCE)
    if len(message.text) + len(block.text) > MESSAGE_BYTES:
        raise RefusedError(Reason.SHAPE)


def _close(message: _Message, codes: Mapping[str, Quantity], encoding: str) -> Iterator[Tell]:
    text = bytes(message.text)
    if not (message.whole and ended(text)):
        yield from _discard(message)
        return
    for said in results(text, message.at, codes, encoding):
        yield Tell(said)


def _discard(message: _Message) -> Iterator[Tell]:
    if message.text:
        yield Tell(Unread(Reason.INCOMPLETE, len(message.text), message.at))
