"""Packets of the Vernier Go Direct hand dynamometer GDX-HD, as pure functions: no port here speaks to one.

Command ``58 LEN CTR CS CMD [payload]``: LEN is the whole packet, CTR goes down from FE with each, CS is the
sum of all other bytes, modulo 256. Measurement ``20 LEN - - 06 MASK MASK COUNT - values``: the mask of
channels, how many float32 values, all little-endian. Newtons; which hand squeezed it cannot know. What stands
at the dashes was not verified and is not looked at. Why no catalogue has it: docs/decisions/0014.
Source: VernierST/godirect-py, read for its facts.
"""

import math
import struct
from decimal import Decimal

import msgspec

from devices.codecs.numbers import fence, tenths
from devices.session import Reason, RefusedError

VENDOR, PRODUCT = 0x08F7, 0x0010
COMMAND, MEASUREMENT, VALUES = 0x58, 0x20, 0x06
FIRST_COUNTER = 0xFE
_HEAD = 5
_AFTER_MASK = 9

INIT, STATUS, INFO, AVAILABLE, DEFAULT, SENSOR = 0x1A, 0x10, 0x55, 0x51, 0x56, 0x50
PERIOD, START, STOP, DISCONNECT = 0x1B, 0x18, 0x19, 0x54
INIT_PAYLOAD = bytes.fromhex("a54a06490748084709460a450b440c430d420e41")

FORCE_N = fence("-50", "900")
"""The handle is sold up to 600 N; a little below zero is its drift."""

_N_PER_KGF = Decimal("9.80665")


class Forces(msgspec.Struct, frozen=True):
    """Newtons of one channel, oldest first; ``mask`` says which channels the packet holds."""

    mask: int
    newtons: tuple[Decimal, ...]


def command(code: int, counter: int, payload: bytes = b"") -> bytes:
    """One command with its checksum, without the report's padding."""
    head = bytes((COMMAND, _HEAD + len(payload), counter))
    total = sum(head) + code + sum(payload)
    return head + bytes((total % 256, code)) + payload


def period(counter: int, microseconds: int) -> bytes:
    """How long from one value to the next."""
    return command(PERIOD, counter, b"\xff\x00" + microseconds.to_bytes(4, "little") + bytes(4))


def start(counter: int, mask: int) -> bytes:
    """Measure on these channels until told to stop."""
    return command(START, counter, b"\xff\x01" + mask.to_bytes(4, "little") + bytes(8))


def stop(counter: int) -> bytes:
    """Stop on all channels."""
    return command(STOP, counter, b"\xff\x00" + b"\xff" * 4)


def measurement(packet: bytes) -> Forces:
    """The values of one packet. Raises ``RefusedError`` (shape, no value, range)."""
    if len(packet) < _AFTER_MASK or packet[0] != MEASUREMENT or packet[1] != len(packet):
        raise RefusedError(Reason.SHAPE)
    mask, count = int.from_bytes(packet[5:7], "little"), packet[7]
    if packet[4] != VALUES or mask.bit_count() != 1 or len(packet) != _AFTER_MASK + 4 * count:
        raise RefusedError(Reason.SHAPE)
    values = struct.unpack(f"<{count}f", packet[_AFTER_MASK:])
    if not all(math.isfinite(value) for value in values):
        raise RefusedError(Reason.NO_VALUE)
    return Forces(mask, tuple(FORCE_N.check(Decimal(f"{value:.2f}")) for value in values))


def kilograms(newtons: Decimal) -> Decimal:
    """As grip strength is written down: kilograms of force, one decimal, half up."""
    return tenths(newtons / _N_PER_KGF)


def build(mask: int, newtons: tuple[float, ...]) -> bytes:
    """A measurement packet, noughts where nothing was verified."""
    values = struct.pack(f"<{len(newtons)}f", *newtons)
    head = bytes((MEASUREMENT, _AFTER_MASK + len(values), 0, 0, VALUES))
    return head + mask.to_bytes(2, "little") + bytes((len(newtons), 0)) + values
