"""The squeeze: live force, two tries a hand, the best counts."""

from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.care.blood import Blood
from kiosk.care.patience import Patience
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.grip import Squeeze
from kiosk.measuring.printing import as_printed

STEPS = frozenset({Step.GRIP})
SECONDS = 60
"""How long one try may take."""
HANDS = (Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT)


class Gripping:
    """The grip step and where it leads."""

    def __init__(self, at: Attendance, blood: Blood) -> None:
        self._at = at
        self._blood = blood
        self._patience = Patience(at, SECONDS, "say.grip.again")

    def begin(self) -> None:
        """Say that the handle rests today where it does. Once is enough."""
        if self._at.step is Step.GRIP and self._at.sitting.plan.complete:
            self._at.go(self.after())
        elif self._at.step is Step.GRIP and not self._at.bench.available(Role.GRIP):
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.rest_today(Station.GRIP)

    def choose(self, choice: Choice) -> None:
        """Leave the rest of the tries out; what was gripped stands."""
        if choice is Choice.SKIP and not self._at.keeping:
            if not self._at.sitting.plan.done:
                self._at.sitting.skipped.add(Station.GRIP)
            self._leave_out(Skip.DECLINED)
            self._at.go(self.after())

    def hear(self, heard: Heard, moment: datetime) -> None:
        """Show a live value; count a peak of the hand whose turn it is."""
        sitting = self._at.sitting
        reading = heard.reading
        if self._at.step is not Step.GRIP or self._at.keeping or heard.at < sitting.entered:
            return
        if reading.kind not in HANDS:
            return
        if reading.kind is not sitting.plan.hand:
            sitting.trouble = f"say.grip.{'left' if sitting.plan.hand is Quantity.GRIP_LEFT else 'right'}"
            return
        sitting.trouble = None
        if reading.stable is False:
            sitting.squeezing = reading
        elif reading.stable:
            self._squeezed(heard, moment)

    def refused(self) -> None:
        """The handle said something that is no value."""
        if self._at.step is Step.GRIP:
            self._at.sitting.squeezing = None
            self._patience.complain("say.grip.again")

    def unclear(self) -> None:
        """Nothing it says is understood any more."""
        if self._at.step is Step.GRIP:
            self._patience.unclear()

    def lost(self) -> None:
        """The line went away: the try does not count, earlier ones do."""
        if self._at.step is Step.GRIP:
            self._at.sitting.squeezing = None
            self._patience.lost()

    def found(self) -> None:
        """The line is back."""
        if self._at.step is Step.GRIP:
            self._patience.found()

    def tick(self) -> None:
        """Give up on a silent or lost handle; what was gripped stands."""
        if self._at.step is not Step.GRIP or self._at.keeping:
            return
        if self._patience.line_gone():
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.rest_today(Station.GRIP)
        elif self._patience.exhausted():
            self._leave_out(Skip.NO_RESULT)
            self._at.go(self.after())

    def after(self) -> Happening:
        """Where the way leads once grip is over: to open or pending blood, else to the result."""
        if self._blood.pending():
            return Happening.BLOOD_PENDING
        return Happening.BLOOD_OPEN if self._blood.open_again() else Happening.ALL_DONE

    def _squeezed(self, heard: Heard, moment: datetime) -> None:
        sitting = self._at.sitting
        sitting.squeezing = None
        sitting.plan = sitting.plan.with_squeeze(Squeeze(heard.reading, moment))
        self._at.accept([as_printed(o) for o in sitting.plan.observations(heard.instrument)])
        if sitting.plan.complete:
            self._at.go_when_kept(self.after())
        else:
            self._at.restart()

    def _leave_out(self, reason: Skip) -> None:
        for hand in HANDS:
            self._at.sitting.visit = self._at.sitting.visit.with_missing(hand, reason)
