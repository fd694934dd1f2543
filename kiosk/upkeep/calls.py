"""Who came when staff were called: one line of the trail, for a finger prick as for an urgent value.

A card answers a call without a PIN, because a PIN takes the seconds that count. The line says whose card it
was; a card that only the settings know is ``card``.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kiosk.jobs import Job, Office, Rank
from kiosk.upkeep.audit import subject_of
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import note

CARD = "card"


@dataclass(frozen=True, slots=True)
class CallAnswered(Job[None]):
    """Note that a card with ``badge`` answered a call in ``visit``; ``called_at`` names the step."""

    rank: ClassVar[Rank] = Rank.COURIER
    badge: str
    visit: UUID
    called_at: str

    def do(self, office: Office) -> None:
        """Note it."""
        owner = office.ledger.book.owner_of(self.badge)
        who = CARD if owner is None else owner.id
        note(office, who, Act.CALL, subject_of(self.visit), self.called_at)
