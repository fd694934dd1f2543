"""The attendant: hears the person, the instruments and the desk, and moves the visit along.

One object on the thread that draws; it is told everything and asks nobody. It must not draw, touch a port
or a disk, or judge a value: each step's care does its part, the bench and the clerk do the rest.
"""

from collections.abc import Callable
from typing import Protocol

from devices.events import CardHeard, Found, Heard, LineEvent, Lost, NotUnderstood, Progress, Refused, Trouble
from devices.model import Role
from devices.reading import Card
from health.assessment import Assessment
from health.visit import Visit
from health.words import DEFAULT, languages
from kiosk.attendance import Attendance, House, Instruments
from kiosk.badge import badge_of
from kiosk.care import arrival, blood, grip, leaving, questions, sit, stand
from kiosk.care.platform import Ground
from kiosk.clock import Clock
from kiosk.courier.events import SlipTold
from kiosk.duties import Clerk
from kiosk.events import (
    DESK_EVENTS,
    Arrived,
    DeskEvent,
    DraftFound,
    DraftKept,
    NotKept,
    RoomTold,
    SheetCame,
    UpkeepTold,
)
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import TABLE, WARNING
from kiosk.measuring.blood import Ticket
from kiosk.show import show
from kiosk.sitting import Sitting
from kiosk.views import Overlay, View


class Roles(Instruments, Protocol):
    """A bench that also knows which role an instrument plays."""

    def role_of(self, instrument: str) -> Role | None:
        """The role of the instrument with that id."""


class Attendant:
    """The visit at this kiosk, from an idle screen to an idle screen."""

    def __init__(self, house: House, clock: Clock, bench: Roles, clerk: Clerk) -> None:
        self._house = house
        self._clock = clock
        self._bench = bench
        self._clerk = clerk
        self._at = Attendance(house, clock, bench, clerk, self._nobody())
        self._arrival = arrival.Arrival(self._at)
        self._blood = blood.Blood(self._at)
        self._standing = stand.Standing(self._at)
        self._asking = questions.Asking(self._at)
        self._seated = sit.Seated(self._at)
        self._gripping = grip.Gripping(self._at, self._blood)
        self._leaving = leaving.Leaving(self._at, self._blood, self._gripping)

    @property
    def step(self) -> Step:
        """The step she is at."""
        return self._at.step

    @property
    def visit(self) -> Visit:
        """The visit in progress."""
        return self._at.sitting.visit

    @property
    def ground(self) -> Ground:
        """How the platform of the scale lies."""
        return self._standing.ground

    @property
    def assessment(self) -> Assessment:
        """What the values so far mean."""
        return self._at.assessment()

    def remember(self, told: SlipTold) -> None:
        """What the clinic told of the owner of a card; of anybody but who stands here it is dropped."""
        self._arrival.remember(told.identity, told.slip)

    def view(self) -> View:
        """What the screen shows now."""
        return show(self._at, unanswered=self._leaving.unanswered())

    def choose(self, choice: Choice, detail: str = "") -> None:
        """Somebody pressed something."""
        sitting = self._at.sitting
        sitting.touched = self._clock.monotonic()
        if sitting.overlay is not None:
            self._answer_overlay(choice)
        elif choice is Choice.HELP:
            sitting.help_called = True
            self._cover(Overlay.HELP)
        elif choice in (Choice.LANGUAGE, Choice.CONTRAST, Choice.LARGE):
            self._change_look(choice)
        else:
            self._pass_on(choice, detail)
        self._settle()

    def hear(self, event: LineEvent | DeskEvent) -> None:
        """An instrument or the desk said something."""
        if isinstance(event, DESK_EVENTS):
            self._hear_desk(event)
        else:
            self._hear_line(event)
        self._settle()

    def taken(self) -> tuple[Ticket, ...]:
        """The meters that a visit, here or gone, has taken until they say something."""
        return self._blood.taken()

    def release(self, instrument: str) -> None:
        """Staff gave ``instrument`` back: no visit waits for its result any more."""
        self._blood.release(instrument)
        self._settle()

    def tick(self) -> None:
        """Time went by."""
        self._watch_idle()
        for care in (self._blood, self._standing, self._seated, self._gripping, self._leaving):
            care.tick()
        self._settle()

    def _settle(self) -> None:
        """Let every step that was arrived at begin, and clear the room once she is gone."""
        while self._at.arrived:
            self._at.arrived = False
            self._at.sitting.overlay = None
            if self._at.step is Step.IDLE:
                self._clear()
            for begin in self._beginnings():
                begin()

    def _beginnings(self) -> tuple[Callable[[], None], ...]:
        return (
            self._blood.begin,
            self._standing.begin,
            self._asking.begin,
            self._seated.begin,
            self._gripping.begin,
            self._leaving.begin,
        )

    def _pass_on(self, choice: Choice, detail: str) -> None:
        step = self._at.step
        if self._shut:
            return
        if step in arrival.STEPS:
            self._arrival.choose(choice, detail)
        elif step in blood.STEPS:
            self._blood.choose(choice)
        elif step in stand.STEPS:
            self._standing.choose(choice, detail)
        elif step in questions.STEPS:
            self._asking.choose(choice)
        elif step in sit.STEPS:
            self._seated.choose(choice)
        elif step in grip.STEPS:
            self._gripping.choose(choice)
        else:
            self._leaving.choose(choice)

    @property
    def _shut(self) -> bool:
        """Whether no visit may begin now; one that has begun goes on."""
        return self._at.closed and self._at.step is Step.IDLE

    def _hear_line(self, event: LineEvent) -> None:
        role = self._bench.role_of(event.instrument)
        if isinstance(event, CardHeard):
            self._card(event.card)
        elif isinstance(event, Heard):
            self._reading(role, event)
        elif isinstance(event, Refused | Trouble):
            self._complaint(role, event)
        elif isinstance(event, Progress) and role is Role.STAND:
            self._standing.told(event)
        elif isinstance(event, Lost | Found | NotUnderstood):
            self._line(role, event)

    def _reading(self, role: Role | None, heard: Heard) -> None:
        moment = self._clock.wall()
        if role in blood.FROM_A_DROP:
            self._blood.hear(heard, moment)
        elif role is Role.STAND:
            self._standing.hear(heard, moment)
        elif role in (Role.PRESSURE, Role.OXYGEN):
            self._seated.hear(heard, moment)
        elif role is Role.GRIP:
            self._gripping.hear(heard, moment)

    def _complaint(self, role: Role | None, event: Refused | Trouble) -> None:
        care = self._standing if role is Role.STAND else self._seated if role is Role.PRESSURE else None
        if role is Role.CARD:
            self._arrival.card_not_read()
        elif role is Role.GRIP:
            self._gripping.refused()
        elif care is not None and isinstance(event, Trouble):
            care.could_not(event.code)
        elif care is not None:
            care.refused()

    def _line(self, role: Role | None, event: Lost | Found | NotUnderstood) -> None:
        for care, its_role in (
            (self._standing, Role.STAND),
            (self._seated, Role.PRESSURE),
            (self._gripping, Role.GRIP),
        ):
            if role is its_role and isinstance(event, NotUnderstood):
                care.unclear()
            elif role is its_role:
                (care.lost if isinstance(event, Lost) else care.found)()

    def _card(self, card: Card) -> None:
        if (badge := badge_of(card.number, self._house.station.id)) in self._house.badges:
            self._at.colleague_came(badge)
            self._blood.badge()
            self._standing.badge()
            self._leaving.badge()
            return
        if self._at.step is Step.GOODBYE:
            self._at.go(Happening.DONE)
            self._settle()
        if Happening.CARD in TABLE[self._at.step].leads and not self._shut:
            self._arrival.card(card)

    def _hear_desk(self, event: DeskEvent) -> None:
        sitting = self._at.sitting
        if isinstance(event, RoomTold):
            self._at.closed = not event.enough
        if isinstance(event, UpkeepTold | RoomTold) or event.visit != sitting.visit.id:
            return
        if isinstance(event, DraftKept):
            self._at.kept()
        elif isinstance(event, DraftFound):
            self._arrival.found(event.record)
            self._blood.resume()
        elif isinstance(event, NotKept):
            sitting.kept = event.words
            self._at.kept()
        elif isinstance(event, SheetCame):
            self._leaving.came(event.words)
        elif isinstance(event, Arrived):
            sitting.kept = "say.kept.clinic"

    def _answer_overlay(self, choice: Choice) -> None:
        sitting = self._at.sitting
        overlay, sitting.overlay = sitting.overlay, None
        if overlay is Overlay.STILL_THERE and choice is Choice.LEAVE:
            self._at.go(Happening.GONE)

    def _cover(self, overlay: Overlay) -> None:
        self._at.sitting.overlay = overlay
        self._at.sitting.overlay_since = self._clock.monotonic()

    def _change_look(self, choice: Choice) -> None:
        sitting = self._at.sitting
        if choice is Choice.LANGUAGE:
            known = languages()
            sitting.language = known[(known.index(sitting.language) + 1) % len(known)]
        elif choice is Choice.CONTRAST:
            sitting.theme = sitting.theme.following
        else:
            sitting.large = not sitting.large

    def _watch_idle(self) -> None:
        sitting, limit = self._at.sitting, TABLE[self._at.step].idle
        if sitting.overlay is Overlay.STILL_THERE:
            if self._clock.read_since(sitting.overlay_since) > WARNING:
                self._at.go(Happening.GONE)
        elif (
            limit is not None and sitting.overlay is None and self._clock.read_since(sitting.touched) > limit
        ):
            self._cover(Overlay.STILL_THERE)

    def _clear(self) -> None:
        """Nothing of the person who went is left in memory, and nothing of a guest on disk."""
        was = self._at.sitting
        if not was.closed:
            self._blood.leave_open()
        if not was.shares and was.visit.consent is not None:
            self._clerk.forget(was.visit.id)
        self._at.sitting = self._nobody()
        self._at.forget()

    def _nobody(self) -> Sitting:
        now = self._clock.monotonic()
        visit = Visit(id=self._clerk.next_visit(), on=self._clock.today(), demo=self._house.demo)
        return Sitting(visit, Step.IDLE, now, now, DEFAULT)
