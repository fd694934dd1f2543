"""The GRIP line of a load-cell dynamometer: live force while squeezing, the peak at its end.

Live values are for the eye only (``stable`` False); which of several squeezes counts is not decided here.
"""

from devices.codecs.grip import LIMIT, parse
from devices.codecs.lines import line_look
from devices.framing import Framer, Noise
from devices.reading import Reading
from devices.session import Driver, RefusedError, Tell, Unread, hear, refuse_noise


def framer() -> Framer:
    """Lines with a checksum."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Listens for ever; tells every line's force, the peak as stable."""
    while True:
        heard = yield from hear()
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
            continue
        try:
            grip = parse(heard)
        except RefusedError as error:
            yield Tell(Unread(error.reason, len(heard.data), heard.at))
            continue
        yield Tell(Reading(grip.kind, grip.kg, "kg", stable=grip.peak, frame=heard.data))
