"""What the serial formats of Nonin oximeters share: a pulse as the clip sees it, and the choice of a format.

How a format puts it on the wire is each format's own affair. The two parts of the heart rate are seven low
bits and two high ones; a value of all ones is no value.
Source: mdpnp devices/nonin; drphrozen Format8; Pufferfish. Two public readers join the heart rate wrongly.
"""

from decimal import Decimal

import msgspec

from devices.codecs.numbers import fence

ACK, NAK = b"\x06", b"\x15"
SPO2 = fence("30", "100")
"""Percent. Below 50 no finger oximeter is calibrated; the fence tells bytes out of step, no illness."""

PULSE = fence("18", "321")
"""Beats a minute: the range of the instruments."""

NO_SPO2, NO_PULSE = 127, 511


class Pulse(msgspec.Struct, frozen=True):
    """Percent and beats a minute, each None where missing. ``weak``: searching, moved or hardly any blood."""

    spo2: Decimal | None
    pulse: Decimal | None
    finger: bool = True
    weak: bool = False
    fault: bool = False
    low_battery: bool = False


def choose(format_number: int) -> bytes:
    """The command that selects a format; the instrument answers ACK or NAK."""
    return bytes((0x02, 0x70, 0x02, 0x02, format_number, 0x03))


def spo2_of(byte: int) -> Decimal | None:
    """Percent or None. Raises ``RefusedError`` (range)."""
    return None if byte & 0x7F == NO_SPO2 else SPO2.check(Decimal(byte & 0x7F))


def pulse_of(high: int, low: int) -> Decimal | None:
    """Beats a minute or None. Raises ``RefusedError`` (range)."""
    rate = (high & 0x03) << 7 | low & 0x7F
    return None if rate == NO_PULSE else PULSE.check(Decimal(rate))


def rate_bytes(pulse: Decimal | None) -> tuple[int, int]:
    """The two high bits and the seven low ones."""
    rate = NO_PULSE if pulse is None else int(pulse)
    return rate >> 7, rate & 0x7F


def spo2_byte(spo2: Decimal | None) -> int:
    """The reverse of ``spo2_of``."""
    return NO_SPO2 if spo2 is None else int(spo2)
