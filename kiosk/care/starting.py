"""Starting a scale that measures only when it is told to, with what it must know of her.

A body-composition scale sends a current through the person: it is never started for somebody with a pacemaker
or who does not know. It must not start anything outside the step, nor tell an instrument more than it needs.
"""

from devices.model import Model, Role
from devices.reading import Quantity
from devices.session import Body
from health.visit import Answer, Question, Sex, Skip
from kiosk.attendance import Attendance

AGAIN_AFTER = 3.0
"""Seconds of real time after which a scale that is asked for each weight is asked again, answer or not."""
NEXT_LOOK = 0.3
"""Seconds from an empty platform to the next question."""


class Starting:
    """Starts the scale of the stand step, once or again and again."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self._due: float | None = None

    def refusal(self) -> tuple[Skip, str] | None:
        """Why this scale must not be used for her, with the sentence that says so; None where it may."""
        model = self._model
        if model is None:
            return None
        pacemaker = self._at.sitting.visit.answer_to(Question.PACEMAKER)
        if sends_current(model) and pacemaker is not Answer.NO:
            return Skip.NOT_SAFE, "say.stand.not_safe"
        if model.weighs.needs_body and self._body() is None:
            return Skip.NO_RESULT, "say.stand.no_body"
        return None

    def asks_height(self) -> bool:
        """Whether her height is all that is not known of her and this scale must know."""
        model, resident = self._model, self._at.sitting.visit.resident
        known = resident.sex is not None and resident.age_on(self._at.today) is not None
        pacemaker = self._at.sitting.visit.answer_to(Question.PACEMAKER)
        needs = model is not None and model.weighs.needs_body and pacemaker is Answer.NO
        return needs and known and self._at.known_height() is None

    def begin(self) -> None:
        """Start it where it must be started."""
        self._due = None
        model = self._model
        if model is not None and model.can.start:
            self._at.bench.start(Role.STAND, self._body() if model.weighs.needs_body else None)
            if not model.weighs.marks_still:
                self._due = self._at.clock.monotonic() + AGAIN_AFTER

    def answered(self, kind: Quantity) -> None:
        """A value came; behind the height a new question may be asked at once."""
        if self._due is not None and kind is Quantity.BODY_HEIGHT:
            self._due = self._at.clock.monotonic()

    def nobody(self) -> None:
        """The platform was empty: look again soon."""
        if self._due is not None:
            self._due = self._at.clock.monotonic() + NEXT_LOOK

    def tick(self) -> None:
        """Ask again when it is time."""
        if self._due is not None and self._at.clock.monotonic() >= self._due:
            self.begin()

    @property
    def _model(self) -> Model | None:
        return self._at.bench.model(Role.STAND)

    def _body(self) -> Body | None:
        resident = self._at.sitting.visit.resident
        age, height = resident.age_on(self._at.today), self._at.known_height()
        if resident.sex is None or age is None or height is None:
            return None
        return Body(male=resident.sex is Sex.MALE, age=int(age), height=height)


def sends_current(model: Model | None) -> bool:
    """Whether this scale sends a current through her: then a pacemaker is asked for first."""
    return model is not None and (Quantity.BODY_FAT in model.measures or model.weighs.needs_body)
