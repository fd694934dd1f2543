"""What the desk can be asked to do. Frozen; each says what it needs, does it once, and answers.

A job may use the ledger and the seal, and must not know threads, screens, paper or the network. What staff
ask for is in ``kiosk.corrections`` and ``kiosk.unclaimed``.
"""

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.reading import Confidential
from health.envelope import Envelope, Kind
from health.record import Record
from health.wire import Delivery
from kiosk.events import AlarmKept, Arrived, DeskEvent, DraftFound, DraftKept, NotKept, VisitKept
from kiosk.sealing import Seal
from kiosk.staff_events import StaffEvent
from kiosk.stationtime import Moment
from kiosk.store.database import LedgerFullError
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.reckoning import Counts
from kiosk.upkeep.rules import UpkeepRules

FULL = "say.not_kept.full"
TROUBLE = "say.not_kept.trouble"

A_co = TypeVar("A_co", covariant=True)


class Rank(IntEnum):
    """Who goes first at the desk."""

    ALARM = 0
    VISIT = 1
    COURIER = 2
    LAST = 3


def unknown() -> str | None:
    """How the printer is, where nobody can say."""
    return None


class Office(msgspec.Struct, frozen=True):
    """What lies on the desk. ``tell`` hands an event to the attendant and returns at once.

    ``rules`` say how the station is kept true, ``paper`` how the printer is, None where nobody knows.
    """

    ledger: Ledger
    seal: Seal
    now: Callable[[], Moment]
    tell: Callable[[DeskEvent | StaffEvent], None]
    rules: UpkeepRules = msgspec.field(default_factory=UpkeepRules)
    paper: Callable[[], str | None] = unknown

    def sequence_for(self, visit: UUID) -> int:
        """The number of a visit's envelope: that of its draft, else the next."""
        return self.ledger.sequence_of(visit) or self.ledger.next_sequence()


class Job(msgspec.Struct, Generic[A_co], frozen=True):
    """One piece of work. ``rank`` orders it among those that wait."""

    rank: ClassVar[Rank] = Rank.VISIT

    @abstractmethod
    def do(self, office: Office) -> A_co:
        """Does it, on the desk's thread."""

    def sorry(self, wrong: Exception) -> DeskEvent | StaffEvent | None:
        """What to tell the attendant when it could not be done; None where nobody waits for it."""
        return None


class KeepDraft(Confidential, Job[None], frozen=True):
    """Keep the visit so far, marked incomplete. Without ``shares`` it is a guest's and never leaves."""

    record: Record
    shares: bool

    def do(self, office: Office) -> None:
        """Seal and keep, in place of what was kept before."""
        so_far = replace(self.record, visit=replace(self.record.visit, incomplete=True))
        office.ledger.keep_draft(_sealed(office, so_far, shares=self.shares), guest=not self.shares)
        office.tell(DraftKept(self.record.visit.id))

    def sorry(self, wrong: Exception) -> DeskEvent:
        """The values are on the screen only."""
        return _not_kept(self.record, wrong)


class KeepSealed(Confidential, Job[None], frozen=True):
    """Keep the closed visit for good. Without ``shares`` it stays until ``Forget``."""

    record: Record
    shares: bool

    def do(self, office: Office) -> None:
        """Seal and keep; the draft goes."""
        office.ledger.keep(_sealed(office, self.record, shares=self.shares), guest=not self.shares)
        office.tell(VisitKept(self.record.visit.id))

    def sorry(self, wrong: Exception) -> DeskEvent:
        """The draft stands."""
        return _not_kept(self.record, wrong)


class KeepAlarm(Confidential, Job[None], frozen=True):
    """Keep an alarm, before everything that waits."""

    rank: ClassVar[Rank] = Rank.ALARM
    record: Record

    def do(self, office: Office) -> None:
        """Seal the visit so far as an alarm."""
        sequence = office.ledger.next_sequence()
        office.ledger.keep(office.seal.visit(self.record, sequence, kind=Kind.ALARM))
        office.tell(AlarmKept(self.record.visit.id))

    def sorry(self, wrong: Exception) -> DeskEvent:
        """The alarm sounds at the station only."""
        return _not_kept(self.record, wrong)


class KeepReport(Confidential, Job[None], frozen=True):
    """Keep a report of the station about itself; ``content`` is JSON.

    A ``regular`` one says all that the regular one before it said, and takes its place while that waits.
    """

    rank: ClassVar[Rank] = Rank.COURIER
    content: bytes
    regular: bool = False

    def do(self, office: Office) -> None:
        """Seal and keep."""
        keep = office.ledger.keep_newest if self.regular else office.ledger.keep
        keep(office.seal.report(self.content, office.ledger.next_sequence()))


class Forget(Job[None], frozen=True):
    """Delete a guest's visit once the paper is out."""

    visit: UUID

    def do(self, office: Office) -> None:
        """Delete and overwrite."""
        office.ledger.forget(self.visit)


class Withdraw(Job[None], frozen=True):
    """Delete what was kept of a visit that has not closed: it was of nobody, or under a wrong name."""

    visit: UUID

    def do(self, office: Office) -> None:
        """Delete and overwrite."""
        office.ledger.withdraw(self.visit)


class Resume(Confidential, Job["Record | None"], frozen=True):
    """The visit that the owner of this identity number broke off less than ten minutes ago, or None."""

    identity: str

    def do(self, office: Office) -> Record | None:
        """Open the drafts of today and compare."""
        moment = office.now()
        drafts = office.ledger.drafts(moment.boot, moment.monotonic_ms)
        opened = (office.seal.open(draft) for draft in drafts)
        mine = (r for r in opened if r is not None and r.visit.resident.identity == self.identity)
        return next(mine, None)


class LookForDraft(Confidential, Job[None], frozen=True):
    """Tell the attendant what this person broke off, for the ``visit`` that begins now."""

    visit: UUID
    identity: str

    def do(self, office: Office) -> None:
        """Look and tell."""
        office.tell(DraftFound(self.visit, Resume(self.identity).do(office)))

    def sorry(self, wrong: Exception) -> DeskEvent:
        """She begins anew."""
        return DraftFound(self.visit, None)


class ToSend(msgspec.Struct, frozen=True):
    """What the courier takes along; ``waiting`` is how many wait in all."""

    envelopes: tuple[Waiting, ...]
    waiting: int


class NextToSend(Job[ToSend], frozen=True):
    """Up to ``limit`` envelopes, most urgent first, without those that rest because they were just tried."""

    rank: ClassVar[Rank] = Rank.COURIER
    limit: int
    resting: frozenset[UUID] = frozenset()

    def do(self, office: Office) -> ToSend:
        """Look them up."""
        found = office.ledger.waiting(self.limit, self.resting)
        counts = office.ledger.counts()
        return ToSend(found, counts.waiting + counts.reports)


class MarkDelivered(Job[None], frozen=True):
    """What the clinic answered about one envelope of ``visit``, at ``at``."""

    rank: ClassVar[Rank] = Rank.COURIER
    envelope: UUID
    visit: UUID | None
    status: int
    detail: str
    at: datetime

    def do(self, office: Office) -> None:
        """Write it down, then tell."""
        office.ledger.mark(self.envelope, self.status, self.detail, self.at)
        self.tell(office)

    def tell(self, office: Office) -> None:
        """Of a visit that arrived."""
        if self.visit is not None and self.status in (Delivery.STORED, Delivery.KNOWN):
            office.tell(Arrived(self.visit))


class MarkTogether(Job[None], frozen=True):
    """What the clinic answered about envelopes that travelled together: all of it on the disk at once."""

    rank: ClassVar[Rank] = Rank.COURIER
    marks: tuple[MarkDelivered, ...]

    def do(self, office: Office) -> None:
        """Write all down, then tell of the visits that arrived."""
        with office.ledger.together():
            for one in self.marks:
                office.ledger.mark(one.envelope, one.status, one.detail, one.at)
        for one in self.marks:
            one.tell(office)


class Standing(msgspec.Struct, frozen=True):
    """How the ledger is: counts, room for a new visit, and one sentence if an old ledger was unreadable."""

    counts: Counts
    has_room: bool
    trouble: str | None


class Count(Job[Standing], frozen=True):
    """How the ledger stands."""

    rank: ClassVar[Rank] = Rank.COURIER

    def do(self, office: Office) -> Standing:
        """Count."""
        return Standing(office.ledger.counts(), office.ledger.has_room(), office.ledger.trouble)


def _sealed(office: Office, record: Record, *, shares: bool) -> Envelope:
    if not shares:
        return office.seal.guest(record)
    return office.seal.visit(record, office.sequence_for(record.visit.id))


def _not_kept(record: Record, wrong: Exception) -> NotKept:
    return NotKept(record.visit.id, FULL if isinstance(wrong, LedgerFullError) else TROUBLE)
