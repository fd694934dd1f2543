"""What a PIN must be, and what of it is kept. How it is kept is ``pin_hash``.

It must not count tries: ``patience`` does, and it is written down before anything here is asked.
"""

import secrets
from itertools import pairwise

import msgspec

from devices.reading import Confidential
from kiosk.upkeep.errors import PinError
from kiosk.upkeep.pepper import Pepper

SHORTEST, LONGEST = 6, 12

_OFTEN = """
    520131 521131 131420 147258 258369 147369 159357 159753 357159 789456 456789 741852 963852 852741
    142536 135790 246810 100200 112358 314159 271828 123654 123789 321654 111222 112233 223344 334455
    445566 556677 667788 778899 001122 110110 110119 119119 120120 168168 188188 518518 666888 888666
    168888 686868 201314 520520 521521 131313 102030 101010 010203 147147 258258 369369 789789 123987
"""
# Keypad walks, lucky and loving numbers, emergency calls: our own list, from general knowledge.


class PinHash(Confidential, msgspec.Struct, frozen=True):
    """A PIN as it is kept, and the mark of the pepper it was made under."""

    text: str
    pepper: str


def require_good(pin: str) -> None:
    """Raises ``PinError`` with what to choose instead."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise PinError(f"A PIN is {SHORTEST} to {LONGEST} digits; choose another.")
    if is_guessed_first(pin):
        raise PinError("This PIN is one of those that are guessed first; choose another.")


def is_guessed_first(pin: str) -> bool:
    """Whether the digits repeat, come in pairs, run up or down, are two only, or are chosen often."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeats = any(pin == (pin[:n] * len(pin))[: len(pin)] for n in range(1, len(pin) // 2 + 1))
    pairs = pin[0::2] == pin[1::2]
    return (
        len(steps) == 1 or repeats or pairs or len(set(pin)) <= 2 or any(one in pin for one in _OFTEN.split())
    )


def require_same(kept: PinHash, pepper: Pepper) -> None:
    """Raises ``PinError`` if the PIN was kept under a pepper that is gone."""
    if not secrets.compare_digest(kept.pepper, pepper.mark):
        raise PinError(
            "The station's secret for PINs is another one; set new PINs with `kiosk staff pin ID`."
        )
