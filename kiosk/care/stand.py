"""On the scale: one weighing is one reading, no touch needed.

Knows what the instrument can say (live or not, height or not). It must not take a repeat, a recalled value
or one from before the step.
"""

from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.care.patience import Patience
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.printing import as_printed
from kiosk.measuring.weighing import STANDING, Weighing

STEPS = frozenset({Step.STAND, Step.STAND_DONE})
SECONDS = 90
"""How long the scale may say nothing before she is asked to step up once more."""
HEIGHT_WAIT = 20
"""Seconds after the weight in which a height may still come (a rod somebody has to move)."""


class Standing:
    """The stand step and its two values."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._patience = Patience(at, SECONDS, "say.stand.again")

    def begin(self) -> None:
        """Start a fresh weighing, or say that the scale rests today."""
        if self._at.step is not Step.STAND:
            return
        model = self._at.bench.model(Role.STAND)
        if model is None or not self._at.bench.available(Role.STAND):
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.rest_today(Station.STAND)
            return
        expects = tuple(q for q in STANDING if q in model.measures)
        self._at.sitting.weighing = Weighing(self._at.clock.monotonic(), expects)

    def choose(self, choice: Choice) -> None:
        """Act on what was pressed."""
        step = self._at.step
        if step is Step.STAND and choice is Choice.SKIP and not self._at.keeping:
            self._leave_out(Skip.DECLINED)
            self._at.sitting.skipped.add(Station.STAND)
            self._at.sitting.stood = True
            self._at.go(Happening.SKIP)
        elif step is Step.STAND_DONE and choice is Choice.NEXT:
            self._at.go(Happening.NEXT)

    def hear(self, heard: Heard, moment: datetime) -> None:
        """Take a reading of the scale into the weighing."""
        weighing = self._at.sitting.weighing
        if self._at.step is not Step.STAND or weighing is None or self._at.keeping:
            return
        after = weighing.with_reading(heard.reading, heard.at, moment, heard.instrument)
        self._at.sitting.weighing = after
        if after is not weighing:
            self._at.sitting.trouble = None
        if after.complete:
            self._finish()

    def refused(self) -> None:
        """The scale said something that is no value."""
        if self._at.step is Step.STAND:
            self._patience.complain("say.stand.again")
            self.begin_anew()

    def lost(self) -> None:
        """The line went away; a weighing begun before it does not count."""
        if self._at.step is Step.STAND:
            self._patience.lost()
            self.begin_anew()

    def found(self) -> None:
        """The line is back."""
        if self._at.step is Step.STAND:
            self._patience.found()
            self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what this weighing had and start over."""
        weighing = self._at.sitting.weighing
        if weighing is not None:
            self._at.sitting.weighing = Weighing(self._at.clock.monotonic(), weighing.expects)

    def tick(self) -> None:
        """Take a weight without height when no height comes; give up on a silent or lost scale."""
        if self._at.step is not Step.STAND or self._at.keeping:
            return
        if self._patience.line_gone():
            self._leave_out(Skip.INSTRUMENT_AWAY)
            self._at.sitting.stood = True
            self._at.rest_today(Station.STAND)
        elif self._height_never_came():
            self._finish()
        elif self._patience.exhausted():
            self._leave_out(Skip.NO_RESULT)
            self._at.sitting.skipped.add(Station.STAND)
            self._at.sitting.stood = True
            self._at.go(Happening.SKIP)

    def _height_never_came(self) -> bool:
        weighing = self._at.sitting.weighing
        weight = weighing.value_of(Quantity.BODY_WEIGHT) if weighing else None
        if weight is None or weight.at is None:
            return False
        waited = (self._at.clock.wall() - weight.at).total_seconds() * self._at.clock.speed
        return waited > HEIGHT_WAIT

    def _finish(self) -> None:
        weighing = self._at.sitting.weighing
        if weighing is None:
            return
        self._at.sitting.stood = True
        self._at.accept([as_printed(o) for o in weighing.observations])
        self._leave_out(Skip.NO_RESULT)
        self._at.go_when_kept(Happening.MEASURED)

    def _leave_out(self, reason: Skip) -> None:
        sitting = self._at.sitting
        for quantity in STANDING:
            sitting.visit = sitting.visit.with_missing(quantity, reason)
