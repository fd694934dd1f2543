"""The GRIP line of a load-cell dynamometer: live force while squeezing, the peak at its end.

Live values are for the eye only (``stable`` False); which of several squeezes counts is not decided here.
"""

from devices.codecs.grip import LIMIT, parse
from devices.codecs.lines import line_look
from devices.drivers.listening import hear_said
from devices.framing import Framer
from devices.reading import Reading
from devices.session import Driver, Tell


def framer() -> Framer:
    """Lines with a checksum."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Listens for ever; tells every line's force, the peak as stable."""
    while True:
        grip, heard = yield from hear_said(parse)
        yield Tell(Reading(grip.kind, grip.kg, "kg", stable=grip.peak, frame=heard.data))
