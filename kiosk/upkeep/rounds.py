"""The round: what the desk does at the start, every minute and every five to keep the station true.

Jobs of the desk. The start follows the whole trail once; a trail that was altered is told and reported, and
the station goes on, because nobody at the scale is helped by a dark screen.
"""

import logging
from typing import ClassVar

import msgspec

from health.station_report import Occasion
from kiosk.jobs import Job, Office, Rank
from kiosk.upkeep.audit import Trail
from kiosk.upkeep.demo import renew
from kiosk.upkeep.keeping import tell
from kiosk.upkeep.reporting import report
from kiosk.upkeep.standing import Board
from kiosk.upkeep.trail import followed

_log = logging.getLogger(__name__)
LOOK_S = 60.0
"""How often it is looked whether something came due."""
REPORT_S = 300.0
"""How often the clinic hears of a station on which nothing changes; it calls one late after three of them."""


class Begun(msgspec.Struct, frozen=True):
    """How the station stands at its start, and whether its trail is whole."""

    board: Board
    trail: Trail


class Begin(Job[Begun], frozen=True):
    """Before the first visit: follow the trail, put a demonstration in order, look, report."""

    def do(self, office: Office) -> Begun:
        """Do all of it."""
        trail = followed(office)
        if not trail.whole:
            _log.error("The trail of staff actions was altered at line %d.", trail.broken_at)
        renew(office, at_start=True)
        board = tell(office)
        report(office, board, Occasion.STARTED, trail)
        return Begun(board, trail)


class GoRound(Job[Board], frozen=True):
    """Look how every instrument stands and tell it; ``reporting`` it to the clinic too, now and then.

    ``arrived``: the clinic just took a visit. When it was the last that waited, that is reported.
    """

    rank: ClassVar[Rank] = Rank.COURIER
    reporting: bool = False
    arrived: bool = False

    def do(self, office: Office) -> Board:
        """Look and tell."""
        renew(office)
        board = tell(office)
        if self.reporting or (self.arrived and office.ledger.counts().waiting == 0):
            report(office, board, Occasion.REGULAR)
        return board
