"""The finger prick: call staff, bind a specimen to this visit, let the analyser run meanwhile.

Knows tickets. A result that is not of this visit's ticket is never taken; it must not wait for the
analyser where she could do something else.
"""

from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.blood import GIVE_UP_SECONDS, Ticket, observation_of
from kiosk.measuring.printing import as_printed

STEPS = frozenset({Step.BLOOD, Step.SAMPLE, Step.BLOOD_RUNNING, Step.BLOOD_AGAIN, Step.BLOOD_WAIT})
STAFF_SECONDS = 60
"""How long staff have to answer before blood is offered again after grip."""
LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL)


class Blood:
    """Blood, its sample, its run and its late offer."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def begin(self) -> None:
        """Call staff when the offer begins, or say that the analyser rests today."""
        if self._at.step is Step.BLOOD and not self._at.bench.available(Role.BLOOD):
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.sitting.blood_done = True
            self._at.rest_today(Station.BLOOD)
        elif self._at.step in (Step.BLOOD, Step.BLOOD_AGAIN):
            self._at.sitting.help_called = True

    def choose(self, choice: Choice) -> None:
        """Act on what was pressed at one of these steps."""
        step = self._at.step
        if choice is Choice.SKIP and step in (Step.BLOOD, Step.BLOOD_AGAIN, Step.SAMPLE):
            self._skip(step)
        elif choice is Choice.SAMPLED and step is Step.SAMPLE:
            self._at.go(Happening.SAMPLED_LATE if self._at.sitting.stood else Happening.SAMPLED)
        elif choice is Choice.NEXT and step is Step.BLOOD_RUNNING:
            self._at.go(Happening.NEXT)
        elif choice in (Choice.NEXT, Choice.SKIP) and step is Step.BLOOD_WAIT:
            self._give_up()

    def badge(self) -> None:
        """A staff badge was laid: the ticket is made."""
        if self._at.step in (Step.BLOOD, Step.BLOOD_AGAIN):
            sitting = self._at.sitting
            sitting.help_called = False
            sitting.ticket = Ticket(
                self._at.clerk.next_specimen(), self._at.bench.id_of(Role.BLOOD), self._at.clock.monotonic()
            )
            self._at.go(Happening.BADGE)

    def hear(self, heard: Heard, moment: datetime) -> bool:
        """Take a result of this visit's specimen, at whatever step she is; True if it was hers."""
        sitting = self._at.sitting
        if sitting.ticket is None or sitting.closed:
            return False
        if not sitting.ticket.takes(heard.instrument, heard.reading, heard.at):
            return False
        self._at.accept([as_printed(observation_of(heard.reading, moment, heard.instrument))])
        sitting.blood_done = all(sitting.visit.value_of(q) is not None for q in LIPIDS)
        return True

    def tick(self) -> None:
        """Move on when staff do not come, when the result is there or when it is waited for in vain."""
        step, sitting = self._at.step, self._at.sitting
        if step in (Step.BLOOD, Step.BLOOD_AGAIN) and self._at.spent() > STAFF_SECONDS:
            self._staff_away(step)
        elif step is Step.BLOOD_WAIT and sitting.blood_done and self._at.all_kept:
            self._at.go(Happening.MEASURED)
        elif step is Step.BLOOD_WAIT and self._overdue():
            self._give_up()

    def open_again(self) -> bool:
        """Whether blood was left open because nobody came, and can be offered once more."""
        sitting = self._at.sitting
        return not sitting.blood_done and sitting.ticket is None and self._at.bench.available(Role.BLOOD)

    def pending(self) -> bool:
        """Whether the analyser still has this visit's blood."""
        return self._at.sitting.ticket is not None and not self._at.sitting.blood_done

    def _skip(self, step: Step) -> None:
        sitting = self._at.sitting
        sitting.ticket = None
        sitting.blood_done = True
        sitting.skipped.add(Station.BLOOD)
        self._leave_out(Skip.DECLINED)
        late = step is Step.SAMPLE and sitting.stood
        self._at.go(Happening.ALL_DONE if late else Happening.SKIP)

    def _staff_away(self, step: Step) -> None:
        self._leave_out(Skip.STAFF_AWAY)
        self._at.sitting.help_called = False
        if step is Step.BLOOD_AGAIN:
            self._at.sitting.blood_done = True
            self._at.sitting.skipped.add(Station.BLOOD)
        self._at.go(Happening.STAFF_AWAY)

    def _overdue(self) -> bool:
        ticket = self._at.sitting.ticket
        return ticket is None or self._at.clock.since(ticket.made) > GIVE_UP_SECONDS

    def _give_up(self) -> None:
        self._leave_out(Skip.NO_RESULT)
        self._at.go(Happening.NEXT)

    def _leave_out(self, reason: Skip) -> None:
        sitting = self._at.sitting
        for quantity in LIPIDS:
            sitting.visit = sitting.visit.with_missing(quantity, reason)
