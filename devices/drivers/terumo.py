"""Terumo BP-500, BR-500, ES-P2020: one frame after every measurement, ended by ETX and a checksum."""

from devices.codecs.terumo import blanked, look, parse
from devices.drivers.pressure import listening
from devices.framing import Framer
from devices.session import Driver


def framer() -> Framer:
    """STX to the byte behind ETX."""
    return Framer(look)


def driver() -> Driver:
    """Listens for ever; tells systolic, diastolic, pulse."""
    return listening(parse, blanked)
