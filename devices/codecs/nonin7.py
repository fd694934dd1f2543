"""Nonin serial format 7: 75 frames a second, ``status pleth pleth data SUM``; 25 of them are one packet.

Status: 80 always, 40 no finger, 20 artifact, 10 searching, 08 sensor alarm, 04 red and 02 green perfusion,
01 on the first frame of a packet. SUM is the sum of the four bytes before it. The data bytes of a packet,
from 0: 7 flags (01 low battery), 16 saturation for display, 21 and 22 heart rate for display, both of eight
beats.
Source: mdpnp devices/nonin; Pufferfish.
"""

from devices.codecs.nonin import ACK, NAK, Pulse, pulse_of, rate_bytes, spo2_byte, spo2_of
from devices.framing import Cut, Frame, Kind

FORMAT = 7
FRAME_BYTES = 5
PACKET_FRAMES = 25
_ALWAYS, _NO_FINGER, _ARTIFACT, _SEARCHING, _ALARM, _RED, _GREEN, _SYNC = (0x80 >> bit for bit in range(8))
_FLAGS, _SPO2, _HIGH, _LOW = 7, 16, 21, 22
_PLETH = bytes((0x80, 0x00))


def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
    """Five bytes that begin with a high bit and end with their sum: nothing else marks a frame."""
    if held[0] & _ALWAYS:
        if len(held) < FRAME_BYTES:
            return None
        good = sum(held[: FRAME_BYTES - 1]) % 256 == held[FRAME_BYTES - 1]
        return Cut(Kind.FRAME, FRAME_BYTES) if good else Cut(Kind.JUNK, 1)
    return Cut(Kind.FRAME if held[:1] in (ACK, NAK) else Kind.JUNK, 1)


def first(frame: Frame) -> bool:
    """Whether a packet begins with it."""
    return bool(frame.data[0] & _SYNC)


def parse(frames: list[Frame]) -> Pulse:
    """What the clip sees, of the 25 frames of one packet. Raises ``RefusedError`` (range)."""
    data = [frame.data[3] for frame in frames]
    states = [frame.data[0] for frame in frames]
    seen = 0
    for state in states:
        seen |= state
    bloodless = any(state & _RED and not state & _GREEN for state in states)
    return Pulse(
        spo2_of(data[_SPO2]),
        pulse_of(data[_HIGH], data[_LOW]),
        finger=not seen & _NO_FINGER,
        weak=bool(seen & (_ARTIFACT | _SEARCHING)) or bloodless,
        fault=bool(seen & _ALARM),
        low_battery=bool(data[_FLAGS] & 0x01),
    )


def build(said: Pulse) -> bytes:
    """The 125 bytes of one packet; ``weak`` as searching."""
    data = [0] * PACKET_FRAMES
    data[_FLAGS] = 0x01 if said.low_battery else 0
    data[0], data[1] = data[19], data[20] = data[_HIGH], data[_LOW] = rate_bytes(said.pulse)
    for place in (2, 8, _SPO2):
        data[place] = spo2_byte(said.spo2)
    state = _ALWAYS | (_SEARCHING if said.weak else _GREEN)
    state |= (0 if said.finger else _NO_FINGER) | (_ALARM if said.fault else 0)
    return b"".join(_frame(state | (0 if place else _SYNC), byte) for place, byte in enumerate(data))


def _frame(state: int, byte: int) -> bytes:
    body = bytes((state,)) + _PLETH + bytes((byte,))
    return body + bytes((sum(body) % 256,))
