"""Calls of staff in the trail: made, answered by whose card, and what came of it.

A card answers a call without a PIN, because a PIN takes the seconds that count. The line says whose card it
was; a card that only the settings know is ``card``. From these lines a call that nobody answered is found
again after a power cut.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from health.visit import CallOutcome
from kiosk.badge import CARD
from kiosk.calling.calls import Reason
from kiosk.events import CallStoodOpen
from kiosk.jobs import Job, Office, Rank
from kiosk.upkeep.audit import Line, subject_of
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import note

STATION = "station"
CALLED, CLOSED = "called:", "closed:"
LOOKED_AT = 200
"""Lines of the trail among which a call that still stands is looked for."""
STANDS = timedelta(hours=2)
"""How long after it was made a call for a value is taken up again; by then she was found or went home."""


class CallRaised(Job[None], frozen=True):
    """Note that ``visit`` called staff for ``reason`` at ``step``."""

    rank: ClassVar[Rank] = Rank.ALARM
    visit: UUID | None
    reason: Reason
    step: str

    def do(self, office: Office) -> None:
        """Note it."""
        note(office, STATION, Act.CALL, _subject(self.visit), f"{CALLED}{self.reason.word}:{self.step}")


class CallAnswered(Job[None], frozen=True):
    """Note that a card with ``badge`` answered a call in ``visit``; ``called_at`` names the step."""

    rank: ClassVar[Rank] = Rank.COURIER
    badge: str
    visit: UUID | None
    called_at: str

    def do(self, office: Office) -> None:
        """Note it."""
        owner = office.ledger.book.owner_of(self.badge)
        who = CARD if owner is None else owner.id
        note(office, who, Act.CALL, _subject(self.visit), self.called_at)


class CallClosed(Job[None], frozen=True):
    """Note what came of the call of ``visit``."""

    rank: ClassVar[Rank] = Rank.COURIER
    visit: UUID | None
    outcome: CallOutcome

    def do(self, office: Office) -> None:
        """Note it."""
        note(office, STATION, Act.CALL, _subject(self.visit), CLOSED + self.outcome)


class LookForCall(Job[None], frozen=True):
    """After a start: tell of a call for a value that nobody answered before the station went out."""

    def do(self, office: Office) -> None:
        """Look and tell."""
        since = stood_open(office.ledger.book.last_lines(LOOKED_AT))
        moment = office.now()
        if since is not None and not (moment.trusted and moment.wall - since > STANDS):
            office.tell(CallStoodOpen(since))


def _subject(visit: UUID | None) -> str:
    return "" if visit is None else subject_of(visit)


def stood_open(newest_first: Sequence[Line]) -> datetime | None:
    """When the last call for a value was made, aware UTC; None where there was none, or somebody came."""
    for line in newest_first:
        if line.act != Act.CALL:
            continue
        if line.result.startswith(f"{CALLED}{Reason.URGENT.word}"):
            return datetime.fromisoformat(line.at)
        if line.who != STATION or line.result.startswith(CLOSED):
            return None
    return None
