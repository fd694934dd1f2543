"""A clinic that lost what it had is given it again: all the station keeps of what was taken waits anew.

It is for this that an envelope stays for a while after the clinic has it. What the clinic has after all it
knows by its id and hash, so once too often is harmless. This decides nothing: the clinic says, signed, that
it went back to a copy, or somebody here let the station believe its new keys.
"""

import logging
from pathlib import Path
from typing import ClassVar

import msgspec

from kiosk.desk import Desk
from kiosk.jobs import Job, Office, Rank
from kiosk.pinned import enrolled_in, remember

_LONGEST_S = 30.0
_log = logging.getLogger(__name__)


class OfferAgain(Job[int], frozen=True):
    """Let all that was taken wait again. Returns how many."""

    rank: ClassVar[Rank] = Rank.ALARM

    def do(self, office: Office) -> int:
        """Put it back."""
        return office.ledger.offer_again()


def lacks_what_it_had(data: Path) -> bool:
    """Whether the clinic is another than the one that took what is noted as taken, or went back to a copy."""
    enrolled = enrolled_in(data)
    return enrolled is not None and enrolled.clinic_now() != enrolled.clinic_that_has()


def offer_again_where_lost(desk: Desk, data: Path) -> None:
    """Do it once for each loss: noted as done only when the disk has it, so a power cut does it twice."""
    enrolled = enrolled_in(data)
    if enrolled is not None and lacks_what_it_had(data):
        many = desk.submit(OfferAgain()).result(_LONGEST_S)
        remember(data, msgspec.structs.replace(enrolled, has=enrolled.clinic_now()))
        _log.warning("The clinic lost what it had; %d envelopes wait again.", many)
