"""Somebody else's card in the middle of a visit: asked about, never mixed in.

Whoever lays it may be the other one of a couple, or a curious neighbour. It is asked once; no answer means
that the other one stands here now. It must not look into the card: that goes to the arrival like any other,
once the visit before it has ended.
"""

from devices.reading import Card
from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import TABLE, WARNING
from kiosk.views import Overlay

NOT_AT = frozenset({Step.IDLE, Step.GOODBYE, Step.URGENT, Step.ANSWERED})
"""Steps at which it is not asked: nobody is here, or somebody is in danger and that comes first."""


class OtherCard:
    """The question, and who comes after it."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._next: Card | None = None

    def laid(self, card: Card) -> None:
        """A card was laid at a step that takes none: her own says nothing new, another one is asked about."""
        sitting = self._at.sitting
        may_end = Happening.GONE in TABLE[self._at.step].leads and self._at.step not in NOT_AT
        if not may_end or card.number == sitting.visit.resident.identity:
            return
        sitting.other_card = card
        sitting.overlay, sitting.overlay_since = Overlay.OTHER_CARD, self._at.clock.monotonic()

    def answer(self, choice: Choice) -> None:
        """She goes on, or the owner of that card begins."""
        sitting = self._at.sitting
        if choice is Choice.CHANGE:
            self._next = sitting.other_card
        sitting.other_card = None

    def tick(self) -> None:
        """Nobody answered: whoever laid the card stands here."""
        sitting = self._at.sitting
        asks = sitting.overlay is Overlay.OTHER_CARD
        if asks and self._at.clock.read_over(sitting.overlay_since, WARNING):
            self.answer(Choice.CHANGE)

    def takes_over(self) -> Card | None:
        """Whose visit begins now in place of this one; said once."""
        card, self._next = self._next, None
        return card
