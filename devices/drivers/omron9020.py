"""OMRON HBP-9020 in mode 5: one line after every measurement, nothing else."""

from devices.codecs.lines import line_look
from devices.codecs.omron9020 import LIMIT, blanked, parse
from devices.drivers.pressure import listening
from devices.framing import Framer
from devices.session import Driver


def framer() -> Framer:
    """Lines."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Listens for ever; tells systolic, diastolic, pulse."""
    return listening(parse, blanked)
