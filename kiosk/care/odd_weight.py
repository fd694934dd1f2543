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
"""Seconds after stepping down until the way on is offered: nobody shall hurry off a step (interface 3)."""
HOLDS_AT_MOST = 20
"""The same where she stays up there, or the scale does not tell that she left."""


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

    def begin(self) -> None:
        """Call staff where they must look."""
        if needs_staff(self._at):
            self._at.call(Reason.TROUBLE)

    def choose(self, choice: Choice) -> None:
        """She says that it is right, steps up once more, or leaves it out."""
        if choice is Choice.YES and not needs_staff(self._at):
            self._file(Remark.CONFIRMED)
        elif choice in (Choice.AGAIN, Choice.SKIP):
            self._at.calls.end(Reason.TROUBLE)
            self._at.sitting.weighing = None
            if choice is Choice.SKIP:
                leave_out_standing(self._at, Skip.DECLINED)
                self._at.sitting.skipped.add(Station.STAND)
            self._at.go(Happening.SKIP if choice is Choice.SKIP else Happening.AGAIN)

    def badge(self) -> None:
        """A member of staff looked and says that it is right."""
        if self._at.step is Step.WEIGHT_ASK and not self._at.keeping:
            self._file(Remark.CHECKED)

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


def leave_out_standing(at: Attendance, reason: Skip) -> None:
    """Note why weight and height have no value, where they have none."""
    for quantity in STANDING:
        at.sitting.visit = at.sitting.visit.with_missing(quantity, reason)


def is_down(at: Attendance) -> bool:
    """Whether she has stood beside the scale long enough to be sent on."""
    since = at.sitting.down_since
    return at.spent() > HOLDS_AT_MOST if since is None else at.clock.since(since) >= HOLDS
