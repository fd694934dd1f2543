"""A weight that is odd: asked about before it is filed, and marked where somebody said that it is right.

Also the way down: nobody is sent on before she stands beside the scale. It must not change a weight.
"""

from devices.reading import Quantity, Remark
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.doubt import doubt_of
from kiosk.measuring.printing import as_printed
from kiosk.measuring.weighing import STANDING

HOLDS = 5
"""Seconds after stepping down until the way on is shown: nobody shall hurry off a step (interface 3)."""
HOLDS_AT_MOST = 20
"""The same where she stays up there, or the scale does not tell that she left."""
READS = 4
"""Seconds for which the way on is shown before the next screen comes by itself."""
STAFF_SECONDS = 60
"""How long staff have to look at an odd weight; after that it is left out, never filed unseen."""


class OddWeight:
    """From a finished weighing to a filed one."""

    def __init__(self, at: Attendance) -> None:
        self._at = at

    def ask_or_file(self) -> None:
        """File what was weighed, or ask first."""
        weighing = self._at.sitting.weighing
        weight = None if weighing is None else weighing.value_of(Quantity.BODY_WEIGHT)
        if weighing is not None and weight is not None:
            self._at.sitting.doubt = doubt_of(weight, self._at.history, company=weighing.company)
        if self._at.sitting.doubt is None:
            self._file(None)
        else:
            self._at.go(Happening.DOUBTED)

    def begin(self, *, left: bool) -> None:
        """Call staff where they must look. ``left``: she is off the scale already."""
        if needs_staff(self._at):
            self._at.call(Reason.TROUBLE)
        if left:
            self.left()

    def choose(self, choice: Choice) -> None:
        """She says that it is right, steps up once more, or leaves it out."""
        if choice is Choice.YES and not needs_staff(self._at):
            self._file(Remark.CONFIRMED)
        elif choice is Choice.AGAIN and may_weigh_again(self._at):
            self._at.calls.end(Reason.TROUBLE)
            self._at.sitting.weighing, self._at.sitting.weighed_anew = None, True
            self._at.go(Happening.AGAIN)
        elif choice is Choice.SKIP:
            self._leave_out(Skip.DECLINED)

    def badge(self) -> None:
        """A member of staff looked and says that it is right."""
        if self._at.step is Step.WEIGHT_ASK and not self._at.keeping:
            self._file(Remark.CHECKED)

    def left(self) -> None:
        """She is asked and stands there no more: she may have gone, but not while staff shall look."""
        if self._at.step is Step.WEIGHT_ASK and not needs_staff(self._at):
            self._at.sitting.left_since = self._at.clock.monotonic()

    def tick(self) -> None:
        """Nobody came to look: without them it is no weight. Down beside the scale: the next screen comes."""
        step = self._at.step
        if self._at.keeping:
            return
        waited = self._at.clock.over(self._at.sitting.entered, STAFF_SECONDS)
        if step is Step.WEIGHT_ASK and needs_staff(self._at) and waited:
            self._leave_out(Skip.STAFF_AWAY)
        elif step is Step.STAND_DONE and is_down(self._at, READS):
            self._at.go(Happening.NEXT)

    def _leave_out(self, reason: Skip) -> None:
        self._at.calls.end(Reason.TROUBLE)
        self._at.sitting.weighing = None
        leave_out_standing(self._at, reason)
        self._at.sitting.skipped.add(Station.STAND)
        self._at.go(Happening.SKIP)

    def _file(self, remark: Remark | None) -> None:
        weighing = self._at.sitting.weighing
        if weighing is None:
            return
        self._at.accept([as_printed(o) for o in weighing.remarked(remark).observations])
        leave_out_standing(self._at, Skip.NO_RESULT)
        self._at.go_when_kept(Happening.MEASURED)


def needs_staff(at: Attendance) -> bool:
    """Whether only staff can say that this weight is right, and there are some here who can."""
    doubt = at.sitting.doubt
    return doubt is not None and doubt.staff and bool(at.house.badges)


def may_weigh_again(at: Attendance) -> bool:
    """Whether stepping up once more is offered: where staff must look, once is enough."""
    return not (at.sitting.weighed_anew and needs_staff(at))


def leave_out_standing(at: Attendance, reason: Skip) -> None:
    """Note why weight and height have no value, where they have none."""
    for quantity in STANDING:
        at.sitting.visit = at.sitting.visit.with_missing(quantity, reason)


def is_down(at: Attendance, longer: float = 0) -> bool:
    """Whether she is long enough beside the scale to be shown the way on, and ``longer`` seconds more."""
    since = at.sitting.down_since
    if since is None:
        return at.spent() > HOLDS_AT_MOST + longer
    return at.clock.since(since) >= HOLDS + longer
