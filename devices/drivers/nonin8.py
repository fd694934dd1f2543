"""A Nonin oximeter in serial format 8: saturation and pulse once a second."""

from devices.codecs.nonin import NAK, choose
from devices.codecs.nonin8 import FORMAT, FRAME_BYTES, look, parse
from devices.drivers.finger import Finger
from devices.drivers.listening import refuse
from devices.framing import Framer, Noise
from devices.session import (
    Complaint,
    Driver,
    RefusedError,
    Say,
    Tell,
    TimeUp,
    hear,
    refuse_noise,
)

SILENCE_SECONDS = 5.0
"""Without a frame for so long the format is asked for again."""


def framer() -> Framer:
    """Four bytes."""
    return Framer(look)


def driver() -> Driver:
    """Asks for format 8, then listens for ever."""
    finger = Finger(per_second=1)
    yield Say(choose(FORMAT))
    while True:
        try:
            heard = yield from hear(SILENCE_SECONDS)
        except TimeUp:
            finger = Finger(per_second=1)
            yield Say(choose(FORMAT))
            continue
        if isinstance(heard, Noise):
            finger.interrupted()
            yield refuse_noise(heard)
        elif len(heard.data) < FRAME_BYTES:
            if heard.data == NAK and finger.live is None:
                yield Tell(Complaint("format_refused", len(heard.data), heard.at))
        else:
            try:
                said = parse(heard)
            except RefusedError as error:
                finger.interrupted()
                yield refuse(error, heard)
                continue
            yield from finger.hear(said, heard)
