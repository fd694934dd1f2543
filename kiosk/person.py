"""The simulated person: does at the simulated instruments what each screen asks for.

She acts a moment after a screen asks, once for each thing asked, and again when the screen asks again. With
``presses`` she also touches the screen, so a whole visit runs without a window. She knows the screen's view
and the simulators, never the attendant or a driver: she is outside the machine.
"""

from collections.abc import Callable
from decimal import Decimal

from devices.model import Role
from devices.simulators.acts import (
    Act,
    Hand,
    InsertSample,
    LayCard,
    PutFinger,
    Squeeze,
    StepOff,
    StepOn,
    TakeCard,
    TakeFinger,
    TakePressure,
)
from devices.simulators.bench import SimulatedInstrument
from health.visit import Answer, CallOutcome, Question
from kiosk.clock import Clock
from kiosk.flow.steps import Choice, Step
from kiosk.personas import People, Persona
from kiosk.views import (
    GripView,
    IdentifyView,
    Overlay,
    PaperState,
    PaperView,
    PressureView,
    QuestionView,
    RestView,
    ResultView,
    SampleView,
    StandDoneView,
    StandView,
    TakeView,
    TeachView,
    View,
    WeightAskView,
)

THINKS = 3.0
"""Seconds of the visit's own time before she does what a screen asks."""
SEEN = 1.5
"""Seconds of a reader's time each screen stands at least, so that whoever watches sees what she is asked."""
LONGEST_THOUGHT = 30.0
"""Seconds of the visit's own time after which she acts all the same, before an instrument is given up."""

EMPTY_SECONDS = 0.6
"""Seconds of real time for which she stays beside the scale before she steps up again."""

URGENT_PRESSURE = ((188, 113, 88), (184, 111, 86))
"""What the cuff finds when the demonstration is to show an urgent value."""

AsksAgain = GripView | PressureView | StandView | IdentifyView
"""Views that count how often they ask the same thing."""

Find = Callable[[Role], SimulatedInstrument | None]
Press = Callable[[Choice, str], None]

_PRESSES = {
    Step.IDLE: Choice.START,
    Step.WELCOME: Choice.START,
    Step.CONFIRM: Choice.YES,
    Step.SAFETY: Choice.NO,
    Step.WEIGHT_ASK: Choice.YES,
    Step.REMEMBERED: Choice.YES,
    Step.TELEPHONE_CHECK: Choice.YES,
    Step.NOT_TODAY: Choice.NEXT,
    Step.RESULT: Choice.NEXT,
    Step.GOODBYE: Choice.DONE,
}


_PRESSED = {Answer.YES: Choice.YES, Answer.NO: Choice.NO}
_WAYS_IN = {"guest": Choice.AS_GUEST, "phone": Choice.BY_PHONE}


class SimulatedPerson:
    """One persona at the kiosk, with the staff member who comes when she is called.

    ``urgent`` lets the cuff find a very high pressure; ``faults`` go wrong at each thing she does there.
    """

    def __init__(
        self, persona: Persona, people: People, clock: Clock, find: Find, press: Press | None = None
    ) -> None:
        self.persona = persona
        self._staff = people.staff.card()
        self._clock = clock
        self._find = find
        self._press = press
        self._asked: tuple[object, ...] = ()
        self._since = 0.0
        self._done = True
        self._later: tuple[float, Role, Act] | None = None
        self.urgent = False
        self.faults: dict[Role, str] = {}

    def watch(self, view: View) -> None:
        """Look at the screen; act once she has thought about what it asks."""
        if self._later is not None and self._clock.monotonic() >= self._later[0]:
            (_, role, act), self._later = self._later, None
            self._do(role, act)
        asked = self._what(view)
        if asked != self._asked:
            self._asked, self._since, self._done = asked, self._clock.monotonic(), False
        elif not self._done and self._ready(view):
            self._done = True
            self._act(view)
            if self._press is not None:
                self._touch(view, self._press)

    def _ready(self, view: View) -> bool:
        """Staff put the sample in before they say so on the screen; all else is thought about first."""
        if isinstance(view.body, SampleView):
            return True
        thought, seen = self._clock.since(self._since), self._clock.read_since(self._since) >= SEEN
        return thought >= THINKS and (seen or thought >= LONGEST_THOUGHT)

    def _what(self, view: View) -> tuple[object, ...]:
        """What this screen asks, so that the same thing is done once and a new one again."""
        body = view.body
        detail: object = None
        if isinstance(body, GripView):
            detail = tuple(one.value for one in body.tries)
        elif isinstance(body, PressureView):
            detail = body.attempt
        elif isinstance(body, QuestionView):
            detail = body.number
        elif isinstance(body, PaperView):
            detail = body.paper
        elif isinstance(body, ResultView):
            detail = body.page
        elif isinstance(body, TeachView):
            detail = body.first
        elif isinstance(body, StandView):
            detail = body.offers
        elif isinstance(body, StandDoneView):
            detail = body.ready
        elif isinstance(body, RestView):
            detail = body.clip
        asked = body.asked if isinstance(body, AsksAgain) else 1
        return (view.step, view.overlay, detail, asked)

    def _act(self, view: View) -> None:
        if view.overlay is not None:
            return
        for role, act in self._acts(view):
            self._do(role, act)

    def _do(self, role: Role, act: Act) -> None:
        simulated = self._find(role)
        if simulated is None:
            return
        if role in self.faults and not isinstance(act, StepOff | TakeCard):
            simulated.fault(self.faults[role])
        simulated.act(act)

    def _acts(self, view: View) -> tuple[tuple[Role, Act], ...]:
        step, card = view.step, self.persona.card
        if step is Step.IDENTIFY and self.persona.register == "card" and card is not None:
            return ((Role.CARD, TakeCard()), (Role.CARD, LayCard(card.card())))
        if step in (Step.CONFIRM, Step.CONSENT, Step.RESULT):
            return ((Role.CARD, TakeCard()),)
        looks = isinstance(view.body, WeightAskView) and view.body.staff
        if looks or step in (Step.BLOOD, Step.BLOOD_AGAIN, Step.URGENT):
            return ((Role.CARD, TakeCard()), (Role.CARD, LayCard(self._staff)))
        return self._measured(view)

    def _measured(self, view: View) -> tuple[tuple[Role, Act], ...]:
        body, persona = view.body, self.persona
        if isinstance(body, SampleView):
            tc, hdl, tg, ldl = persona.lipids
            return (
                (Role.CARD, TakeCard()),
                (Role.BLOOD, InsertSample(body.specimen or "", tc, hdl, tg, ldl)),
            )
        if isinstance(body, StandView):
            return () if body.offers else self._steps_on(body)
        if view.step is Step.STAND_DONE:
            return ((Role.STAND, StepOff()),)
        if isinstance(body, RestView):
            finger = (Role.OXYGEN, PutFinger(persona.spo2, persona.pressure[0][2]))
            return (finger,) if body.clip else ((Role.OXYGEN, TakeFinger()),)
        if isinstance(body, PressureView):
            found = URGENT_PRESSURE if self.urgent else persona.pressure
            systolic, diastolic, pulse = found[(body.attempt - 1) % len(found)]
            return ((Role.PRESSURE, TakePressure(systolic, diastolic, pulse)),)
        return self._squeezes(body) if isinstance(body, GripView) else ()

    def _steps_on(self, body: StandView) -> tuple[tuple[Role, Act], ...]:
        """Up at once; asked again, first down, and up when the scale has seen that nobody is there."""
        on = StepOn(self.persona.weight, self.persona.height)
        if body.asked == 1:
            return ((Role.STAND, StepOff()), (Role.STAND, on))
        self._later = (self._clock.monotonic() + EMPTY_SECONDS, Role.STAND, on)
        return ((Role.STAND, StepOff()),)

    def _squeezes(self, body: GripView) -> tuple[tuple[Role, Act], ...]:
        number = next((i for i, one in enumerate(body.tries) if one.now), None)
        if number is None:
            return ()
        hand = Hand.LEFT if body.left else Hand.RIGHT
        force: Decimal = self.persona.grip[number % len(self.persona.grip)]
        return ((Role.GRIP, Squeeze(hand, force)),)

    def _touch(self, view: View, press: Press) -> None:
        if view.overlay is Overlay.OUTCOME:
            press(Choice.OUTCOME, CallOutcome.RESTED)
        elif view.overlay is not None:
            press(Choice.CLOSE if view.overlay is Overlay.HELP else Choice.STAY, "")
        elif view.step in _PRESSES:
            press(_PRESSES[view.step], "")
        elif isinstance(view.body, StandView):
            if view.body.offers:
                press(Choice.AGAIN, "")
        elif isinstance(view.body, PressureView):
            if view.body.can_start:
                press(Choice.START, "")
        else:
            self._touch_choice(view, press)

    def _touch_choice(self, view: View, press: Press) -> None:
        step, persona = view.step, self.persona
        if step is Step.IDENTIFY and persona.register in _WAYS_IN:
            press(_WAYS_IN[persona.register], "")
        elif step is Step.TELEPHONE and not persona.phone:
            press(Choice.SKIP, "")
        elif step in (Step.PHONE, Step.TELEPHONE, Step.TALL):
            _type(str(round(persona.height)) if step is Step.TALL else persona.phone, press)
        elif step in (Step.SAMPLE, Step.ANSWERED):
            self._staff_press(step, press)
        elif step is Step.CONSENT:
            press(Choice.PRINT_ONLY if persona.print_only else Choice.AGREE, "")
        elif step is Step.QUESTION:
            press(self._answer(view), "")
        elif step is Step.URGENT:
            press(Choice.UNWELL if persona.unwell else Choice.CALM, "")
        else:
            self._touch_at_the_end(view, press)

    def _touch_at_the_end(self, view: View, press: Press) -> None:
        if isinstance(view.body, TeachView):
            picks = view.body.first is None and view.body.deeds
            press(*((Choice.PICK, view.body.deeds[0].name) if picks else (Choice.NEXT, "")))
        elif isinstance(view.body, TakeView):
            press(_way_to_take(view.body), "")
        elif isinstance(view.body, PaperView) and view.body.paper is not PaperState.PRINTING:
            press(Choice.DONE, "")

    def _staff_press(self, step: Step, press: Press) -> None:
        """Staff ask her whether she has eaten when they prick; who was called says what came of it."""
        fasting = self.persona.answers.get(Question.FASTING, Answer.UNKNOWN)
        if step is Step.SAMPLE:
            press(_PRESSED.get(fasting, Choice.SAMPLED), "")
        else:
            press(Choice.OUTCOME, CallOutcome.RESTED)

    def _answer(self, view: View) -> Choice:
        if not isinstance(view.body, QuestionView):
            return Choice.SKIP
        answer = self.persona.answers.get(Question(view.body.key), Answer.UNKNOWN)
        return _PRESSED.get(answer, Choice.UNKNOWN)


def _type(digits: str, press: Press) -> None:
    for digit in digits:
        press(Choice.DIGIT, digit)
    press(Choice.CONFIRM, "")


def _way_to_take(body: TakeView) -> Choice:
    """Paper where there is some, else the code, else nothing."""
    if body.can_print:
        return Choice.PRINT
    return Choice.CODE if body.can_code else Choice.NOTHING
