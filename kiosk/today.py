"""The visits of today, as far as the day key opens them, and what a correction of one has in common.

``ListToday`` and ``Reprint`` are jobs for staff; the corrections themselves are ``kiosk.corrections``. What
was sealed on another day, or before the station lost its power, cannot be opened here by anybody.
"""

from abc import abstractmethod
from uuid import UUID

import msgspec

from health.amendment import BY_TICKET
from health.amendment import read as read_amendment
from health.envelope import Envelope, Kind
from health.record import Record
from health.record import read as read_record
from kiosk.errors import KioskError
from kiosk.jobs import Job, Office
from kiosk.masking import masked
from kiosk.staff_events import NotCorrected, SheetWanted, StaffEvent, TodayLine, TodayListed, Whereabouts
from kiosk.store.ledger import StationCopy
from kiosk.unclaimed import TROUBLE
from kiosk.upkeep.audit import subject_of
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import allowed, note

GONE = "say.correction.gone"


class CannotCorrectError(KioskError):
    """A correction that cannot be made. ``words`` is the key of the sentence for staff."""

    def __init__(self, words: str) -> None:
        super().__init__(f"This cannot be corrected: {words}.")
        self.words = words


class Deed(msgspec.Struct, frozen=True):
    """How an act stands in the trail: ``by`` whom, to which visits, and what came of it in a word."""

    by: str
    act: Act
    visits: tuple[UUID, ...]
    result: str


class Correction(Job[None], frozen=True):
    """An act of staff on a visit: done whole with its line in the trail, or not at all, and then told."""

    @abstractmethod
    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Does it, inside the transaction. Raises ``CannotCorrectError``."""

    @abstractmethod
    def deed(self) -> Deed:
        """How the trail says it."""

    def do(self, office: Office) -> None:
        """Change, note, then tell. Raises ``NotAllowedError`` for an account that may not."""
        deed = self.deed()
        if deed.by != BY_TICKET:
            allowed(office, deed.by, deed.act)
        with office.ledger.together():
            events = self.change(office)
            if not events:
                return
            note(office, deed.by, deed.act, " ".join(map(subject_of, deed.visits)), deed.result)
        for event in events:
            office.tell(event)

    def sorry(self, wrong: Exception) -> StaffEvent:
        """Nothing was changed."""
        return sorry_for(wrong)


class ListToday(Job[tuple[TodayLine, ...]], frozen=True):
    """The visits of today that can be opened here, newest first; told as ``TodayListed``."""

    def do(self, office: Office) -> tuple[TodayLine, ...]:
        """Open them and say how far each has come."""
        found: dict[UUID, list[StationCopy]] = {}
        for copy in _copies(office):
            if copy.envelope.header.visit is not None:
                found.setdefault(copy.envelope.header.visit, []).append(copy)
        lines = [line for copies in found.values() if (line := _line(office, copies)) is not None]
        listed = tuple(reversed(lines))
        office.tell(TodayListed(listed))
        return listed

    def sorry(self, wrong: Exception) -> StaffEvent:
        """No list."""
        return sorry_for(wrong)


class Reprint(Correction, frozen=True):
    """Print a visit of today again, marked as a copy; told as ``SheetWanted``."""

    visit: UUID
    by: str

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Open it."""
        return (SheetWanted(present(office, self.visit)[1], copy=True),)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(self.by, Act.VISIT, (self.visit,), "reprint")


def present(office: Office, visit: UUID) -> tuple[Envelope, Record]:
    """The newest envelope of a closed visit of today and what it says. Raises ``CannotCorrectError``."""
    for copy in reversed(_copies(office, visit)):
        record = _record(office, copy.envelope)
        if record is not None:
            return copy.envelope, record
    raise CannotCorrectError(GONE)


def _copies(office: Office, visit: UUID | None = None) -> tuple[StationCopy, ...]:
    moment = office.now()
    return office.ledger.of_today(moment.boot, moment.monotonic_ms, visit)


def _record(office: Office, envelope: Envelope) -> Record | None:
    content = office.seal.content(envelope)
    if content is None:
        return None
    if envelope.header.kind is Kind.AMENDMENT:
        return read_amendment(content).record
    return read_record(content)


def _line(office: Office, copies: list[StationCopy]) -> TodayLine | None:
    records = [record for copy in copies if (record := _record(office, copy.envelope)) is not None]
    if not records:
        return None
    visit = records[-1].visit
    return TodayLine(
        visit=visit.id,
        who=masked(visit.resident.name or ""),
        opened_at=visit.opened_at,
        measured=tuple(o.quantity for o in visit.observations),
        level=int(records[-1].assessment.level),
        whereabouts=_whereabouts(copies),
        amended=any(copy.envelope.header.kind is Kind.AMENDMENT for copy in copies),
    )


def _whereabouts(copies: list[StationCopy]) -> Whereabouts:
    if all(copy.delivered for copy in copies):
        return Whereabouts.DELIVERED
    refused = any(copy.status is not None for copy in copies if not copy.delivered)
    return Whereabouts.REFUSED if refused else Whereabouts.WAITING


def sorry_for(wrong: Exception) -> NotCorrected:
    """What to tell staff when a list or a correction could not be made."""
    return NotCorrected(wrong.words if isinstance(wrong, CannotCorrectError) else TROUBLE)
