"""PN532: the number of a contactless card, told once until the card has gone.

A number is no secret and can be copied: it may open a greeting, never a door. Nothing but the number is
asked for.
"""

from collections.abc import Generator, Iterator

import msgspec

from devices.codecs.pn532 import (
    ACK,
    CONFIGURE,
    CONFIGURED,
    ERROR,
    FOUND,
    LIST,
    READER,
    WAKE,
    Reply,
    chip,
    look,
    parse,
)
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.reading import Code
from devices.session import (
    Complaint,
    Driver,
    RefusedError,
    Say,
    Sent,
    Step,
    Tell,
    TimeUp,
    hear,
    refuse_noise,
)

POLL_SECONDS = 0.3
"""From one answer to the next question."""

GONE_SECONDS = 1.0
"""Without an answer for so long there is no card, or no reader: everything begins anew."""

QUIET_SECONDS = 0.5


class _Reader(msgspec.Struct):
    """The card that was told last; ``resting`` between an answer and the next question."""

    last: Code | None = None
    resting: bool = False

    @property
    def within(self) -> float:
        return POLL_SECONDS if self.resting else GONE_SECONDS

    def ask(self) -> Iterator[Say]:
        """The next question; without an answer to the last one, from the beginning."""
        if self.resting:
            yield Say(LIST)
        else:
            self.last = None
            yield Say(ACK + WAKE + CONFIGURE)
        self.resting = False

    def hear(self, reply: Reply, frame: Frame) -> Iterator[Say | Tell]:
        """What a reply means. Raises ``RefusedError``."""
        if reply.sender == ERROR:
            self.resting = True
            yield Tell(Complaint("reader_error", len(frame.data), frame.at))
        elif reply.sender != READER:
            return
        elif reply.command == CONFIGURED:
            self.resting = False
            yield Say(LIST)
        elif reply.command == FOUND:
            self.resting = True
            code = chip(reply)
            if code is not None and code != self.last:
                yield Tell(code)
            self.last = code


def framer() -> Framer:
    """Frames carry their length."""
    return Framer(look, quiet=QUIET_SECONDS)


def driver() -> Driver:
    """Asks for ever; tells each card once."""
    reader = _Reader()
    noisy = False
    yield Say(WAKE + CONFIGURE)
    while True:
        try:
            heard = yield from hear(reader.within, keep=noisy)
        except TimeUp:
            noisy = False
            yield from reader.ask()
            continue
        noisy = isinstance(heard, Noise)
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        else:
            yield from _answer(heard, reader)


def _answer(frame: Frame, reader: _Reader) -> Generator[Step, Sent, None]:
    try:
        reply = parse(frame)
        if reply is not None:
            yield from reader.hear(reply, frame)
    except RefusedError as error:
        reader.resting = True
        yield refuse(error, frame, error.detail)
