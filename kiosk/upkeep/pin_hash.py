"""How a PIN is kept: argon2id over the peppered digits.

The cost is argon2-cffi's default (RFC 9106 section 4, second choice: 64 MiB, 3 passes, 4 lanes), above what
OWASP asks for (19 MiB, 2, 1); a hash made at another cost is made anew at the next right PIN. Loaded where a
PIN is typed or given, and at no visit.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.upkeep.pepper import Pepper
from kiosk.upkeep.pin import PinHash

HASHER = PasswordHasher()
"""The cost of every hash that is made today."""


def hashed(pin: str, staff: str, pepper: Pepper, hasher: PasswordHasher = HASHER) -> PinHash:
    """The PIN of ``staff`` as it is kept. ``hasher`` is cheaper only where a PIN is public."""
    return PinHash(hasher.hash(pepper.over(staff, pin)), pepper.mark)


def holds(kept: PinHash, pin: str, staff: str, pepper: Pepper) -> bool:
    """Whether this is the PIN."""
    try:
        return HASHER.verify(kept.text, pepper.over(staff, pin))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: PinHash) -> bool:
    """Whether the hash was made at another cost than today's."""
    return HASHER.check_needs_rehash(kept.text)
