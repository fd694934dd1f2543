"""Names for visits and envelopes that no two stations ever give twice.

UUID version 7 (RFC 9562 §5.7): the time in milliseconds, then 74 random bits. They sort roughly by time and
say nothing of a person. An id never proves order: the station's sequence does.
"""

import secrets
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id(at_ms: int | None = None) -> UUID:
    """A fresh UUIDv7. ``at_ms`` is Unix time in milliseconds, by default the clock's."""
    ms = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    chance = secrets.randbits(74)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return UUID(int=(ms & ((1 << 48) - 1)) << 80 | _VERSION | high << 64 | _VARIANT | low)
