"""A staff member's card as a badge: recognised without its number being written anywhere.

What the settings hold is scrypt (RFC 7914) of the card's number, salted with the station's id, so that the
few numbers a person could have cannot be tried out in a moment. A badge calls nobody by name and opens
nothing but what a screen says; the staff area asks for more. ``python -m kiosk.badge STATION`` reads a number
from standard input and prints the line for the settings.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable

CARD = "card"
"""In place of a staff id, for a card that belongs to no account."""
COST = 2**14
"""RFC 7914 section 2: N for interactive use; about 50 ms and 16 MB here."""


def badge_of(number: str, station: str) -> str:
    """What the settings of ``station`` hold of the card with this number, in hex."""
    made = hashlib.scrypt(number.encode(), salt=station.encode(), n=COST, r=8, p=1, dklen=32)
    return made.hex()


class Badges:
    """The cards of staff: those of the settings and those of accounts. Lives on the thread that draws."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = dict.fromkeys(known, CARD)
        self._at_idle: Callable[[str], None] | None = None

    def on_laid(self, tell: Callable[[str], None]) -> None:
        """Take ``tell``: it hears of a badge that was laid while nobody was at the kiosk."""
        self._at_idle = tell

    def laid(self, badge: str) -> None:
        """A badge was laid while nobody was at the kiosk: somebody wants to come in."""
        if self._at_idle is not None:
            self._at_idle(badge)

    def learn(self, badge: str, staff: str) -> None:
        """The card of the account ``staff``; one without a card has an empty badge."""
        if badge:
            self._known[badge] = staff

    def owner(self, badge: str) -> str:
        """The id of the account this card is of; ``card`` for one that only the settings know."""
        return self._known.get(badge, CARD)

    def __contains__(self, badge: object) -> bool:
        """Whether it is a card of the staff."""
        return badge in self._known


if __name__ == "__main__":
    sys.stdout.write(badge_of(sys.stdin.readline().strip(), sys.argv[1]) + "\n")
