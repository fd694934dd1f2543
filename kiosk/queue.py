"""The queue for the clinic, as staff may see it: kinds, times and answers, and nothing that was sealed."""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.jobs import Job, Office, Rank
from kiosk.store.reckoning import Queued

MOST = 60


@dataclass(frozen=True, slots=True)
class ListWaiting(Job[tuple[Queued, ...]]):
    """What waits, in the order it will be sent; at most ``MOST``."""

    rank: ClassVar[Rank] = Rank.COURIER

    def do(self, office: Office) -> tuple[Queued, ...]:
        """Look it up."""
        return office.ledger.queue(MOST)
