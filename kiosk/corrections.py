"""What staff put right on the kiosk, as jobs of the desk: today's visits, by the day key, and nothing older.

Each correction seals an amendment, overwrites the wrong copy and adds its line to the trail, all in one
transaction; what came of it is told afterwards as an event of ``kiosk.staff_events``, or ``NotCorrected``
with the key of a sentence. ``by`` is the staff id of who asked.

Nothing is edited. What was wrong is an error at the clinic for ever; values that belong to somebody else
become a visit of their own, with every original time, judged anew for the person whose they are.
"""

from uuid import UUID

from msgspec.structs import replace

from devices.reading import Confidential, Quantity
from health.amendment import BY_TICKET, Amendment, Change, Reason
from health.assess import assess
from health.assessment import Level
from health.assessment import Reason as Silence
from health.envelope import Envelope, Kind
from health.ids import new_id
from health.record import Record
from health.rulebook import shipped_rulebook
from health.unclaimed import Unclaimed, Why
from health.visit import Control, Resident, Visit
from kiosk.jobs import Office
from kiosk.staff_events import Corrected, SheetWanted, StaffEvent
from kiosk.today import GONE, CannotCorrectError, Correction, Deed, present
from kiosk.unclaimed import opened
from kiosk.upkeep.staff import Act

HAS_VALUE = "say.correction.has_value"
OUT_OF_CONTROL = "say.correction.out_of_control"
SAME_PERSON = "say.correction.same_person"
BLOOD = (
    Quantity.TOTAL_CHOLESTEROL,
    Quantity.HDL,
    Quantity.TRIGLYCERIDES,
    Quantity.LDL,
    Quantity.GLUCOSE,
)


class FileResult(Correction, frozen=True):
    """File a result without a person to a visit of today: an amendment, and a second sheet.

    Told as ``Corrected`` and ``SheetWanted``.
    """

    result: UUID
    visit: UUID
    by: str

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Seal the amendment, take the result off the shelf."""
        lies = {item.id: item for item in office.ledger.shelf.all()}.get(self.result)
        result = None if lies is None else opened(office, lies)
        if result is None:
            raise CannotCorrectError(GONE)
        now = _file(office, self.result, result, self.visit, self.by)
        return Corrected(self.visit, Change.LATE_RESULT), SheetWanted(now, copy=False)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(self.by, Act.CORRECT, (self.visit,), Change.LATE_RESULT)


class FileByTicket(Correction, frozen=True):
    """File what came after ``visit`` had closed and bears the specimen number of its ticket.

    The station does this by itself; nothing is printed, because somebody else may stand there. Where the
    visit is not closed or not to be opened, the result stays on the list.
    """

    visit: UUID

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """File each that fits."""
        filed: list[StaffEvent] = []
        for item in office.ledger.shelf.all():
            result = opened(office, item)
            if result is not None and (result.visit, result.why) == (self.visit, Why.AFTER_CLOSING):
                _file(office, item.id, result, self.visit, BY_TICKET)
                filed.append(Corrected(self.visit, Change.LATE_RESULT))
        return tuple(filed)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(BY_TICKET, Act.BLOOD, (self.visit,), Change.LATE_RESULT)


class VoidVisit(Correction, frozen=True):
    """Declare a visit of today an error; its copies here are overwritten. Told as ``Corrected``."""

    visit: UUID
    reason: Reason
    by: str

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Seal the amendment in place of the copies."""
        envelope, record = present(office, self.visit)
        _replace(office, _amendment(office, envelope, record, Change.VOID, self.reason, self.by))
        return (Corrected(self.visit, Change.VOID),)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(self.by, Act.CORRECT, (self.visit,), f"{Change.VOID}:{self.reason}")


class MoveVisit(Confidential, Correction, frozen=True):
    """Give a whole visit of today to the person whose it is; told as ``Corrected``.

    ``to`` is that person, from the card, or the visit of today she made. What was compared with the wrong
    person's past is not compared any more.
    """

    visit: UUID
    to: Resident | UUID
    reason: Reason
    by: str

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Seal her visit and the amendment of the wrong one, and overwrite that."""
        envelope, wrong = present(office, self.visit)
        right = self.to if isinstance(self.to, Resident) else present(office, self.to)[1].visit.resident
        if right == wrong.visit.resident:
            raise CannotCorrectError(SAME_PERSON)
        hers = replace(wrong, visit=replace(wrong.visit, resident=right), history=())
        moved = _put_right(office, hers)
        _replace(
            office,
            _amendment(office, envelope, wrong, Change.WRONG_PERSON, self.reason, self.by, moved),
        )
        return (Corrected(self.visit, Change.WRONG_PERSON, moved),)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(self.by, Act.CORRECT, (self.visit,), f"{Change.WRONG_PERSON}:{self.reason}")


class ExchangeBlood(Correction, frozen=True):
    """Two people's blood was swapped: each visit is made anew with its own. Told as two ``Corrected``."""

    one: UUID
    other: UUID
    by: str

    def change(self, office: Office) -> tuple[StaffEvent, ...]:
        """Seal both anew and the amendments of the wrong ones, and overwrite those."""
        (first, mine), (second, yours) = present(office, self.one), present(office, self.other)
        told: list[StaffEvent] = []
        for envelope, wrong, blood in ((first, mine, yours), (second, yours, mine)):
            moved = _put_right(office, replace(wrong, visit=_with_blood_of(wrong.visit, blood.visit)))
            reason = Reason.SWAPPED_SAMPLES
            _replace(
                office,
                _amendment(office, envelope, wrong, Change.WRONG_PERSON, reason, self.by, moved),
            )
            told.append(Corrected(wrong.visit.id, Change.WRONG_PERSON, moved))
        return tuple(told)

    def deed(self) -> Deed:
        """How the trail says it."""
        return Deed(
            self.by, Act.CORRECT, (self.one, self.other), f"{Change.WRONG_PERSON}:{Reason.SWAPPED_SAMPLES}"
        )


def _file(office: Office, item: UUID, result: Unclaimed, visit: UUID, staff: str) -> Record:
    envelope, before = present(office, visit)
    true = [o for o in result.observations if o.control is not Control.OUT]
    fresh = [o for o in true if before.visit.value_of(o.quantity) is None]
    if not fresh:
        raise CannotCorrectError(HAS_VALUE if true else OUT_OF_CONTROL)
    now = before.visit
    for observation in fresh:
        now = now.with_observation(observation)
    if result.instrument.id not in {tool.id for tool in now.instruments}:
        now = replace(now, instruments=(*now.instruments, result.instrument))
    record = _judged(replace(before, visit=now))
    amendment = _amendment(office, envelope, before, Change.LATE_RESULT, Reason.CAME_LATE, staff)
    whole = replace(amendment, record=record, added=tuple(o.quantity for o in fresh))
    if before.assessment.level is not Level.NOW:
        _call_if_urgent(office, record)
    office.ledger.keep(office.seal.amendment(whole, office.ledger.next_sequence()))
    office.ledger.shelf.take({item})
    return record


def _amendment(
    office: Office,
    envelope: Envelope,
    record: Record,
    change: Change,
    reason: Reason,
    staff: str,
    moved_to: UUID | None = None,
) -> Amendment:
    return Amendment(
        visit=record.visit.id,
        envelope=envelope.digest(),
        change=change,
        reason=reason,
        staff=staff,
        decided_at=office.now().wall,
        station=record.station,
        software=record.software,
        demo=record.visit.demo,
        moved_to=moved_to,
    )


def _put_right(office: Office, record: Record) -> UUID:
    """Seal ``record`` as a visit of its own, and as an alarm first if it is one."""
    fresh = _judged(replace(record, visit=replace(record.visit, id=new_id())))
    _call_if_urgent(office, fresh)
    office.ledger.keep(office.seal.visit(fresh, office.ledger.next_sequence(), begins=False))
    return fresh.visit.id


def _call_if_urgent(office: Office, record: Record) -> None:
    """An alarm goes before everything else."""
    if record.assessment.level is Level.NOW:
        so_far = replace(record, visit=replace(record.visit, incomplete=True))
        sequence = office.ledger.next_sequence()
        office.ledger.keep(office.seal.visit(so_far, sequence, kind=Kind.ALARM, begins=False))


def _replace(office: Office, amendment: Amendment) -> None:
    """The amendment in place of every copy of the visit it corrects."""
    office.ledger.erase(amendment.visit)
    office.ledger.keep(office.seal.amendment(amendment, office.ledger.next_sequence()))


def _judged(record: Record) -> Record:
    """What the rules of this station say of it now; without a clock then there is no age now either."""
    visit = record.visit
    trusted = Silence.CLOCK_UNTRUSTED not in {one.reason for one in record.assessment.not_assessed}
    judged = assess(visit, record.history, shipped_rulebook(), visit.on, clock_trusted=trusted)
    return replace(record, assessment=judged)


def _with_blood_of(visit: Visit, other: Visit) -> Visit:
    """``visit`` with the blood values, what is missing of them, and their instruments, of ``other``."""
    kept = tuple(o for o in visit.observations if o.quantity not in BLOOD)
    missing = tuple(m for m in visit.missing if m.quantity not in BLOOD)
    observations = (*kept, *(o for o in other.observations if o.quantity in BLOOD))
    known = {tool.id: tool for tool in (*other.instruments, *visit.instruments)}
    return replace(
        visit,
        observations=observations,
        missing=(*missing, *(m for m in other.missing if m.quantity in BLOOD)),
        instruments=tuple(t for t in known.values() if t.id in {o.instrument for o in observations}),
    )
