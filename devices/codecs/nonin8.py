"""Nonin serial format 8: four bytes once a second, of which only the first has its high bit set. No checksum.

Byte 0: 40 no finger, 20 searching, 10 low and 08 marginal perfusion, 04 artifact, two high bits of the
heart rate. Byte 1 the low ones, byte 2 the saturation. Byte 3: 08 sensor fault, 04 spot check, 02 critical,
01 low battery.
Source: drphrozen Format8; mdpnp devices/nonin.
"""

from devices.codecs.nonin import ACK, NAK, Pulse, pulse_of, rate_bytes, spo2_byte, spo2_of
from devices.framing import Cut, Frame, Kind
from devices.session import Reason, RefusedError

FORMAT = 8
FRAME_BYTES = 4
_FIRST, _NO_FINGER, _WEAK = 0x80, 0x40, 0x20 | 0x10 | 0x04
_FAULT, _BATTERY, _KNOWN = 0x08, 0x03, 0x0F


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Four bytes, the first with its high bit, the others without; ACK and NAK stand alone."""
    if not held[0] & _FIRST:
        return Cut(Kind.FRAME if held[:1] in (ACK, NAK) else Kind.JUNK, 1)
    for place in range(1, min(FRAME_BYTES, len(held))):
        if held[place] & _FIRST:
            return Cut(Kind.JUNK, place)
    return Cut(Kind.FRAME, FRAME_BYTES) if len(held) >= FRAME_BYTES else None


def parse(frame: Frame) -> Pulse:
    """What the clip sees. Raises ``RefusedError`` (shape, range)."""
    status, low, spo2, more = frame.data
    if more & ~_KNOWN:
        raise RefusedError(Reason.SHAPE)
    return Pulse(
        spo2_of(spo2),
        pulse_of(status, low),
        finger=not status & _NO_FINGER,
        weak=bool(status & _WEAK),
        fault=bool(more & _FAULT),
        low_battery=bool(more & _BATTERY),
    )


def build(said: Pulse) -> bytes:
    """The frame as the clip says it; ``weak`` as searching."""
    high, low = rate_bytes(said.pulse)
    status = _FIRST | (0 if said.finger else _NO_FINGER) | (0x20 if said.weak else 0) | high
    more = (_FAULT if said.fault else 0) | (0x01 if said.low_battery else 0)
    return bytes((status, low, spo2_byte(said.spo2), more))
