"""In the chair: rest, readings, the pause between them.

Knows the protocol (``measuring.pressure``) and starts the cuff where the wire can. It must not call a reading
guideline pressure when the rest or a pause was cut short, start a cuff by itself, nor show a key that does
nothing.
"""

from datetime import datetime

from devices.events import Heard
from devices.model import Role
from devices.reading import Quantity, Reading
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.care.oxygen import Oxygen
from kiosk.care.patience import Patience
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.pressure import CuffReading, PressureSeries, moved
from kiosk.measuring.printing import as_printed

STEPS = frozenset({Step.REST, Step.PRESSURE, Step.GAP})
SECONDS = 150
"""How long the cuff may need, from the screen that asks for it to the result."""
SHORTEST_RUN = 15
"""Seconds no cuff is quicker than: filling alone takes five, letting go ten. A result that comes sooner after
the screen asked was begun by the machine's own key before the rest or the pause was over."""
CUFF = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE)
CODES = {"error_1": "say.cuff.loose", "error_2": "say.cuff.loose", "error_4": "say.cuff.still"}
"""HBP-9030 error digits with a sentence of their own; every other one asks to measure again."""
FAILURES = 3
"""How often a cuff may fail: once is tried again after a minute, twice calls staff (F15)."""


class Seated:
    """Rest, pressure and gap."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._patience = Patience(at, SECONDS, "say.cuff.again")
        self._parts: dict[Quantity, Reading] = {}
        self._oxygen = Oxygen(at)

    def begin(self) -> None:
        """Say that the machine rests today, or begin; a quick visit does not rest. Once is enough."""
        step, sitting = self._at.step, self._at.sitting
        self._let_go()
        if step is Step.REST and sitting.visit.value_of(Quantity.SYSTOLIC) is not None:
            self._at.go(Happening.SKIP)
        elif step is Step.REST:
            sitting.series = self._new_series()
            self._oxygen.begin()
            if not self._at.bench.available(Role.PRESSURE):
                self._away()
            elif not self._at.house.guideline:
                self._at.go(Happening.NEXT)
        elif step is Step.PRESSURE:
            self._parts = {}

    def _let_go(self) -> None:
        """Before anything else is asked, be it of somebody else, a cuff that may still squeeze lets go."""
        if self._at.sitting.cuff_runs:
            self._at.sitting.cuff_runs = False
            self._at.bench.stop(Role.PRESSURE)

    def choose(self, choice: Choice) -> None:
        """Start the cuff, stop it, or leave the item out when she says so."""
        if choice is Choice.START and can_start(self._at):
            self._at.sitting.cuff_runs = self._at.bench.start(Role.PRESSURE)
            self._at.sitting.entered = self._at.clock.monotonic()
        if choice is Choice.STOP:
            self._at.sitting.cuff_runs = False
            self._at.bench.stop(Role.PRESSURE)
        if choice in (Choice.SKIP, Choice.STOP) and not self._at.keeping:
            self._give_up(Skip.DECLINED, Happening.SKIP)

    def hear(self, heard: Heard, moment: datetime) -> None:
        """Collect the values of one run of the cuff; the run ends with its diastolic and pulse."""
        if heard.instrument != self._at.bench.id_of(Role.PRESSURE):
            self._oxygen.hear(heard, moment)
            return
        if self._at.step in (Step.REST, Step.GAP) and heard.reading.kind is Quantity.SYSTOLIC:
            self._at.sitting.trouble = "say.cuff.wait"
        if self._at.step is not Step.PRESSURE or self._at.keeping or heard.at < self._at.sitting.entered:
            return
        if heard.reading.kind in CUFF:
            self._parts[heard.reading.kind] = heard.reading
        if all(quantity in self._parts for quantity in CUFF):
            self._run_ended(moment)

    def refused(self) -> None:
        """The cuff said something that is no value."""
        if self._at.step is Step.PRESSURE:
            self._parts = {}
            self._let_go()
            self._patience.complain("say.cuff.again")

    def could_not(self, code: str) -> None:
        """The instrument itself could not measure, or did not hear that it should."""
        if self._at.step is not Step.PRESSURE or self._at.keeping:
            return
        if code in ("no_answer", "not_now"):
            self._let_go()
            self._patience.complain("say.cuff.again")
        else:
            self._failed(CODES.get(code, "say.cuff.again"))

    def unclear(self) -> None:
        """Nothing it says is understood any more."""
        if self._at.step is Step.PRESSURE:
            self._patience.unclear()

    def lost(self) -> None:
        """The line went away: the run does not count."""
        if self._at.step is Step.PRESSURE:
            self._parts = {}
            self._at.sitting.cuff_runs = False
            self._patience.lost()

    def found(self) -> None:
        """The line is back; a cuff that went on squeezing meanwhile lets go before it is started anew."""
        if self._at.step is Step.PRESSURE:
            self._at.bench.stop(Role.PRESSURE)
            self._patience.found()

    def tick(self) -> None:
        """End the rest and the pause by time; give up on a silent or lost machine."""
        step, sitting = self._at.step, self._at.sitting
        if step is Step.REST and self._at.spent() >= self._at.house.pressure.rest_s:
            sitting.rested = True
            self._at.go(Happening.NEXT)
        elif step is Step.GAP and self._at.spent() >= self._at.house.pressure.gap_s:
            self._at.go(Happening.NEXT)
        elif step is Step.PRESSURE and not self._at.keeping:
            if self._patience.line_gone():
                self._away()
            elif self._patience.exhausted():
                self._give_up(Skip.NO_RESULT, Happening.SKIP)

    def _run_ended(self, moment: datetime) -> None:
        systolic, diastolic = self._parts[Quantity.SYSTOLIC], self._parts[Quantity.DIASTOLIC]
        rested = self._at.sitting.rested and self._at.spent() >= SHORTEST_RUN
        run = CuffReading(systolic, diastolic, self._parts[Quantity.PULSE], moment, rested)
        self._parts = {}
        self._at.sitting.cuff_runs = False
        if moved(systolic) and self._at.sitting.cuff_failures == 0:
            self._failed("say.cuff.still")
            return
        series = (self._at.sitting.series or self._new_series()).with_run(run)
        self._at.sitting.series = series
        self._at.accept([as_printed(o) for o in series.observations(self._at.bench.id_of(Role.PRESSURE))])
        if not series.complete:
            self._at.go_when_kept(Happening.ANOTHER)
        elif series.confirmed_urgent:
            self._at.go_when_kept(Happening.URGENT)
        else:
            self._at.go_when_kept(Happening.MEASURED)

    def _failed(self, words: str) -> None:
        """No number: once more after a minute, then with staff, then not today."""
        sitting = self._at.sitting
        sitting.cuff_failures += 1
        sitting.cuff_runs = False
        if sitting.cuff_failures == 1:
            self._at.go(Happening.ANOTHER)
            sitting.trouble = words
        elif sitting.cuff_failures < FAILURES:
            self._at.call(Reason.TROUBLE)
            self._patience.complain("say.cuff.staff")
        else:
            self._give_up(Skip.NO_RESULT, Happening.SKIP)

    def _new_series(self) -> PressureSeries:
        return PressureSeries(self._at.house.pressure, wanted=2 if self._at.house.guideline else 1)

    def _away(self) -> None:
        self._leave_out(Skip.INSTRUMENT_AWAY)
        self._at.rest_today(Station.SIT)

    def _give_up(self, reason: Skip, happening: Happening) -> None:
        self._leave_out(reason)
        series = self._at.sitting.series
        if series is None or not series.runs:
            self._at.sitting.skipped.add(Station.SIT)
        self._at.go(happening)

    def _leave_out(self, reason: Skip) -> None:
        for quantity in CUFF:
            self._at.sitting.visit = self._at.sitting.visit.with_missing(quantity, reason)


def stops_here(at: Attendance) -> bool:
    """Whether a key on the screen stops the cuff now."""
    model = at.bench.model(Role.PRESSURE)
    return at.step is Step.PRESSURE and model is not None and model.can.stop and not can_start(at)


def can_start(at: Attendance) -> bool:
    """Whether a key on the screen starts the cuff now."""
    model = at.bench.model(Role.PRESSURE)
    idle = at.step is Step.PRESSURE and not at.sitting.cuff_runs and not at.keeping
    return model is not None and model.can.start and idle
