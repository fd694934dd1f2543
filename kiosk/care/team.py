"""Everybody who cares for a visit, each for its own steps: who is told what was pressed, heard or timed.

It passes on and decides nothing. What a step does with it is the care's own affair.
"""

from devices.events import Found, Heard, Lost, NotUnderstood, Progress, Refused, Trouble
from devices.model import Role
from kiosk.attendance import Attendance
from kiosk.care import (
    arrival,
    blood,
    calling,
    grip,
    leaving,
    not_her,
    questions,
    sit,
    stand,
    teaching,
    telephone,
)
from kiosk.flow.steps import Choice
from kiosk.views import Overlay

Said = Heard | Refused | Trouble | Progress | Lost | Found | NotUnderstood
SAID = (Heard, Refused, Trouble, Progress, Lost, Found, NotUnderstood)
"""What an instrument that measures can say, and what becomes of its line."""


class Team:
    """The cares of one station. Lives on the one thread that draws."""

    def __init__(self, at: Attendance) -> None:
        self._at = at
        self.arrival = arrival.Arrival(at)
        self.blood = blood.Blood(at)
        self.standing = stand.Standing(at)
        self.asking = questions.Asking(at)
        self.telephone = telephone.Telephone(at)
        self.seated = sit.Seated(at)
        self.gripping = grip.Gripping(at, self.blood)
        self.calling = calling.Calling(at)
        self.teaching = teaching.Teaching(at)
        self.leaving = leaving.Leaving(at, self.blood, self.gripping)

    def begin(self) -> None:
        """A step was arrived at."""
        for care in (
            self.blood,
            self.standing,
            self.asking,
            self.seated,
            self.gripping,
            self.calling,
            self.leaving,
            self.arrival,
        ):
            care.begin()

    def tick(self) -> None:
        """Time went by. A step that was arrived at meanwhile begins first, before anybody judges its time."""
        for care in (self.blood, self.standing, self.seated, self.gripping, self.calling, self.leaving):
            if self._at.arrived:
                return
            care.tick()

    def badge(self, badge: str) -> bool:
        """A staff card was laid; False where nobody had been called."""
        called = self.calling.badge(badge)
        if self._at.sitting.overlay is not Overlay.OUTCOME:
            self.blood.badge()
            self.standing.badge()
        return called

    def choose(self, choice: Choice, detail: str) -> None:
        """Something was pressed that belongs to the step."""
        if choice is Choice.OUTCOME:
            self.calling.choose(choice, detail)
        elif choice is not Choice.NOT_ME:
            self._at_the_step(choice, detail)
        elif not_her.may_say_so(self._at):
            not_her.say_so(self._at)

    def _at_the_step(self, choice: Choice, detail: str) -> None:
        step = self._at.step
        if step in arrival.STEPS:
            self.arrival.choose(choice, detail)
        elif step in blood.STEPS:
            self.blood.choose(choice)
        elif step in stand.STEPS:
            self.standing.choose(choice, detail)
        elif step in questions.STEPS:
            self.asking.choose(choice)
        elif step in telephone.STEPS:
            self.telephone.choose(choice, detail)
        elif step in sit.STEPS:
            self.seated.choose(choice)
        elif step in grip.STEPS:
            self.gripping.choose(choice)
        elif step in calling.STEPS:
            self.calling.choose(choice, detail)
        elif step in teaching.STEPS:
            self.teaching.choose(choice, detail)
        else:
            self.leaving.choose(choice)

    def hear(self, role: Role | None, said: Said) -> None:
        """The instrument of ``role`` said something, or its line went or came back."""
        if isinstance(said, Heard):
            self._reading(role, said)
        elif isinstance(said, Refused | Trouble):
            self._complaint(role, said)
        elif isinstance(said, Progress):
            if role is Role.STAND:
                self.standing.told(said)
        else:
            self._line(role, said)

    def _reading(self, role: Role | None, heard: Heard) -> None:
        moment = self._at.clock.wall()
        if role in blood.FROM_A_DROP:
            self.blood.hear(heard, moment)
        elif role is Role.STAND:
            self.standing.hear(heard, moment)
        elif role in (Role.PRESSURE, Role.OXYGEN):
            self.seated.hear(heard, moment)
        elif role is Role.GRIP:
            self.gripping.hear(heard, moment)

    def _complaint(self, role: Role | None, said: Refused | Trouble) -> None:
        care = self.standing if role is Role.STAND else self.seated if role is Role.PRESSURE else None
        if role is Role.CARD:
            self.arrival.card_not_read()
        elif role is Role.GRIP:
            self.gripping.refused()
        elif care is not None and isinstance(said, Trouble):
            care.could_not(said.code)
        elif care is not None:
            care.refused()

    def _line(self, role: Role | None, said: Lost | Found | NotUnderstood) -> None:
        for care, its_role in (
            (self.standing, Role.STAND),
            (self.seated, Role.PRESSURE),
            (self.gripping, Role.GRIP),
        ):
            if role is its_role and isinstance(said, NotUnderstood):
                care.unclear()
            elif role is its_role:
                (care.lost if isinstance(said, Lost) else care.found)()
