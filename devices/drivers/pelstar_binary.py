"""Pelstar chair scales with the binary packet, and Doran scales in mode FH."""

from devices.codecs.pelstar_binary import look, parse
from devices.drivers.settling import settling
from devices.framing import Framer
from devices.session import Driver


def framer() -> Framer:
    """Packets end by CR."""
    return Framer(look)


def driver() -> Driver:
    """Tells live weights and those that settled."""
    return settling(parse)
