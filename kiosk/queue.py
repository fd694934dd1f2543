"""The queue for the clinic, as staff may see it: kinds, times and answers, and nothing that was sealed."""

from typing import ClassVar

from health.wire import STRANGER, Delivery
from kiosk.courier.events import Trouble
from kiosk.jobs import Job, Office, Rank
from kiosk.store.reckoning import Queued

MOST = 60


def word_of(one: Queued, trouble: Trouble | None) -> str:
    """The end of the key ``backroom.delivery.why.…`` that says why ``one`` waits; ``trouble`` of the link."""
    if one.status == Delivery.HELD:
        return "held"
    if one.status in STRANGER:
        return Trouble.STRANGER
    if one.status is not None:
        return "refused"
    return trouble or "not_tried"


class ListWaiting(Job[tuple[Queued, ...]], frozen=True):
    """What waits, in the order it will be sent; at most ``MOST``."""

    rank: ClassVar[Rank] = Rank.COURIER

    def do(self, office: Office) -> tuple[Queued, ...]:
        """Look it up."""
        return office.ledger.queue(MOST)
