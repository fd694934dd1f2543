"""The queue for the clinic, as staff may see it: kinds, times and answers, and nothing that was sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from health.envelope import Kind
from kiosk.jobs import Job, Office, Rank

MOST = 60


@dataclass(frozen=True, slots=True)
class Queued:
    """One envelope that waits: since when (aware UTC), how often it was offered, and the clinic's answer."""

    kind: Kind
    since: datetime
    tries: int
    status: int | None


@dataclass(frozen=True, slots=True)
class ListWaiting(Job["tuple[Queued, ...]"]):
    """What waits, in the order it will be sent; at most ``MOST``."""

    rank: ClassVar[Rank] = Rank.COURIER

    def do(self, office: Office) -> tuple[Queued, ...]:
        """Look it up."""
        return tuple(Queued(*row) for row in office.ledger.queue(MOST))
