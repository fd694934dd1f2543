"""What the desk tells the staff area: lists it asked for, and what came of its corrections.

Frozen. A list holds what a staff member who has signed in may see: names masked, never an identity number.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from devices.reading import Confidential, Quantity
from health.amendment import Change
from health.record import Record
from health.unclaimed import Why
from health.visit import Observation


class UnclaimedLine(Confidential, msgspec.Struct, frozen=True):
    """One result without a person. ``instrument`` is the station's own id, ``heard_at`` aware UTC.

    ``why`` None: it was heard before the station lost its power, cannot be opened here any more and went out
    to the clinic; then there are no values and no specimen, and it can only be taken off the list.
    ``visit`` is that of the ticket it fits, for staff to agree to.
    """

    id: UUID
    instrument: str
    heard_at: datetime
    why: Why | None
    specimen: str | None = None
    values: tuple[Observation, ...] = ()
    visit: UUID | None = None


class Whereabouts(StrEnum):
    """How far a visit of today has come: here only, at the clinic, or sent and not taken."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"


class TodayLine(Confidential, msgspec.Struct, frozen=True):
    """One visit of today. ``who`` is masked (``沈*珍``), empty where no name is known.

    ``opened_at`` is aware UTC. ``amended``: a late result was filed to it. ``level`` is that of its
    assessment, 0 to 3.
    """

    visit: UUID
    who: str
    opened_at: datetime | None
    measured: tuple[Quantity, ...]
    level: int
    whereabouts: Whereabouts
    amended: bool


class UnclaimedListed(Confidential, msgspec.Struct, frozen=True):
    """The results without a person, newest first."""

    lines: tuple[UnclaimedLine, ...]


class TodayListed(Confidential, msgspec.Struct, frozen=True):
    """The visits of today that can be opened here, newest first."""

    lines: tuple[TodayLine, ...]


class UnclaimedKept(msgspec.Struct, frozen=True):
    """A result without a person is on the disk."""

    result: UUID


class UnclaimedGone(msgspec.Struct, frozen=True):
    """Staff took a result off the list."""

    result: UUID


class Corrected(msgspec.Struct, frozen=True):
    """A correction is sealed and on the disk, and the wrong copy gone. ``moved_to`` as in the amendment."""

    visit: UUID
    change: Change
    moved_to: UUID | None = None


class NotCorrected(msgspec.Struct, frozen=True):
    """A correction, a list or a copy could not be made. ``words`` is a key of the catalogue."""

    words: str


class MeterReleased(msgspec.Struct, frozen=True):
    """Staff gave this instrument back: no visit waits for it any more."""

    instrument: str


class SheetWanted(Confidential, msgspec.Struct, frozen=True):
    """Print this visit. ``copy``: it was printed before and nothing in it has changed."""

    record: Record
    copy: bool


StaffEvent = (
    UnclaimedListed
    | TodayListed
    | UnclaimedKept
    | UnclaimedGone
    | Corrected
    | NotCorrected
    | MeterReleased
    | SheetWanted
)
STAFF_EVENTS = (
    UnclaimedListed,
    TodayListed,
    UnclaimedKept,
    UnclaimedGone,
    Corrected,
    NotCorrected,
    MeterReleased,
    SheetWanted,
)
