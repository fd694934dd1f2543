"""Health o meter scales whose firmware streams unlocked weights: 597/599/752KL 3.1.12, 600KL 3.2.02.

The packet is the usual one; only the meaning of its weight differs, and H may be garbage, so it is not told.
"""

from decimal import Decimal

from devices.codecs.load import Load
from devices.codecs.pelstar import blanked, look, read
from devices.drivers.settling import settling
from devices.framing import Frame, Framer
from devices.session import Driver


def framer() -> Framer:
    """Packets carry their own begin and end."""
    return Framer(look)


def driver() -> Driver:
    """Tells live weights and those that settled."""
    return settling(_load, blanked)


def _load(frame: Frame) -> Load:
    packet = read(frame)
    return Load(packet.weight or Decimal(0), "kg" if packet.metric else "lb")
