"""Somebody who has never seen the station: presses what is big and blue, does what the picture shows.

She reads no word. Her body (steps on, puts the arm in, squeezes, lays her card) is that of the simulated
person; so are the staff who come with a badge and press what is for them to press, unless they are away.
What a screen asks of her by itself, her number or her height, she types.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from devices.model import Role
from devices.simulators.acts import Act, LayCard
from kiosk.flow.steps import Choice, Step
from kiosk.person import SimulatedPerson
from kiosk.personas import People, Persona, people
from kiosk.views import View
from tests.kiosk.novice.eyes import Eyes, KeySeen
from tests.kiosk.novice.house import HandMovedStation

GLANCE = 1.0
"""Seconds between two looks at the screen."""
LOOKS = 4.0
"""Seconds after which she presses: her body was quicker, where the picture asked something of it."""
WAITS = 50.0
"""Seconds after which she presses the biggest key of a screen that has no blue one."""
KNOCKS_AGAIN = 8.0
"""Seconds after which she presses once more when nothing changed."""
LONGEST = 7200.0
"""Seconds after which she is stuck."""
QUESTIONS = frozenset({Step.SAFETY, Step.QUESTION, Step.REMEMBERED})
PHONE = "13800000738"
STAFF_SAY = {Step.SAMPLE: (Choice.YES, ""), Step.ANSWERED: (Choice.OUTCOME, "rested")}
"""What a member of staff presses who stands there: the strip is in and she fasted; she rested."""


class StuckError(AssertionError):
    """She did not come to goodbye."""


class Body(SimulatedPerson):
    """The body of the simulated person; ``staff`` says whether anybody comes who is called."""

    staff = True

    def _do(self, role: Role, act: Act) -> None:
        if isinstance(act, LayCard) and act.card == self._staff and not self.staff:
            return
        super()._do(role, act)


@dataclass
class Novice:
    """One person at one station. ``taps`` by the step they were made at; ``way`` every step she came to."""

    house: HandMovedStation
    eyes: Eyes
    persona: Persona
    staff: bool = True
    knows_the_reader: bool = False
    taps: list[Step] = field(default_factory=list)
    way: list[Step] = field(default_factory=list)
    views: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._people: People = people()
        self._body = Body(self.persona, self._people, self.house.clock, self.house.bench.simulated)
        self._body.staff = self.staff
        self._seen: tuple[object, ...] = ()
        self._since = 0.0
        self._pressed: float | None = None
        self._waited_at = Step.IDLE
        self._waits_since = self.house.time.seconds

    def comes_and_goes(self) -> None:
        """From whatever the screen shows to an idle screen behind a goodbye. Raises ``StuckError``."""
        self.comes_to(Step.GOODBYE)
        self.comes_to(Step.IDLE)

    def comes_to(self, step: Step) -> None:
        """As far as ``step``. Raises ``StuckError``."""
        end = self.house.time.seconds + LONGEST
        while self.house.attendant.step is not step:
            if self.house.time.seconds > end:
                raise StuckError(f"She waits for {step} and came by {', '.join(self.way)}.")
            self._glance()

    def goes_on(self, seconds: float) -> None:
        """For so long, wherever that leads."""
        end = self.house.time.seconds + seconds
        while self.house.time.seconds < end:
            self._glance()

    def _glance(self) -> None:
        self.house.go_on(GLANCE)
        view = self.house.view()
        self._note(view)
        self._body.watch(view)
        self._looks_at(view)

    def _note(self, view: View) -> None:
        if not self.way or self.way[-1] is not view.step:
            self.way.append(view.step)
        if not self.views or self.views[-1].body != view.body:
            self.views.append(view)

    def _looks_at(self, view: View) -> None:
        now = self.house.time.seconds
        if view.step is not self._waited_at:
            self._waited_at, self._waits_since = view.step, now
        keys = self.eyes.keys(view)
        asks = (view.step, view.overlay, keys, _turn(view))
        if asks != self._seen:
            self._seen, self._since, self._pressed = asks, now, None
        if now - self._since < LOOKS or (self._pressed is not None and now - self._pressed < KNOCKS_AGAIN):
            return
        if view.step in STAFF_SAY and self.staff:
            self._pressed = now
            self.house.attendant.choose(*STAFF_SAY[view.step])
        elif view.step is Step.IDLE and self.knows_the_reader and self.persona.card is not None:
            self._lays_her_card()
        elif view.overlay is None and any(key.choice == Choice.DIGIT for key in keys):
            self._types(view)
        elif (wanted := self._wants(view, keys, now)) is not None:
            self._press(view, wanted)

    def _wants(self, view: View, keys: tuple[KeySeen, ...], now: float) -> KeySeen | None:
        """The blue one; where there is none, and nothing happens for long, the biggest that is not red."""
        blue = [key for key in keys if key.kind == "primary"]
        if blue:
            return blue[0]
        free = [key for key in keys if key.kind != "stop"]
        alone = len(free) == 1 or view.step in QUESTIONS or _chooses(free)
        if not free or not (alone or now - self._waits_since > WAITS):
            return None
        return max(free, key=lambda key: (key.area, key.high))

    def _press(self, view: View, key: KeySeen) -> None:
        self._pressed = self.house.time.seconds
        self.taps.append(view.step)
        self.house.attendant.choose(Choice(key.choice), key.detail)

    def _lays_her_card(self) -> None:
        self._pressed = self.house.time.seconds
        reader, card = self.house.bench.simulated(Role.CARD), self.persona.card
        if reader is not None and card is not None:
            reader.act(LayCard(card.card()))

    def _types(self, view: View) -> None:
        self._pressed = self.house.time.seconds
        tall = str(self.persona.height.quantize(Decimal(1)))
        for digit in (self.persona.phone or PHONE) if view.step is Step.PHONE else tall:
            self.taps.append(view.step)
            self.house.attendant.choose(Choice.DIGIT, digit)
        self.taps.append(view.step)
        self.house.attendant.choose(Choice.CONFIRM)


def _chooses(keys: list[KeySeen]) -> bool:
    """Whether the biggest keys are a choice between equals, with a picture or a word each."""
    sizes = sorted((key.area for key in keys), reverse=True)
    return len(sizes) > 1 and sizes[0] == sizes[1]


def _turn(view: View) -> object:
    """What makes the same screen ask something new."""
    body = view.body
    return next((getattr(body, name) for name in ("page", "number", "attempt") if hasattr(body, name)), None)
