"""The host as E1381 sender: bids for the line, sends one message, yields whenever the instrument wants it.

Source: LIS01-A2 6.2 and 6.3, for the side that loses every contention.
"""

from collections.abc import Generator
from enum import Enum, auto

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, Block, blocks, build
from devices.framing import Frame
from devices.session import Say, Sent, Step, TimeUp, hear, refuse_noise

REPLY_SECONDS = 15.0
"""LIS01-A2 6.2.4 and 6.3.2: without an answer for so long the sender gives up."""

BUSY_SECONDS = 10.0
"""LIS01-A2 6.2.3: least time behind a NAK to the bid."""

CONTENTION_SECONDS = 20.0
"""LIS01-A2 6.2.7: the host waits so long for the instrument that bid with it."""

TRIES = 6
"""LIS01-A2 6.5.1.2: so often one frame is refused before the sender gives up."""


class Outcome(Enum):
    """What became of a message. ``CONTENDED``: the instrument bids too and has the line."""

    SENT = auto()
    BUSY = auto()
    CONTENDED = auto()
    FAILED = auto()


Sending = Generator[Step, Sent, Outcome]


def send(records: tuple[bytes, ...]) -> Sending:
    """Bids once; sends the message where the instrument agrees. Never bids again by itself."""
    yield Say(ENQ)
    reply = yield from _reply((ACK, NAK, ENQ))
    if reply == NAK:
        return Outcome.BUSY
    if reply == ENQ:
        return Outcome.CONTENDED
    sent = Outcome.FAILED if reply is None else (yield from _deliver(blocks(records)))
    yield Say(EOT)
    return sent


def _deliver(message: tuple[Block, ...]) -> Sending:
    for block in message:
        for _ in range(TRIES):
            yield Say(build(block))
            reply = yield from _reply((ACK, NAK, EOT))
            if reply != NAK:
                break
        else:
            return Outcome.FAILED
        if reply is None:
            return Outcome.FAILED
        if reply == EOT:  # taken, but the instrument wants the line: what is left is not sent
            return Outcome.SENT if block is message[-1] else Outcome.CONTENDED
    return Outcome.SENT


def _reply(wanted: tuple[bytes, ...]) -> Generator[Step, Sent, bytes | None]:
    """The instrument's answer, None after 15 s, which nothing else puts off."""
    keep = False
    while True:
        try:
            heard = yield from hear(REPLY_SECONDS, keep=keep)
        except TimeUp:
            return None
        keep = True
        if not isinstance(heard, Frame):
            yield refuse_noise(heard)
        elif heard.data in wanted:
            return heard.data
