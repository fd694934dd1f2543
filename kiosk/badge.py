"""A staff member's card as a badge: recognised without its number being written anywhere.

What the settings hold is scrypt (RFC 7914) of the card's number, salted with the station's id, so that the
few numbers a person could have cannot be tried out in a moment. A badge calls nobody by name and opens
nothing but what a screen says; the staff area asks for more. ``python -m kiosk.badge STATION`` reads a number
from standard input and prints the line for the settings.
"""

import hashlib
import sys

COST = 2**14
"""RFC 7914 section 2: N for interactive use; about 50 ms and 16 MB here."""


def badge_of(number: str, station: str) -> str:
    """What the settings of ``station`` hold of the card with this number, in hex."""
    made = hashlib.scrypt(number.encode(), salt=station.encode(), n=COST, r=8, p=1, dklen=32)
    return made.hex()


if __name__ == "__main__":
    sys.stdout.write(badge_of(sys.stdin.readline().strip(), sys.argv[1]) + "\n")
