"""Writes down what staff found of an instrument: the record, its line in the trail, and how it stands now.

All of it is on the disk together or not at all. What is written is never changed; the latest record counts.
The line carries the hash of the record, so a record that was altered no longer fits the trail.
"""

import hashlib
from uuid import UUID

import msgspec

from health.ids import new_id
from health.station_report import Occasion
from kiosk.events import UpkeepTold
from kiosk.jobs import Office
from kiosk.store.page import Page
from kiosk.upkeep.errors import UpkeepError
from kiosk.upkeep.looking import board_of
from kiosk.upkeep.records import VERSION, to_bytes
from kiosk.upkeep.reporting import report
from kiosk.upkeep.staff import Act
from kiosk.upkeep.standing import Board
from kiosk.upkeep.trail import note


class Finding(msgspec.Struct, frozen=True):
    """A record about to be kept: what it is, of which instrument, who made it and what came of it."""

    page: Page
    id: UUID
    instrument: str
    record: object
    by: str
    act: Act
    result: str


def keep(office: Office, finding: Finding) -> Board:
    """Write ``finding`` down, report it to the clinic, tell how every instrument stands now.

    Raises ``UpkeepError`` while the clock is not to be believed: what is kept holds until a date.
    """
    if not office.now().trusted:
        raise UpkeepError(
            "The station's clock cannot be believed: set it or connect the network, then repeat."
        )
    with office.ledger.together():
        write(office, finding)
        board = board_of(office.ledger.book, office.rules, office.now().wall)
        report(office, board, Occasion.CHANGED)
    office.tell(UpkeepTold(board))
    return board


def write(office: Office, finding: Finding) -> None:
    """Write ``finding`` and its line in the trail."""
    body = to_bytes(finding.record)
    with office.ledger.together():
        office.ledger.book.write(finding.page, str(finding.id), finding.instrument, VERSION, body)
        note(office, finding.by, finding.act, subject_of_record(finding, body), finding.result)


def tell(office: Office) -> Board:
    """Look how every instrument stands and tell it."""
    board = board_of(office.ledger.book, office.rules, office.now().wall)
    office.tell(UpkeepTold(board))
    return board


def subject_of_record(finding: Finding, body: bytes) -> str:
    """How the trail names a record: instrument, page, id, and 16 hex digits of the SHA-256 of its bytes."""
    hashed = hashlib.sha256(body).hexdigest()[:16]
    return f"{finding.instrument}:{finding.page.value}:{finding.id.hex[-8:]}:{hashed}"


def fresh_id(office: Office) -> UUID:
    """An id for a record made now."""
    return new_id(int(office.now().wall.timestamp() * 1000))
