"""Quality control of the analyser: which lot, what was mended, the run itself, and its chart.

The material is given a sample number of its own, so that its values can never be taken for a person's: what
comes with another number is not of this run. The rules and the verdict stand in ``devices``; the desk keeps.
"""

from devices.control import Result
from devices.control_chart import Chart
from devices.control_rules import Verdict
from devices.reading import Quantity, Reading
from kiosk.backroom.charting import chart_view, no_chart, quantities_of
from kiosk.backroom.runs import Running, run_view
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import Action, ChooseView, Option, StaffBody
from kiosk.backroom.work import Work
from kiosk.upkeep.controlling import KeepRun, KeptRun, ShowChart
from kiosk.upkeep.looking import Lots
from kiosk.upkeep.records import OpenedLot
from kiosk.upkeep.standing import Why

STEPS = frozenset({StaffStep.CONTROL, StaffStep.MENDED, StaffStep.RUN, StaffStep.CHART})
MENDED = ("strips", "material", "cleaned", "calibrated", "service")
"""What may have been mended before a run; the record keeps the word."""
_OUT = frozenset({Why.CONTROL_REJECTED, Why.NOTHING_MENDED})


class Controlling:
    """One analyser's control, from the lot to the chart."""

    def __init__(self, shift: Shift, work: Work) -> None:
        self._shift = shift
        self._work = work
        self._lots: tuple[OpenedLot, ...] = ()
        self._asked = False
        self._mended: str | None = None
        self._running: Running | None = None
        self._chart: Chart | None = None
        self._level = ""
        self._quantity: Quantity | None = None

    def begin(self) -> None:
        """Ask for the lots, lay out a run, or ask for the chart."""
        step = self._shift.step
        if step in (StaffStep.CONTROL, StaffStep.CHART):
            if not self._work.controlled(self._work.instrument):
                self._work.begin_on(self._analyser(), "")
            self._asked = False
            self._shift.ask(Lots(self._work.instrument), self._listed)
        if step is StaffStep.CONTROL:
            self._mended, self._running, self._quantity = None, None, None
        elif step is StaffStep.RUN and self._lots:
            self._running = Running(self._lots[-1].lot, 0, ())

    def choose(self, press: Press, detail: str) -> None:
        """A lot, a reason, another level, another run."""
        step = self._shift.step
        if step is StaffStep.CONTROL and press is Press.CHOOSE:
            self._shift.chosen = detail
        elif step is StaffStep.CONTROL and press is Press.CONFIRM and self._lots:
            rejected = self._out_of_control()
            self._shift.go(StaffHappening.OUT_OF_CONTROL if rejected else StaffHappening.CHOOSE)
        elif step is StaffStep.MENDED and press is Press.CHOOSE:
            self._shift.chosen = detail
        elif step is StaffStep.MENDED and press is Press.CONFIRM and self._shift.chosen:
            self._mended = self._shift.chosen
            self._shift.go(StaffHappening.CONFIRM)
        elif step is StaffStep.CHART and press is Press.LEVEL:
            self._show_level(detail)
        elif press in (Press.LOTS, Press.CHART, Press.CONTROL):
            self._shift.go(StaffHappening(press.value))

    def hear(self, instrument: str, reading: Reading) -> None:
        """The analyser said a value."""
        if instrument != self._work.instrument or self._running is None:
            return
        if self._shift.step is not StaffStep.RUN or reading.specimen not in (None, self._running.specimen):
            return
        self._running = self._running.with_reading(reading)
        self._shift.touch()
        if self._running.whole:
            self._keep(self._running.results)

    def wants(self, instrument: str) -> bool:
        """Whether what that instrument says belongs to a control run now."""
        return self._shift.step is StaffStep.RUN and instrument == self._work.instrument

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.CONTROL:
            return self._choose_lot()
        if step is StaffStep.MENDED:
            return self._choose_mended()
        if step is StaffStep.RUN and self._running is not None:
            return run_view(self._shift, self._running)
        if self._chart is None or not self._lots:
            return no_chart(self._shift)
        return chart_view(self._shift, self._chart, self._lots[-1].lot, self._level)

    def heading(self) -> str:
        """What the head says."""
        if self._shift.step is StaffStep.CHART and self._quantity is not None:
            return self._shift.say("heading.chart", what=self._shift.say(f"quantity.{self._quantity}"))
        return self._shift.say("heading.control", what=self._shift.say("role.blood"))

    def left(self) -> Action | None:
        """The key beside help: another test of the chart."""
        if self._shift.step is not StaffStep.CHART or not self._lots:
            return None
        quantities = quantities_of(self._lots[-1].lot)
        if len(quantities) < 2 or self._quantity not in quantities:
            return None
        following = quantities[(quantities.index(self._quantity) + 1) % len(quantities)]
        return Action(Press.LEVEL, "arrow_right", self._shift.say("chart.other"), f"{following}:")

    def _analyser(self) -> str:
        """The first instrument on which control material is run."""
        found = (one.id for one in self._shift.premises.tools.described() if self._work.controlled(one.id))
        return next(found, "")

    def _listed(self, lots: tuple[OpenedLot, ...]) -> None:
        self._lots, self._asked = lots, True
        if lots and self._shift.step is StaffStep.CONTROL:
            self._shift.chosen = lots[-1].lot.number
        elif lots and self._shift.step is StaffStep.CHART:
            lot = lots[-1].lot
            self._quantity = self._quantity or lot.quantities[0]
            self._ask_chart(self._level or lot.materials(self._quantity)[0])

    def _out_of_control(self) -> bool:
        board = self._shift.premises.board()
        standings = () if board is None else board.on(self._work.instrument)
        return any(standing.why in _OUT for standing in standings)

    def _keep(self, results: tuple[Result, ...]) -> None:
        action = None if self._mended is None else self._mended
        self._shift.ask(KeepRun(self._shift.by, self._work.instrument, results, action), self._kept)

    def _kept(self, kept: KeptRun) -> None:
        worst = (Verdict.REJECT, Verdict.WARN, Verdict.ACCEPT)
        quantity, _ = min(kept.judgements, key=lambda one: worst.index(one[1].verdict))
        self._quantity, self._level, self._chart = quantity, "", None
        self._shift.go(StaffHappening.DONE)

    def _show_level(self, detail: str) -> None:
        quantity, _, level = detail.partition(":")
        if not self._lots or quantity not in set(Quantity):
            return
        lot = self._lots[-1].lot
        self._quantity = Quantity(quantity)
        self._ask_chart(level or lot.materials(self._quantity)[0])

    def _ask_chart(self, level: str) -> None:
        if self._quantity is not None:
            self._level = level
            self._shift.ask(ShowChart(self._work.instrument, level, self._quantity), self._drawn)

    def _drawn(self, chart: Chart) -> None:
        self._chart = chart

    def _choose_lot(self) -> ChooseView:
        say, day = self._shift.say, self._shift.whole_day
        newest = self._lots[-1:]
        options = tuple(
            Option(
                one.lot.number,
                say("control.lot", number=one.lot.number),
                say(
                    "control.lot_more",
                    day=day(one.lot.expires),
                    levels=str(len(one.lot.materials(one.lot.quantities[0]))),
                ),
            )
            for one in newest
        )
        empty = say("control.none") if self._asked and not options else ""
        chosen = self._shift.chosen if options else None
        return ChooseView(
            say("control.title"), say("control.sentence"), options, chosen, say("control.go"), empty
        )

    def _choose_mended(self) -> ChooseView:
        say = self._shift.say
        options = tuple(Option(one, say(f"mended.{one}")) for one in MENDED)
        return ChooseView(
            say("mended.title"), say("mended.sentence"), options, self._shift.chosen, say("control.go")
        )
