"""One visit being attended: what every step's care works with.

It holds the sitting and the ways out (bench, clerk), and moves the flow. It must not know what a step does;
each ``care`` module knows its own steps and no other.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from devices.reading import Quantity
from health.assess import assess
from health.assessment import Assessment, Phrase
from health.quantity import printed_value
from health.visit import Observation, Skip
from health.words import Words, words_of
from kiosk.calling.calls import Calls, Reason
from kiosk.clock import Clock
from kiosk.duties import Clerk
from kiosk.flow.steps import Happening, Station, Step
from kiosk.flow.table import next_step
from kiosk.house import House
from kiosk.instruments import Instruments
from kiosk.sitting import Past, Sitting
from kiosk.views import Overlay

FINISHED = frozenset({Step.RESULT, Step.TRENDS, Step.TEACH, Step.TAKE, Step.PAPER, Step.GOODBYE})
"""Steps at which everything was measured that will be."""


class Attendance:
    """The visit in progress and its ways out. Lives on the one thread that draws.

    ``closed``: the disk has no room for a new visit. ``staff_here``: the screen is the staff's now.
    """

    def __init__(
        self, house: House, clock: Clock, bench: Instruments, clerk: Clerk, sitting: Sitting
    ) -> None:
        self.calls = Calls(clock, house.ring)
        self.house = house
        self.clock = clock
        self.bench = bench
        self.clerk = clerk
        self.sitting = sitting
        self.arrived = True
        self.closed = self.staff_here = False
        self._after_keeping: Happening | None = None
        self._unkept = 0

    @property
    def words(self) -> Words:
        """The words of the language she chose."""
        return words_of(self.sitting.language)

    @property
    def today(self) -> date:
        """The civil date of the visit."""
        return self.sitting.visit.on

    def say(self, key: str, **args: str) -> str:
        """A sentence in her language."""
        return self.words.say(Phrase(key, tuple(args.items())))

    def time_of(self, moment: datetime) -> str:
        """The civil time of an aware moment, ``9:51``."""
        there = moment.astimezone(self.clock.local().tzinfo)
        return f"{there.hour}:{there.minute:02d}"

    def spent(self) -> float:
        """Seconds of the visit's own time since the step began."""
        return self.clock.since(self.sitting.entered)

    def go(self, happening: Happening) -> None:
        """Move by the table. The attendant notices ``arrived`` and lets the new step begin."""
        if self.sitting.step is Step.IDLE:
            self.sitting.visit = replace(
                self.sitting.visit, on=self.clock.today(), opened_at=self.clock.wall()
            )
        if happening is Happening.GONE:
            self.sitting.walked_off = self.sitting.step not in FINISHED
        step = next_step(self.sitting.step, happening)
        self.sitting.step = step
        self.restart()
        self.sitting.patience = self.sitting.complaints = self.sitting.losses = self.sitting.anew = 0
        self.arrived = True

    def cover(self, overlay: Overlay) -> None:
        """Lay a panel above the step."""
        self.sitting.overlay = overlay
        self.sitting.overlay_since = self.clock.monotonic()

    def restart(self) -> None:
        """Begin the step's time anew."""
        self.sitting.entered = self.sitting.touched = self.clock.monotonic()
        self.sitting.trouble = None
        self.sitting.lost_since = self.sitting.left_since = None

    def accept(self, observations: Sequence[Observation]) -> None:
        """Take values into the visit and let the clerk keep them."""
        visit = self.sitting.visit
        for observation in observations:
            marked = self.bench.marked(observation)
            if marked is None:
                visit = visit.with_missing(observation.quantity, Skip.INSTRUMENT_AWAY)
            else:
                visit = visit.with_observation(marked)
        known = {i.id for i in visit.instruments}
        used = {o.instrument for o in visit.observations}
        more = tuple(i for i in self.bench.described() if i.id in used and i.id not in known)
        self.sitting.visit = replace(visit, instruments=(*visit.instruments, *more))
        self.sitting.assessment = None
        self.keep()

    def keep(self) -> None:
        """Let the clerk keep the visit so far. Nothing is kept of who has not agreed."""
        if self.sitting.visit.consent is None:
            return
        self._unkept += 1
        self.clerk.keep_draft(
            self.sitting.visit, self.assessment(), self.sitting.language, shares=self.sitting.shares
        )

    def go_when_kept(self, happening: Happening) -> None:
        """Move on once the ledger has what was accepted: a white card is a promise."""
        self._after_keeping = happening

    def kept(self) -> None:
        """The ledger answered; go where we waited to go once it has the latest."""
        self._unkept = max(0, self._unkept - 1)
        if self._after_keeping is not None and self._unkept == 0:
            happening, self._after_keeping = self._after_keeping, None
            self.go(happening)

    def forget(self) -> None:
        """A new sitting waits for nothing of the one before."""
        self._after_keeping = None
        self._unkept = 0

    @property
    def all_kept(self) -> bool:
        """Whether the ledger has everything that was accepted."""
        return self._unkept == 0

    @property
    def keeping(self) -> bool:
        """Whether a step waits for the ledger."""
        return self._after_keeping is not None

    def call(self, reason: Reason) -> None:
        """Call staff. Blood is asked for at every visit, so of that only who came is noted."""
        before = self.calls.standing
        made = self.calls.call(reason, self.sitting.visit.id, self.step.value)
        if made is not before and reason is not Reason.BLOOD:
            self.clerk.call_raised(made)

    def raise_alarm(self) -> None:
        """Let the clerk seal an alarm before anything else; who waits for what is kept waits for it too."""
        self._unkept += 1
        self.clerk.raise_alarm(self.sitting.visit, self.assessment(), self.sitting.language)

    def assessment(self) -> Assessment:
        """What the values so far mean."""
        if self.sitting.assessment is None:
            visit, rulebook = self.sitting.visit, self.house.rulebook
            trusted = self.house.clock_trusted()
            self.sitting.assessment = assess(visit, self.history, rulebook, self.today, clock_trusted=trusted)
        return self.sitting.assessment

    def phone_code(self) -> str | None:
        """The text of the code by which the telephone shows the results, None where there is none."""
        return self.clerk.phone_code(self.sitting.visit, self.assessment())

    def rest_today(self, station: Station, words: str = "say.not_today") -> None:
        """The instrument of ``station`` is away or not for her: say so in ``words``, offer the next thing."""
        self.sitting.resting_station, self.sitting.resting_words = station, words
        self.sitting.skipped.add(station)
        self.go(Happening.NO_INSTRUMENT)

    @property
    def history(self) -> Past:
        """What this station was told of her earlier visits; empty where nobody told it anything."""
        return self.sitting.history

    def known_height(self) -> Decimal | None:
        """Her height in centimetres: measured now, else as it was last time, else as she said it."""
        now = self.sitting.visit.value_of(Quantity.BODY_HEIGHT)
        past = sorted(self.history, key=lambda one: one.on, reverse=True)
        known = (now, *(visit.value_of(Quantity.BODY_HEIGHT) for visit in past))
        found = next((one for one in known if one is not None), None)
        return self.sitting.said_height if found is None else printed_value(found)

    @property
    def step(self) -> Step:
        """The step she is at."""
        return self.sitting.step
