"""How a relay at a serial line is closed: a word of the settings, apart from the driver that opens ports."""

from enum import StrEnum


class RelayKind(StrEnum):
    """An output of the adapter itself, or the four bytes of a USB relay (``devices.relay``)."""

    RTS = "rts"
    DTR = "dtr"
    LC = "lc"
