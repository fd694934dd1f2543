"""iBodyinfo BCM-H10 module: asked for weight, then for height, when the house says start.

The replies are read by a guessed table (see the codec), so what comes is unverified and ``stable`` is None. A
reply counts whoever asked for it. A question without a good answer is asked once more.
"""

from collections.abc import Generator, Iterator

from devices.codecs.bcm_h10 import GUESSED, MEASURE_HEIGHT, WEIGH, ZERO, ZEROED, look, parse, value
from devices.framing import Frame, Framer, Noise
from devices.reading import Quantity, Reading
from devices.session import (
    Complaint,
    Driver,
    RefusedError,
    Say,
    Sent,
    Start,
    Step,
    Tell,
    TimeUp,
    Unread,
    attend,
    hear,
    refuse_noise,
)

REPLY_SECONDS = 2.0
QUIET_SECONDS = 0.5
ASKED = 2
"""How often a question is asked."""

QUESTIONS = ((WEIGH, Quantity.BODY_WEIGHT), (MEASURE_HEIGHT, Quantity.BODY_HEIGHT))

Asking = Generator[Step, Sent, bool]


def framer() -> Framer:
    """Frames carry their length. What is cut off is given up well before the question is asked again."""
    return Framer(look, quiet=QUIET_SECONDS)


def driver() -> Driver:
    """Measures when told to, zeroes when told to; tells weight and height."""
    while True:
        heard = yield from attend()
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        elif isinstance(heard, Frame):
            yield from _tell(heard)
        elif isinstance(heard, Start):
            yield from _measure()
        elif not (yield from _ask(ZERO, ZEROED)):
            yield Tell(Complaint("no_answer", 0, 0))


def _measure() -> Driver:
    for question, kind in QUESTIONS:
        wanted = next(reply for reply, meaning in GUESSED.items() if meaning.kind is kind)
        if not (yield from _ask(question, wanted)):
            yield Tell(Complaint("no_answer", 0, 0))
            return


def _ask(question: bytes, wanted: int) -> Asking:
    """Whether a good frame with the id ``wanted`` came. What it says is told."""
    for _ in range(ASKED):
        yield Say(question)
        if (yield from _await(wanted)):
            return True
    return False


def _await(wanted: int) -> Asking:
    keep = False
    while True:
        try:
            heard = yield from hear(REPLY_SECONDS, keep=keep)
        except TimeUp:
            return False
        keep = True
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        elif (yield from _tell(heard)) == wanted:
            return True


def _tell(frame: Frame) -> Generator[Tell, None, int | None]:
    """Tells what the frame says; hands back its id if its checksum holds."""
    known = None
    try:
        said = parse(frame)
        known = said.id
        if known == ZEROED:
            yield from _zeroed(said.data, frame)
            return known
        meaning, number = value(said)
    except RefusedError as error:
        yield Tell(Unread(error.reason, len(frame.data), frame.at, error.detail))
        return known
    yield Tell(Reading(meaning.kind, number, meaning.unit, frame=frame.data))
    return known


def _zeroed(data: bytes, frame: Frame) -> Iterator[Tell]:
    if data != b"\x01":
        yield Tell(Complaint("zero_error", len(frame.data), frame.at))
