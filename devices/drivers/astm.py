"""ASTM E1381/E1394 (LIS01/LIS02) host: any analyser that sends its results, or asks what a specimen wants.

Stop and wait: ENQ, then frames, each answered by ACK or NAK, then EOT. Results are told only when the whole
message, its L record and the EOT have come; an ENQ in mid message is an instrument that began again. The host
bids for the line only with something to say: an order that the house announced, or the answer to a query. The
instrument wins every contention.
Source: LIS01-A2 6.2-6.6.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping

import msgspec

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, Block, look, parse
from devices.codecs.astm_orders import answer, no_information, order, queried
from devices.codecs.astm_results import CODES, ended, results
from devices.drivers.astm_sender import BUSY_SECONDS, CONTENTION_SECONDS, Outcome, send
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.reading import Confidential, Quantity
from devices.session import (
    Announce,
    Complaint,
    Driver,
    Reason,
    RefusedError,
    Say,
    Sent,
    Step,
    Tell,
    TimeUp,
    Unread,
    Working,
    attend,
    hear,
    refuse_noise,
)

RECEIVER_SECONDS = 30.0
"""LIS01-A2 6.5.2.4: without a frame or EOT for so long the message is discarded."""

MESSAGE_BYTES = 262_144
"""Longest message gathered; a lipid panel has under two thousand bytes."""

_REMEMBERED = 100
"""Announced specimens that a query may ask for, and messages that wait to be sent: the latest."""

_TICKET = re.compile(r"[0-9A-Za-z._/-]{1,32}")
"""A specimen's ticket, or a test's code: no delimiter and no control character may reach the wire."""

Receiving = Generator[Step, Sent, bytes]


class _Message(Confidential, msgspec.Struct):
    """What has been accepted since the ENQ at offset ``at``. ``whole``: its last frame ended by ETX."""

    at: int
    last: int | None = None
    text: bytearray = msgspec.field(default_factory=bytearray)
    whole: bool = False

    @property
    def expected(self) -> int:
        return 1 if self.last is None else (self.last + 1) % 8


def framer() -> Framer:
    """The driver's own 30 s rule the protocol; the framer only gives up frames cut off in the middle."""
    return Framer(look)


def receiver(codes: Mapping[str, Quantity] = CODES, encoding: str = "latin-1") -> Callable[[], Driver]:
    """A driver for an analyser with its own test codes or text encoding (``gbk`` is seen in China)."""
    return lambda: _Host(codes, encoding).run()


driver = receiver()
"""The receiver with the usual codes."""


class _Host(msgspec.Struct):
    """``outbox``: messages to send; ``pause``: seconds until the next bid; ``announced``: tests by ticket."""

    codes: Mapping[str, Quantity]
    encoding: str
    outbox: list[tuple[bytes, ...]] = msgspec.field(default_factory=list)
    announced: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    pause: float = 0.0

    def run(self) -> Driver:
        keep = False
        while True:
            try:
                heard = yield from attend(self.pause if self.outbox else None, keep=keep)
            except TimeUp:
                keep = False
                yield from self._bid()
                continue
            keep = bool(self.outbox)
            if isinstance(heard, Announce):
                keep = yield from self._announce(heard)
            elif isinstance(heard, Noise):
                yield refuse_noise(heard)
            elif not isinstance(heard, Frame):
                yield Tell(Complaint("not_now", 0, 0))
            elif heard.data == ENQ:
                yield from self._hear(heard)
                keep, self.pause = False, 0.0
            elif len(heard.data) > 1:
                yield Tell(Unread(Reason.SEQUENCE, len(heard.data), heard.at))

    def _announce(self, said: Announce) -> Generator[Step, Sent, bool]:
        """Whether an earlier bid is already waited for."""
        if not all(map(_TICKET.fullmatch, (said.specimen, *said.tests))) or not said.tests:
            yield Tell(Complaint("bad_ticket", 0, 0))
            return bool(self.outbox)
        waits = bool(self.outbox)
        self.announced.pop(said.specimen, None)
        self.announced[said.specimen] = said.tests
        while len(self.announced) > _REMEMBERED:
            del self.announced[next(iter(self.announced))]
        self._post(order(said.specimen, said.tests))
        self.pause = self.pause if waits else 0.0
        return waits

    def _hear(self, bid: Frame) -> Driver:
        text = yield from _receive(bid.at, self.codes, self.encoding)
        for specimen in queried(text, self.encoding):
            tests = self.announced.get(specimen)
            self._post(no_information() if tests is None else answer(specimen, tests))

    def _post(self, records: tuple[bytes, ...]) -> None:
        """An analyser never ready, or never done asking, must not fill the memory: the oldest goes."""
        self.outbox.append(records)
        del self.outbox[:-_REMEMBERED]

    def _bid(self) -> Driver:
        outcome = yield from send(self.outbox[0])
        self.pause = CONTENTION_SECONDS if outcome is Outcome.CONTENDED else BUSY_SECONDS
        if outcome in (Outcome.SENT, Outcome.FAILED):
            self.outbox.pop(0)
            self.pause = 0.0
            sent = outcome is Outcome.SENT
            yield Tell(Working("announced") if sent else Complaint("no_answer", 0, 0))


def _receive(at: int, codes: Mapping[str, Quantity], encoding: str) -> Receiving:
    """One message; hands back its text where it was whole, else nothing."""
    message = _Message(at)
    yield Say(ACK)
    yield Tell(Working("receiving"))
    while True:
        try:
            frame = yield from _next_frame()
        except TimeUp:
            yield from _discard(message)
            return b""
        if frame.data == EOT:
            return (yield from _close(message, codes, encoding))
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
        yield refuse(error, frame)
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


def _close(message: _Message, codes: Mapping[str, Quantity], encoding: str) -> Receiving:
    text = bytes(message.text)
    if not (message.whole and ended(text)):
        yield from _discard(message)
        return b""
    for said in results(text, message.at, codes, encoding):
        yield Tell(said)
    return text


def _discard(message: _Message) -> Iterator[Tell]:
    if message.text:
        yield Tell(Unread(Reason.INCOMPLETE, len(message.text), message.at))
