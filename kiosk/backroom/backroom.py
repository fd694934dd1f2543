"""The backroom: hears staff, instruments and desk while the staff area is open, and says what to draw.

One object on the thread that draws, beside the attendant and never together with it: it opens only while
nobody is at the kiosk, and a visit never waits behind it. Each piece of work knows its own steps alone.
"""

from collections.abc import Callable
from typing import Protocol

from devices.events import CardHeard, Heard, LineEvent, Refused, Trouble
from devices.reading import Card, Reading
from kiosk.backroom.calibrating import STEPS as CALIBRATING
from kiosk.backroom.calibrating import Calibrating
from kiosk.backroom.checking import STEPS as CHECKING
from kiosk.backroom.checking import Checking
from kiosk.backroom.controlling import STEPS as CONTROLLING
from kiosk.backroom.controlling import Controlling
from kiosk.backroom.door import STEPS as AT_DOOR
from kiosk.backroom.door import Door
from kiosk.backroom.frame import left_of, right_of
from kiosk.backroom.lots import STEPS as LOTS
from kiosk.backroom.lots import LotBook
from kiosk.backroom.machine import STEPS as MACHINE
from kiosk.backroom.machine import Machine
from kiosk.backroom.overview import Overview
from kiosk.backroom.people import STEPS as PEOPLE
from kiosk.backroom.people import People
from kiosk.backroom.premises import Premises
from kiosk.backroom.sending import STEPS as SENDING
from kiosk.backroom.sending import Sending
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.strays import STEPS as STRAYS
from kiosk.backroom.strays import Strays
from kiosk.backroom.todays import STEPS as TODAYS
from kiosk.backroom.todays import Todays
from kiosk.backroom.views import StaffBody, StaffView
from kiosk.backroom.work import Work
from kiosk.staff_events import StaffEvent, UnclaimedGone, UnclaimedKept


class Task(Protocol):
    """One piece of the staff's work."""

    def choose(self, press: Press, detail: str) -> None:
        """A key of one of its steps."""

    def body(self) -> StaffBody:
        """The screen of the step."""


class Backroom:
    """The staff area of one station, from a badge to the way out."""

    def __init__(self, premises: Premises) -> None:
        self._premises = premises
        self._shift = shift = Shift(premises)
        self._work = work = Work(shift)
        self._door = Door(shift)
        self._overview = Overview(shift, work)
        self._calibrating = Calibrating(shift, work)
        self._checking = Checking(shift, work)
        self._controlling = Controlling(shift, work)
        self._lots = LotBook(shift, work)
        self._sending = Sending(shift)
        self._todays = Todays(shift)
        self._strays = Strays(shift)
        self._machine = Machine(shift)
        self._people = People(shift)

    @property
    def step(self) -> StaffStep:
        """Where staff stand; ``OUT`` while the kiosk is the residents'."""
        return self._shift.step

    @property
    def open(self) -> bool:
        """Whether the staff area is what the window shows."""
        return self._shift.step is not StaffStep.OUT

    def badge(self, badge: str) -> None:
        """A staff badge was laid while nobody was at the kiosk; the PIN is asked once its owner is known."""
        if not self.open:
            self._door.badge(badge)
            self._settle()

    def knock(self) -> None:
        """The fixed place was held: the way in where no reader is there."""
        if not self.open:
            self._door.knock()
            self._settle()

    def choose(self, press: Press, detail: str = "") -> None:
        """A staff member pressed something."""
        shift = self._shift
        if not self.open:
            return
        shift.touch()
        if press is Press.HELP:
            shift.help_called = True
        elif press is Press.LEAVE:
            shift.go(StaffHappening.LEAVE)
        elif press is Press.BACK:
            if not self._lots.back():
                shift.go(StaffHappening.BACK)
        else:
            if press is Press.OPEN and shift.step is StaffStep.HOME:
                self._strays.forget()
            self._task().choose(press, detail)
        self._settle()

    def hear(self, event: LineEvent) -> None:
        """An instrument said something, uncorrected."""
        if isinstance(event, Heard):
            self._reading(event.instrument, event.reading)
        elif isinstance(event, CardHeard):
            self._card(event.card)
        elif isinstance(event, Refused | Trouble) and self._controlling.wants(event.instrument):
            self._shift.notice = self._shift.say("run.refused")
        self._settle()

    def wants(self, event: LineEvent) -> bool:
        """Whether this is the staff's and must not become a result of a person.

        While the area is open nobody is measured: what stands on a scale is a mass, and what an analyser says
        is a person's all the same unless control material runs there now.
        """
        if not self.open:
            return False
        if isinstance(event, Heard):
            return self._controlling.wants(event.instrument) or not self._work.controlled(event.instrument)
        return isinstance(event, CardHeard)

    def told(self, event: StaffEvent) -> None:
        """The desk has a result without a person, or one less: lists that are open are asked for anew."""
        if isinstance(event, UnclaimedKept | UnclaimedGone):
            self._overview.refresh()
            if self._shift.step is StaffStep.STRAYS:
                self._strays.begin()

    def printed(self, words: str | None) -> None:
        """A sheet came out, or the key of what is wrong."""
        self._todays.printed(words)

    def tick(self) -> None:
        """Time went by: take what the desk answered, and let out whom nobody sees."""
        self._shift.poll()
        self._settle()
        if self.open:
            self._sending.tick()
            if self._shift.left <= 0:
                self._shift.go(StaffHappening.GONE)

    def view(self) -> StaffView | None:
        """What to draw, None while the kiosk is the residents'."""
        if not self.open:
            return None
        shift, body = self._shift, self._task().body()
        own = self._controlling.left() or self._checking.left()
        left = own or left_of(shift.step, body, shift.words)
        return StaffView(
            step=shift.step,
            body=body,
            language=shift.language,
            heading=self._heading(),
            leaves_in=self._leaves_in(),
            right=right_of(shift.step, shift.words),
            left=left,
            help_called=shift.help_called,
            demo=self._premises.demo,
            notice=shift.notice,
        )

    def _settle(self) -> None:
        while self._shift.arrived and self.open:
            self._shift.arrived = False
            for begin in self._beginnings():
                begin()

    def _beginnings(self) -> tuple[Callable[[], None], ...]:
        if self._shift.step in AT_DOOR:
            return (self._door.begin,)
        return (
            self._overview.begin,
            self._calibrating.begin,
            self._checking.begin,
            self._controlling.begin,
            self._lots.begin,
            self._sending.begin,
            self._todays.begin,
            self._strays.begin,
            self._machine.begin,
            self._people.begin,
        )

    def _task(self) -> Task:
        step = self._shift.step
        tasks: tuple[tuple[frozenset[StaffStep], Task], ...] = (
            (AT_DOOR, self._door),
            (CALIBRATING, self._calibrating),
            (CHECKING, self._checking),
            (CONTROLLING, self._controlling),
            (LOTS, self._lots),
            (SENDING, self._sending),
            (TODAYS, self._todays),
            (STRAYS, self._strays),
            (MACHINE, self._machine),
            (PEOPLE, self._people),
        )
        return next((task for steps, task in tasks if step in steps), self._overview)

    def _heading(self) -> str:
        task = self._task()
        if isinstance(task, Door):
            return self._shift.say("heading.door")
        headed = (
            self._overview, self._calibrating, self._checking, self._controlling, self._lots, self._sending,
            self._todays, self._strays, self._machine, self._people,
        )  # fmt: skip
        return next(one.heading() for one in headed if one is task)

    def _leaves_in(self) -> str:
        left = max(0, round(self._shift.left))
        return self._shift.say("leaves_in", left=f"{left // 60}:{left % 60:02}")

    def _reading(self, instrument: str, reading: Reading) -> None:
        if self._shift.step in CALIBRATING:
            self._calibrating.hear(instrument, reading)
        elif self._shift.step in CHECKING:
            self._checking.hear(instrument, reading)
        elif self._shift.step in CONTROLLING:
            self._controlling.hear(instrument, reading)

    def _card(self, card: Card) -> None:
        self._people.card(card)
