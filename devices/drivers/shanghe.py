"""Shanghe SH series height and weight: one line when a measurement is complete.

Both values of a line count or neither does: a line half of which is impossible was misread.
"""

from devices.codecs.shanghe import look, parse
from devices.drivers.listening import hear_said
from devices.framing import Framer
from devices.reading import Quantity, Reading
from devices.session import Driver, Tell


def framer() -> Framer:
    """Pieces of 20 bytes from a Bluetooth bridge come within 1.2 s of each other."""
    return Framer(look)


def driver() -> Driver:
    """Listens for ever; tells weight, then height."""
    while True:
        standing, heard = yield from hear_said(parse)
        yield Tell(Reading(Quantity.BODY_WEIGHT, standing.weight, "kg", stable=True, frame=heard.data))
        yield Tell(Reading(Quantity.BODY_HEIGHT, standing.height, "cm", stable=True, frame=heard.data))
