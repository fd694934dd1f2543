"""Identity card reader (SAM/SDT): asks for a card, selects it, reads its text.

The driver answers to what a reply is, not to what it expected, so a reader that was switched off in between
needs no special path. One card laid down is told once, until the reader has seen it go or has read another.
No frame is kept and none is told: a refused reply is a length and a word.
"""

from collections.abc import Generator

from devices.codecs.sam import (
    FIND,
    FOUND,
    NO_CARD,
    OK,
    READ,
    SELECT,
    SELECTED_DATA,
    Reply,
    look,
    parse,
    read_card,
)
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.session import (
    Complaint,
    Driver,
    RefusedError,
    Say,
    Step,
    Tell,
    TimeUp,
    Working,
    hear,
    refuse_noise,
)

POLL_SECONDS = 0.3
"""Between two questions for a card."""

REPLY_SECONDS = 3.0
"""Longest wait for a reply; 1295 bytes take 0.12 s at 115200 baud, the card's own reading about 1 s."""


def framer() -> Framer:
    """Replies carry their length."""
    return Framer(look)


def driver() -> Driver:
    """Polls for ever; tells each card once."""
    within = REPLY_SECONDS
    noisy = False
    yield Say(FIND)
    while True:
        try:
            heard = yield from hear(within, keep=noisy)
        except TimeUp:
            within, noisy = REPLY_SECONDS, False
            yield Say(FIND)
            continue
        noisy = isinstance(heard, Noise)
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        else:
            within = yield from _answer(heard)


def _answer(frame: Frame) -> Generator[Step, Frame | Noise | None, float]:
    """Says what comes next; hands back how long to wait for it."""
    try:
        reply = parse(frame)
        if reply.status == OK and reply.data != SELECTED_DATA:
            yield Tell(read_card(reply))
            return POLL_SECONDS
    except RefusedError as error:
        yield refuse(error, frame)
        return POLL_SECONDS
    return (yield from _go_on(reply, frame))


def _go_on(reply: Reply, frame: Frame) -> Generator[Step, Frame | Noise | None, float]:
    if reply.status == FOUND:
        yield Tell(Working("card_found"))
        yield Say(SELECT)
        return REPLY_SECONDS
    if reply.status == OK:
        yield Say(READ)
        return REPLY_SECONDS
    if reply.status != NO_CARD:
        yield Tell(Complaint(f"card_{reply.status[-1]:02x}", len(frame.data), frame.at))
    return POLL_SECONDS
