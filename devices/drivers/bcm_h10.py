"""iBodyinfo BCM-H10 module: asked for weight, then for height, when the house says start.

The replies are read by a guessed table (see the codec), so what comes is unverified and ``stable`` is None. A
reply counts whoever asked for it. A question without a good answer is asked once more.
"""

from collections.abc import Generator, Iterator

from devices.codecs.bcm_h10 import GUESSED, MEASURE_HEIGHT, WEIGH, ZERO, ZEROED, Said, look, parse, value
from devices.drivers.listening import refuse
from devices.drivers.weighing import EMPTY, NEAR_ZERO
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
    Working,
    Zero,
    attend,
    hear,
    refuse_noise,
)

REPLY_SECONDS = 2.0
QUIET_SECONDS = 0.5
ASKED = 2
"""How often a question is asked."""

WORD = 2
"""Bytes of a number."""

EMPTY_TENTHS = int(NEAR_ZERO * 10)
EMPTIED = -1
"""In place of a reply's id: the platform is empty, so there is no height to ask for either."""

QUESTIONS = ((WEIGH, Quantity.BODY_WEIGHT), (MEASURE_HEIGHT, Quantity.BODY_HEIGHT))

Asking = Generator[Step, Sent, int | None]


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
        elif not isinstance(heard, Zero):
            yield Tell(Complaint("not_now", 0, 0))
        elif (yield from _ask(ZERO, ZEROED)) is None:
            yield Tell(Complaint("no_answer", 0, 0))


def _measure() -> Driver:
    for question, kind in QUESTIONS:
        wanted = next(reply for reply, meaning in GUESSED.items() if meaning.kind is kind)
        got = yield from _ask(question, wanted)
        if got is None:
            yield Tell(Complaint("no_answer", 0, 0))
        if got != wanted:
            return


def _ask(question: bytes, wanted: int) -> Asking:
    """The id of the good frame that came, ``EMPTIED`` for an empty platform, or None. It is told."""
    for _ in range(ASKED):
        yield Say(question)
        got = yield from _await(wanted)
        if got is not None:
            return got
    return None


def _await(wanted: int) -> Asking:
    keep = False
    while True:
        try:
            heard = yield from hear(REPLY_SECONDS, keep=keep)
        except TimeUp:
            return None
        keep = True
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        elif (got := (yield from _tell(heard))) in (wanted, EMPTIED):
            return got


def _tell(frame: Frame) -> Generator[Tell, None, int | None]:
    """Tells what the frame says; hands back its id if its checksum holds."""
    known = None
    try:
        said = parse(frame)
        known = said.id
        if known == ZEROED:
            yield from _zeroed(said.data, frame)
            return known
        if _nobody(said):
            yield Tell(Working(EMPTY))
            return EMPTIED
        meaning, number = value(said)
    except RefusedError as error:
        yield refuse(error, frame, error.detail)
        return known
    yield Tell(Reading(meaning.kind, number, meaning.unit, frame=frame.data))
    return known


def _nobody(said: Said) -> bool:
    """Whether this is the weight of an empty platform. By the guessed table, as everything behind a reply."""
    meaning = GUESSED.get(said.id)
    return (
        meaning is not None
        and meaning.kind is Quantity.BODY_WEIGHT
        and len(said.data) == WORD
        and int.from_bytes(said.data, "big") <= EMPTY_TENTHS
    )


def _zeroed(data: bytes, frame: Frame) -> Iterator[Tell]:
    if data != b"\x01":
        yield Tell(Complaint("zero_error", len(frame.data), frame.at))
