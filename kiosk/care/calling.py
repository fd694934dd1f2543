"""The call of staff because of a value: the calm screen, and what came of the call.

A pressure is called for when its repeat says the same (``sit``); any other value that cannot wait as soon as
it is heard, whatever she is at. Only a staff badge ends the call, and only together with what staff say of
it: in the middle of somebody's visit that is asked above her step, which stays. Nobody goes past the urgent
screen before the alarm is sealed; whoever sees that nobody comes may go on to her sheet, and the call goes on
without her. It must not judge a value.
"""

from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Level
from health.visit import CallOutcome, StaffCall
from kiosk.attendance import Attendance
from kiosk.calling.calls import Call, Reason
from kiosk.care.blood import BLOOD
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import next_step
from kiosk.views import Overlay

STEPS = frozenset({Step.URGENT, Step.ANSWERED})
ANSWERS = frozenset({Step.IDLE, Step.URGENT})
"""Steps behind which a badge leads to what came of the call; above every other a panel asks it."""
AT_ONCE = frozenset({*BLOOD, Quantity.SPO2})
"""What is measured once: nobody is pricked again to be sure that she is in danger."""
WAITS_S = 600.0
"""Seconds without a touch after which the screen of a call is put away: nobody came, or said anything."""


class Calling:
    """The urgent step and the one behind it."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._answered: Call | None = None

    def begin(self) -> None:
        """Call at once; seal the alarm of this value once, however often the step is come back to."""
        if self._at.step is not Step.URGENT:
            return
        self._at.call(Reason.URGENT)
        sitting = self._at.sitting
        if sitting.visit.call is None:
            sitting.visit = replace(sitting.visit, call=StaffCall(self._at.clock.wall()))
            if sitting.shares:
                self._at.raise_alarm()
            self._at.keep()

    def choose(self, choice: Choice, detail: str) -> None:
        """Act on what was pressed at one of these steps."""
        if choice is Choice.OUTCOME:
            if self._asks and detail in tuple(CallOutcome):
                self._close(CallOutcome(detail))
        elif self._at.step is Step.URGENT and choice in (Choice.UNWELL, Choice.CALM):
            self._say_how_she_is(unwell=choice is Choice.UNWELL)
        elif self._at.step is Step.URGENT and choice is Choice.NEXT and self.may_go_on():
            self._go(Happening.NEXT)

    def badge(self, badge: str) -> bool:
        """A staff card was laid: whoever was called is there. False where nobody was called."""
        call = self._at.calls.answered()
        if call is None:
            return False
        self._at.clerk.call_answered(badge, call.visit, call.step)
        if call.reason is Reason.URGENT:
            self._come(call, badge)
        return True

    def tick(self) -> None:
        """Ring again when it is time; put a screen away that nobody comes to and nobody touches."""
        self._at.calls.tick()
        if self._answered is not None and not (self._asks or self._at.keeping):
            self._stand_again()
        untouched = self._at.clock.monotonic() - self._at.sitting.touched
        if self._at.step is Step.URGENT and self.may_go_on() and untouched > WAITS_S:
            self._go(Happening.GONE)
        elif self._asks and self._at.all_kept and untouched > WAITS_S:
            self._leave_unsaid()
        elif self._is_in_danger():
            self._at.go(Happening.URGENT)

    @property
    def _asks(self) -> bool:
        """Whether it is asked what came of the call."""
        return self._at.step is Step.ANSWERED or self._at.sitting.overlay is Overlay.OUTCOME

    def may_go_on(self) -> bool:
        """Whether she may go on to her sheet although nobody came."""
        return self._at.calls.unanswered and not self._at.keeping

    def _is_in_danger(self) -> bool:
        """Whether a value was heard that cannot wait, nobody was called for it, and nothing is in between.

        A cuff that may be filling is waited for: its run ends, or is given up, within minutes.
        """
        at, visit = self._at, self._at.sitting.visit
        leads = next_step(at.step, Happening.URGENT) is Step.URGENT and at.step not in (*STEPS, Step.PRESSURE)
        if not leads or visit.call is not None or at.sitting.closed or at.keeping:
            return False
        if all(visit.value_of(quantity) is None for quantity in AT_ONCE):
            return False
        return any(f.level is Level.NOW and f.quantity in AT_ONCE for f in at.assessment().findings)

    def _come(self, call: Call, badge: str) -> None:
        self._answered = call
        sitting = self._at.sitting
        if call.visit == sitting.visit.id and sitting.visit.call is not None and not sitting.closed:
            came = replace(
                sitting.visit.call, answered_at=self._at.clock.wall(), by=self._at.house.badges.owner(badge)
            )
            sitting.visit = replace(sitting.visit, call=came)
            self._at.keep()
        if self._at.step in ANSWERS or (self._at.step is Step.RESULT and call.visit == sitting.visit.id):
            self._go(Happening.BADGE)
        else:
            self._at.cover(Overlay.OUTCOME)

    def _stand_again(self) -> None:
        """Nobody said what came of it: the next badge is asked. One that stands meanwhile stays."""
        call, self._answered = self._answered, None
        standing = self._at.calls.standing
        if call is not None and (standing is None or standing.reason < call.reason):
            self._at.calls.stand_again(call)

    def _leave_unsaid(self) -> None:
        """Staff went with her and said nothing: the kiosk is free, or whoever is here goes on."""
        self._stand_again()
        if self._at.step is Step.ANSWERED:
            self._at.go(Happening.GONE)
        else:
            self._uncover()

    def _uncover(self) -> None:
        """Whoever is here goes on where she was, and has all the time for it again."""
        self._at.sitting.overlay = None
        self._at.restart()

    def _close(self, outcome: CallOutcome) -> None:
        """What was done is part of the visit, where it is still here, and a line of the trail."""
        sitting, call = self._at.sitting, self._answered
        if call is None:
            return
        self._answered = None
        self._at.clerk.call_closed(call.visit, outcome)
        hers = call.visit == sitting.visit.id and sitting.visit.call is not None
        if hers and sitting.visit.call is not None and not sitting.closed:
            sitting.visit = replace(sitting.visit, call=replace(sitting.visit.call, outcome=outcome))
            self._at.keep()
        if sitting.overlay is Overlay.OUTCOME:
            self._uncover()
        else:
            self._go(Happening.DONE if hers else Happening.GONE)

    def _say_how_she_is(self, *, unwell: bool) -> None:
        sitting = self._at.sitting
        sitting.unwell = unwell
        sitting.visit = replace(sitting.visit, danger_signs=("unwell",) if unwell else ())
        sitting.assessment = None
        self._at.keep()
        if unwell:
            self._at.call(Reason.URGENT)

    def _go(self, happening: Happening) -> None:
        """Once everything is on the disk."""
        if self._at.all_kept:
            self._at.go(happening)
        else:
            self._at.go_when_kept(happening)
