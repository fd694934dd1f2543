"""The finger prick: call staff, bind a sample to this visit, let the analyser run meanwhile.

Knows tickets. A result that is not of this visit's ticket never enters it: it is kept for staff. The visit
must not wait for the analyser where she could do something else.
"""

from collections.abc import Iterable
from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity
from health.unclaimed import Why
from health.visit import Answer, Question, Skip
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.blood import GIVE_UP_SECONDS, QUIET_SECONDS, Ticket, observation_of
from kiosk.measuring.printing import as_printed
from kiosk.measuring.tickets import LateTickets

STEPS = frozenset({Step.BLOOD, Step.SAMPLE, Step.BLOOD_RUNNING, Step.BLOOD_AGAIN, Step.BLOOD_WAIT})
RUNNING_SECONDS = 12
"""How long it is said that the analyser works, before the next screen comes by itself."""
_FASTING = {Choice.YES: Answer.YES, Choice.NO: Answer.NO, Choice.SAMPLED: None}
"""Whether she has eaten, asked by whoever pricks; what they did not ask, the screen asks her later."""
STAFF_SECONDS = 60
"""How long staff have to answer before blood is offered again after grip."""
LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL)
BLOOD = (*LIPIDS, Quantity.GLUCOSE)
FROM_A_DROP = (Role.BLOOD, Role.GLUCOSE)
"""The places whose instruments one prick serves; the first that is there decides how long she waits."""


class Blood:
    """Blood, its sample, its run and its late offer; and the tickets that outlive their visit."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._late = LateTickets(at.clock)
        self._heard: float | None = None

    def begin(self) -> None:
        """Call staff when the offer begins, or say that the analyser rests today."""
        if self._at.step is Step.BLOOD and not self._free():
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.sitting.blood_done = True
            self._at.rest_today(Station.BLOOD)
        elif self._at.step in (Step.BLOOD, Step.BLOOD_AGAIN):
            self._at.call(Reason.BLOOD)

    def choose(self, choice: Choice) -> None:
        """Act on what was pressed at one of these steps."""
        step = self._at.step
        if choice is Choice.SKIP and step in (Step.BLOOD, Step.BLOOD_AGAIN, Step.SAMPLE):
            self._skip(step)
        elif choice in _FASTING and step is Step.SAMPLE:
            self._note_fasting(_FASTING[choice])
            self._at.go(Happening.SAMPLED_LATE if self._at.sitting.stood else Happening.SAMPLED)
        elif choice is Choice.NEXT and step is Step.BLOOD_RUNNING:
            self._at.go(Happening.NEXT)
        elif choice in (Choice.NEXT, Choice.SKIP) and step is Step.BLOOD_WAIT:
            self._go_on()

    def badge(self) -> None:
        """A staff badge was laid: the tickets are made."""
        if self._at.step in (Step.BLOOD, Step.BLOOD_AGAIN):
            sitting = self._at.sitting
            sitting.tickets = tuple(self._ticket(instrument) for instrument in self._free())
            self._heard = None
            self._at.go(Happening.BADGE)

    def hear(self, heard: Heard, moment: datetime) -> bool:
        """Take a result of this visit's sample, at whatever step she is; True if it was hers."""
        if self._late.said_before(heard):
            return False
        sitting, why = self._at.sitting, Why.NO_TICKET
        for ticket in () if sitting.closed else sitting.tickets:
            objection = ticket.objection(heard)
            if objection is None:
                self._take(ticket, heard, moment)
                return True
            why = why if objection is Why.NO_TICKET else objection
        late, visit = self._late.hear(heard)
        observation = as_printed(observation_of(heard.reading, moment, heard.instrument))
        self._at.clerk.keep_unclaimed(
            self._at.bench.noted(observation),
            self._at.bench.described_as(heard.instrument),
            heard.reading.specimen,
            why if late is Why.NO_TICKET else late,
            visit,
        )
        return False

    def tick(self) -> None:
        """Move on when staff do not come, when the result is there or when it is waited for in vain."""
        step, sitting = self._at.step, self._at.sitting
        self._late.tick(self._at.clerk.file_by_ticket)
        if self.pending():
            self._close_what_came()
        if step in (Step.BLOOD, Step.BLOOD_AGAIN) and self._at.clock.over(sitting.entered, STAFF_SECONDS):
            self._staff_away(step)
        elif step is Step.BLOOD_RUNNING and self._at.clock.read_since(sitting.entered) > RUNNING_SECONDS:
            self._at.go(Happening.NEXT)
        elif step is Step.BLOOD_WAIT and sitting.blood_done and self._at.all_kept:
            self._at.go(Happening.MEASURED)
        elif step is Step.BLOOD_WAIT and (sitting.ticket is None or self._overdue(sitting.ticket)):
            self._go_on()

    def open_again(self) -> bool:
        """Whether blood was left open because nobody came, and can be offered once more."""
        sitting = self._at.sitting
        return not sitting.blood_done and sitting.ticket is None and bool(self._free())

    def pending(self) -> bool:
        """Whether the analyser still has this visit's blood."""
        return self._at.sitting.ticket is not None and not self._at.sitting.blood_done

    def left_behind(self) -> None:
        """Everything else is measured: the visit says that her blood has no result yet."""
        ticket = self._at.sitting.ticket
        if ticket is not None and self.pending():
            self._leave_out(Skip.PENDING, self._expected(ticket))

    def leave_open(self) -> None:
        """The visit has closed, or its person has gone: what is still to come is remembered without her."""
        self._late.leave(self._unanswered(), files=self._at.sitting.shares)

    def resume(self) -> None:
        """She came back within ten minutes: her tickets are hers again."""
        sitting = self._at.sitting
        sitting.tickets = sitting.tickets or self._late.take_up(sitting.visit.id)

    def taken(self) -> tuple[Ticket, ...]:
        """The tickets of meters that are taken now, for staff to give one back."""
        hers = () if self._at.sitting.closed else self._unanswered()
        return (*(t for t in hers if t.specimen is None), *self._late.taken())

    def release(self, instrument: str) -> None:
        """Staff gave this meter back."""
        self._late.release(instrument)
        sitting = self._at.sitting
        if not sitting.closed:
            self._give_back(
                t for t in self._unanswered() if t.specimen is None and t.instrument == instrument
            )

    def _note_fasting(self, answer: Answer | None) -> None:
        sitting = self._at.sitting
        if answer is not None:
            sitting.visit = sitting.visit.with_answer(Question.FASTING, answer)
            sitting.assessment = None

    def _unanswered(self) -> tuple[Ticket, ...]:
        """The tickets of this visit whose result has not come."""
        sitting = self._at.sitting
        said = {o.instrument for o in sitting.visit.observations}
        first = sitting.tickets[:1] if self.pending() else ()
        return (*first, *(t for t in sitting.tickets[1:] if t.instrument not in said))

    def _take(self, ticket: Ticket, heard: Heard, moment: datetime) -> None:
        sitting = self._at.sitting
        self._at.accept([as_printed(observation_of(heard.reading, moment, heard.instrument))])
        if ticket is sitting.ticket:
            self._heard = self._at.clock.monotonic()
            sitting.blood_done = all(sitting.visit.value_of(q) is not None for q in self._expected(ticket))

    def _ticket(self, instrument: str) -> Ticket:
        model = self._at.bench.model_of(instrument)
        numbered = model is not None and model.can.says_specimen
        return Ticket(
            visit=self._at.sitting.visit.id,
            instrument=instrument,
            specimen=self._at.clerk.next_specimen() if numbered else None,
            made=self._at.clock.monotonic(),
            made_at=self._at.clock.local().replace(tzinfo=None),
            ahead=self._at.bench.clock_ahead(instrument),
        )

    def _free(self) -> tuple[str, ...]:
        """One instrument of each place that is there and that no visit has taken."""
        taken = {ticket.instrument for ticket in self._late.taken()}
        free = ([i for i in self._at.bench.there(role) if i not in taken] for role in FROM_A_DROP)
        return tuple(instruments[0] for instruments in free if instruments)

    def _expected(self, ticket: Ticket) -> tuple[Quantity, ...]:
        """What this instrument says of a sample whose person waits: its blood fats, or else its sugar."""
        model = self._at.bench.model_of(ticket.instrument)
        measures = LIPIDS if model is None else model.measures
        return tuple(q for q in LIPIDS if q in measures) or tuple(q for q in BLOOD if q in measures)

    def _close_what_came(self) -> None:
        """An instrument says all of a sample in one go: what did not come with the rest does not come."""
        ticket, heard = self._at.sitting.ticket, self._heard
        if ticket is not None and heard is not None:
            self._at.sitting.blood_done = self._at.clock.monotonic() - heard > QUIET_SECONDS
            if self._at.sitting.blood_done:
                self._leave_out(Skip.NO_RESULT, self._expected(ticket))

    def _skip(self, step: Step) -> None:
        sitting = self._at.sitting
        self._at.calls.end(Reason.BLOOD)
        sitting.tickets = ()
        sitting.blood_done = True
        sitting.skipped.add(Station.BLOOD)
        self._leave_out(Skip.DECLINED)
        late = step is Step.SAMPLE and sitting.stood
        self._at.go(Happening.ALL_DONE if late else Happening.SKIP)

    def _staff_away(self, step: Step) -> None:
        self._leave_out(Skip.STAFF_AWAY)
        self._at.calls.end(Reason.BLOOD)
        if step is Step.BLOOD_AGAIN:
            self._at.sitting.blood_done = True
            self._at.sitting.skipped.add(Station.BLOOD)
        self._at.go(Happening.STAFF_AWAY)

    def _overdue(self, ticket: Ticket) -> bool:
        return self._at.clock.since(ticket.made) > GIVE_UP_SECONDS

    def _go_on(self) -> None:
        """She waits no longer. A meter whose time is over is free; a number is waited for all day."""
        self.left_behind()
        self._give_back(t for t in self._at.sitting.tickets if t.specimen is None and self._overdue(t))
        self._at.go(Happening.NEXT)

    def _give_back(self, tickets: Iterable[Ticket]) -> None:
        given = set(tickets)
        sitting = self._at.sitting
        if sitting.ticket is not None and sitting.ticket in given:
            self._leave_out(Skip.NO_RESULT, self._expected(sitting.ticket))
        sitting.tickets = tuple(t for t in sitting.tickets if t not in given)

    def _leave_out(self, reason: Skip, quantities: Iterable[Quantity] = LIPIDS) -> None:
        sitting = self._at.sitting
        for quantity in quantities:
            sitting.visit = sitting.visit.with_missing(quantity, reason)
        sitting.assessment = None
