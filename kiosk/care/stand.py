"""On the scale: one weighing is one reading, no touch needed.

Knows what the instrument can say (live or not, height or not, empty or not). It must not take a repeat, a
recalled value, one from before the step, one that moves, or one of whoever stood there before.
"""

from datetime import datetime

from msgspec.structs import replace

from devices.events import Heard, Progress
from devices.model import Model, Role
from devices.reading import Quantity
from health.visit import Skip
from kiosk.attendance import Attendance
from kiosk.care.odd_weight import OddWeight, is_down, leave_out_standing
from kiosk.care.patience import Patience
from kiosk.care.platform import Ground, Platform
from kiosk.care.starting import Starting
from kiosk.care.tall import Tall
from kiosk.care.waking import wake
from kiosk.clock import STUMBLES_S
from kiosk.flow.steps import Choice, Happening, Station, Step
from kiosk.measuring.weighing import STANDING, Weighing, plausible

STEPS = frozenset({Step.STAND, Step.TALL, Step.WEIGHT_ASK, Step.STAND_DONE})
SECONDS = 90
"""How long the scale may say nothing before she is asked to step up once more."""
LONGEST = 300
"""Real seconds at the scale after which there is no weight today, however much the scale goes on saying."""
HEIGHT_WAIT = 20
"""Seconds after the weight in which a height may still come (a rod somebody has to move)."""
GUIDES_AFTER = 5
OFFERS_AFTER = 20
"""Seconds of an unsteady weight until she is told how to stand, and until another try is offered (F9)."""
HEARD_OUT = 0.3
"""Part of those seconds for which the scale is heard out in real time, however quick a demonstration runs."""
EMPTY, REPEATED = "empty", "repeated"
SAID_AGAIN = 5.0
"""Seconds of real time in which a scale that repeats itself has said a weight three times."""


class Standing:
    """The stand step, what is asked about its weight, and the way down."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._patience = Patience(at, SECONDS, "say.stand.again")
        self._platform = Platform()
        self._starting = Starting(at)
        self._odd = OddWeight(at)
        self._tall = Tall(at)
        self._zeroed = False
        self._began = at.clock.monotonic()

    @property
    def ground(self) -> Ground:
        """How the platform lies."""
        return self._platform.ground

    def begin(self) -> None:
        """Start a fresh weighing, or say that the scale rests today."""
        step = self._at.step
        if step is Step.STAND:
            self._begin_weighing()
        elif step is Step.TALL:
            self._tall.begin()
        elif step is Step.WEIGHT_ASK:
            self._odd.begin(left=self._platform.left)
        elif step is Step.STAND_DONE:
            waits = self._platform.ground is Ground.TAKEN
            self._at.sitting.down_since = None if waits else self._at.clock.monotonic()

    def choose(self, choice: Choice, detail: str = "") -> None:
        """Act on what was pressed."""
        step = self._at.step
        if self._at.keeping:
            return
        if step is Step.STAND and choice is Choice.SKIP:
            self._skip()
        elif step is Step.STAND and choice is Choice.AGAIN and self._at.sitting.offers:
            self._once_more("say.stand.steady")
        elif step is Step.TALL and self._tall.choose(choice, detail):
            self._give_up(Skip.DECLINED)
        elif step is Step.WEIGHT_ASK:
            self._odd.choose(choice)
        elif step is Step.STAND_DONE and choice is Choice.NEXT and is_down(self._at):
            self._at.go(Happening.NEXT)

    def badge(self) -> None:
        """A member of staff looked at an odd weight and says that it is right."""
        self._odd.badge()

    def hear(self, heard: Heard, moment: datetime) -> None:
        """Take a reading of the scale into the weighing."""
        model = self._at.bench.model(Role.STAND)
        weighs = None if model is None else model.weighs
        if weighs is not None and heard.reading.kind is Quantity.BODY_WEIGHT:
            wake(self._at, came=self._platform.stood_on(heard, tells_empty=weighs.tells_empty))
        weighing = self._at.sitting.weighing
        if self._at.step is not Step.STAND or weighing is None or self._at.keeping:
            return
        self._starting.answered(heard.reading.kind)
        if heard.reading.kind in STANDING and not plausible(heard.reading):
            self.refused()
            return
        self._weighed(weighing, weighing.with_reading(heard.reading, heard.at, moment, heard.instrument))

    def _weighed(self, weighing: Weighing, after: Weighing) -> None:
        self._at.sitting.weighing = after
        if after is not weighing:
            self._at.sitting.entered = self._at.clock.monotonic()
        if len(after.observations) > len(weighing.observations):
            self._at.sitting.trouble = None
            self._at.sitting.offers = False
        if after.complete:
            self._finish()

    def told(self, progress: Progress) -> None:
        """The scale said something of its work; that it is empty ends what was begun on it."""
        weighing = self._at.sitting.weighing
        if progress.step == REPEATED and self._at.step is Step.STAND and weighing and not self._at.keeping:
            self._weighed(weighing, weighing.repeated(self._at.clock.wall(), progress.instrument))
        if progress.step != EMPTY:
            return
        self._platform.emptied()
        self._starting.nobody()
        sitting = self._at.sitting
        sitting.stepped_on = False
        self._odd.left()
        if self._at.step is Step.STAND_DONE and sitting.down_since is None:
            sitting.down_since = self._at.clock.monotonic()
        if self._at.step is not Step.STAND or sitting.weighing is None or self._at.keeping:
            return
        before, sitting.weighing = sitting.weighing, sitting.weighing.emptied()
        too_soon = before.fresh and before.on_since is not None and not before.observations
        sitting.offers = False
        if too_soon:
            self._patience.complain("say.stand.off_early")
        elif not before.fresh or sitting.trouble in ("say.stand.clear", "say.stand.zeroing"):
            sitting.trouble = None
            self._at.restart()
            sitting.anew += 1

    def could_not(self, code: str) -> None:
        """The scale itself says that it cannot weigh."""
        beside_zero = self._platform.complained(code)
        if self._at.step is not Step.STAND or self._at.keeping or code == "not_now":
            return
        if beside_zero:
            self._mend_zero()
        elif code == "no_body":
            self._rest(Skip.NO_RESULT, "say.stand.no_body")
        else:
            self._once_more("say.stand.one" if code == "overload" else "say.stand.again")

    def refused(self) -> None:
        """The scale said something that is no value."""
        if self._at.step is Step.STAND and not self._at.keeping:
            self._once_more("say.stand.again")

    def unclear(self) -> None:
        """Nothing it says is understood any more."""
        if self._at.step is Step.STAND:
            self._patience.unclear()

    def lost(self) -> None:
        """The line went away; a weighing begun before it does not count, nor what it said of the platform."""
        self._platform.emptied()
        if self._at.step is Step.STAND:
            self._patience.lost()
            self.begin_anew()

    def found(self) -> None:
        """The line is back."""
        if self._at.step is Step.STAND:
            self._patience.found()
            self.begin_anew()
            self._starting.begin()

    def begin_anew(self) -> None:
        """Forget what this weighing had and start over."""
        model = self._at.bench.model(Role.STAND)
        if model is not None and self._at.sitting.weighing is not None:
            self._at.sitting.weighing = self._fresh(model)

    def tick(self) -> None:
        """Take a weight without height when no height comes; guide and give up as time goes by."""
        self._odd.tick()
        if self._at.step is not Step.STAND or self._at.keeping:
            return
        if self._patience.line_gone():
            self._rest(Skip.INSTRUMENT_AWAY)
        elif self._height_never_came():
            self._finish()
        elif self._waited_long_enough():
            self._give_up(Skip.NO_RESULT)
        else:
            self._guide()
            self._starting.tick()

    def _waited_long_enough(self) -> bool:
        at_most = self._at.clock.monotonic() - self._began > LONGEST
        return at_most or (not self._being_repeated() and self._patience.exhausted())

    def _begin_weighing(self) -> None:
        model = self._at.bench.model(Role.STAND)
        sitting = self._at.sitting
        sitting.offers, sitting.doubt, self._zeroed = False, None, False
        self._began = self._at.clock.monotonic()
        if model is None or not self._at.bench.available(Role.STAND):
            self._rest(Skip.INSTRUMENT_AWAY)
            return
        if self._starting.asks_height():
            self._at.go(Happening.UNMEASURED)
            return
        refusal = self._starting.refusal()
        if refusal is not None:
            self._rest(*refusal)
            return
        sitting.weighing = self._fresh(model)
        if self._platform.ground is Ground.TAKEN:
            sitting.trouble = "say.stand.step_down"
        elif not self._platform.empty:
            self._mend_zero()
        if self._at.step is Step.STAND:
            self._starting.begin()

    def _fresh(self, model: Model) -> Weighing:
        expects = tuple(q for q in STANDING if q in model.measures)
        now = self._at.clock.monotonic()
        return Weighing(now, expects, model.weighs, fresh=self._platform.empty)

    def _mend_zero(self) -> None:
        """Zero an empty scale once, ask for what lies there to be taken away, or leave it to staff (F12)."""
        model, ground = self._at.bench.model(Role.STAND), self._platform.ground
        weighing = self._at.sitting.weighing
        if weighing is not None:
            self._at.sitting.weighing = replace(weighing, fresh=False)
        if ground is Ground.LEFT_ON:
            self._at.sitting.trouble = "say.stand.clear"
        elif ground is Ground.OFF_ZERO and model is not None and model.can.zero and not self._zeroed:
            self._zeroed = True
            self._at.sitting.trouble = "say.stand.zeroing"
            self._at.bench.zero(Role.STAND)
        else:
            self._rest(Skip.NO_RESULT)

    def _once_more(self, words: str) -> None:
        self._patience.complain(words)
        self._at.sitting.offers = False
        self.begin_anew()
        self._starting.begin()

    def _guide(self) -> None:
        weighing = self._at.sitting.weighing
        if weighing is None or weighing.on_since is None or weighing.observations or not weighing.fresh:
            return
        real = self._at.clock.monotonic() - weighing.on_since
        lasted = self._at.clock.since(weighing.on_since)
        if lasted > GUIDES_AFTER and real > GUIDES_AFTER * HEARD_OUT:
            self._at.sitting.trouble = "say.stand.steady"
        if lasted > OFFERS_AFTER and real > OFFERS_AFTER * HEARD_OUT:
            self._at.sitting.offers = True

    def _being_repeated(self) -> bool:
        weighing = self._at.sitting.weighing
        if weighing is None or not weighing.said or weighing.on_since is None:
            return False
        return self._at.clock.monotonic() - weighing.on_since < SAID_AGAIN

    def _height_never_came(self) -> bool:
        weighing = self._at.sitting.weighing
        weight = weighing.value_of(Quantity.BODY_WEIGHT) if weighing else None
        if weight is None or weight.at is None:
            return False
        waited = (self._at.clock.wall() - weight.at).total_seconds()
        return waited * self._at.clock.speed > HEIGHT_WAIT and waited >= min(HEIGHT_WAIT, STUMBLES_S)

    def _skip(self) -> None:
        weighing = self._at.sitting.weighing
        if weighing is not None and weighing.value_of(Quantity.BODY_WEIGHT) is not None:
            self._finish()
            return
        self._give_up(Skip.DECLINED)

    def _finish(self) -> None:
        self._at.sitting.stood = True
        self._odd.ask_or_file()

    def _give_up(self, reason: Skip) -> None:
        leave_out_standing(self._at, reason)
        self._at.sitting.skipped.add(Station.STAND)
        self._at.sitting.stood = True
        self._at.go(Happening.SKIP)

    def _rest(self, reason: Skip, words: str = "say.not_today") -> None:
        self._at.sitting.stood = True
        leave_out_standing(self._at, reason)
        self._at.rest_today(Station.STAND, words)
