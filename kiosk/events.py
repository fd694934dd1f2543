"""What the desk and the print room tell the attendant. Frozen, small; what has a person in it has no repr.

What they tell the staff area is in ``kiosk.staff_events``.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import msgspec

from devices.reading import Confidential
from health.record import Record
from kiosk.upkeep.standing import Board


class DraftKept(msgspec.Struct, frozen=True):
    """What was accepted so far is on disk."""

    visit: UUID


class VisitKept(msgspec.Struct, frozen=True):
    """The closed visit is sealed and on disk."""

    visit: UUID


class AlarmKept(msgspec.Struct, frozen=True):
    """The alarm is sealed and on disk."""

    visit: UUID


class NotKept(msgspec.Struct, frozen=True):
    """The ledger could not write. ``words`` is a key of the catalogue."""

    visit: UUID
    words: str


class Sheet(StrEnum):
    """How printing went."""

    DONE = "done"
    TROUBLE = "trouble"


class SheetCame(msgspec.Struct, frozen=True):
    """The printer finished or could not. ``words`` is the key of the sentence for the person, or None.

    ``file`` is where the sheet lies when paper is a file here.
    """

    visit: UUID
    sheet: Sheet
    words: str | None = None
    file: Path | None = None


class Arrived(msgspec.Struct, frozen=True):
    """The clinic has the visit."""

    visit: UUID


class DraftFound(Confidential, msgspec.Struct, frozen=True):
    """What this person broke off less than ten minutes ago, or None. ``visit`` is the one she begins now."""

    visit: UUID
    record: Record | None


class UpkeepTold(msgspec.Struct, frozen=True):
    """How every instrument stands: told at the start, after every change, and every minute."""

    board: Board


class RoomTold(msgspec.Struct, frozen=True):
    """Whether the disk takes a new visit, and has room for it: told when that changes."""

    enough: bool


class CallStoodOpen(msgspec.Struct, frozen=True):
    """Before this start a value had called staff at ``called_at`` (aware UTC), and nobody had come."""

    called_at: datetime


DeskEvent = (
    DraftKept
    | VisitKept
    | AlarmKept
    | NotKept
    | SheetCame
    | Arrived
    | DraftFound
    | UpkeepTold
    | RoomTold
    | CallStoodOpen
)
DESK_EVENTS = (
    DraftKept,
    VisitKept,
    AlarmKept,
    NotKept,
    SheetCame,
    Arrived,
    DraftFound,
    UpkeepTold,
    RoomTold,
    CallStoodOpen,
)
