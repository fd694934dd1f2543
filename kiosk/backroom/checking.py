"""The check with one reference mass or rod: put it on, note it, pass or rest.

The desk corrects the value by the line in force and compares; a check that fails is a record like any other,
and the instrument rests until somebody calibrates it.
"""

from msgspec.structs import replace

from devices.calibration_limits import EMPTY, Standard, Verification
from devices.reading import Reading
from kiosk.backroom.calibrating import point_view
from kiosk.backroom.outcomes import checked_view, refused_view
from kiosk.backroom.putting import NO_PLATE, Putting
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import Action, DoneView, StaffBody
from kiosk.backroom.work import Work
from kiosk.upkeep.checking import KeepCheck

STEPS = frozenset({StaffStep.CHECK, StaffStep.CHECKED})


class Checking:
    """One reference after another, each judged by itself."""

    def __init__(self, shift: Shift, work: Work) -> None:
        self._shift = shift
        self._work = work
        self._standards: tuple[Standard, ...] = ()
        self._place = 0
        self._putting: Putting | None = None
        self._done: DoneView | None = None

    def begin(self) -> None:
        """The references that may be used, the middle one first."""
        if self._shift.step is not StaffStep.CHECK:
            return
        span, now = self._work.span(), self._shift.clock.wall()
        fit = () if span is None else self._shift.premises.standards(span)
        self._standards = tuple(s for s in fit if s.certified_until is None or now < s.certified_until)
        if self._done is not None and self._standards:
            self._place = (self._place + 1) % len(self._standards)
        else:
            self._place = len(self._standards) // 2
        self._done = None
        self._put()

    def left(self) -> Action | None:
        """The key beside help: another reference than the one asked for."""
        if self._shift.step is not StaffStep.CHECK or len(self._standards) < 2:
            return None
        return Action(Press.PAGE, "again", self._shift.say("check.other"))

    def choose(self, press: Press, detail: str) -> None:
        """Note the value, take another reference, do it again, calibrate."""
        if press is Press.TAKE and self._putting is not None and self._putting.can_take:
            self._take(self._putting)
        elif press is Press.PAGE and self._standards:
            self._place = (self._place + 1) % len(self._standards)
            self._put()
        elif press is Press.CHECK:
            self._shift.go(StaffHappening.CHECK)
        elif press is Press.CALIBRATE:
            self._shift.go(StaffHappening.CALIBRATE)

    def hear(self, instrument: str, reading: Reading) -> None:
        """The instrument said something, uncorrected."""
        if instrument == self._work.instrument and self._putting is not None:
            self._putting = self._putting.with_reading(reading)

    def body(self) -> StaffBody:
        """The screen of this step."""
        if self._shift.step is StaffStep.CHECKED and self._done is not None:
            return self._done
        say, putting = self._shift.say, self._putting
        if putting is None:
            nothing = Putting(self._work.span() or NO_PLATE, EMPTY, 1)
            key = "check.none" if self._work.span() else "check.no_plate"
            view = point_view(self._shift, nothing, "")
            return replace(view, title=say("check.title"), ruler=None, trouble=say(key))
        number = say("check.which", number=str(self._place + 1), total=str(len(self._standards)))
        view = point_view(self._shift, self._as_measured(putting), number)
        return replace(view, footnote=say("reference.no_end", mark=putting.standard.id))

    def heading(self) -> str:
        """What the head says."""
        span = self._work.span()
        what = "" if span is None else self._shift.say(f"quantity.{span.quantity}")
        return self._shift.say("heading.check", what=what)

    def _as_measured(self, putting: Putting) -> Putting:
        """What a person would be told: the value after the line in force, which is what is checked."""
        board, shown = self._shift.premises.board(), putting.shown
        if board is None or shown is None:
            return putting
        standing = board.of(putting.span.instrument, putting.span.quantity)
        line = None if standing is None else standing.calibration
        return putting if line is None else replace(putting, shown=line.corrected(shown))

    def _put(self) -> None:
        span = self._work.span()
        if span is None or not self._standards:
            self._putting = None
            return
        self._putting = Putting(span, self._standards[self._place], 1)

    def _take(self, putting: Putting) -> None:
        noted = putting.with_note()
        self._putting = noted
        shown = ((noted.standard, noted.taken[-1]),)
        job = KeepCheck(self._shift.by, noted.span.instrument, noted.span.quantity, shown)
        self._shift.ask(job, self._kept, self._refused)

    def _kept(self, made: Verification) -> None:
        self._done = checked_view(self._shift, made)
        self._shift.go(StaffHappening.DONE)

    def _refused(self, wrong: Exception) -> None:
        self._done = refused_view(self._shift, wrong, (), self._work.span())
        self._shift.go(StaffHappening.DONE)
