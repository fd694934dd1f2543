"""The attendant: hears the person, the instruments and the desk, and moves the visit along.

One object on the thread that draws; it is told everything and asks nobody. It must not draw, touch a port
or a disk, or judge a value: each step's care does its part, the bench and the clerk do the rest.
"""

from devices.events import CardHeard, Heard, LineEvent
from devices.reading import Card
from health.assessment import Assessment
from health.visit import Visit
from health.words import DEFAULT
from kiosk.attendance import Attendance
from kiosk.badge import badge_of
from kiosk.care.blood import FROM_A_DROP
from kiosk.care.platform import Ground
from kiosk.care.presence import Presence
from kiosk.care.team import SAID, Team
from kiosk.clock import Clock
from kiosk.courier.events import SlipTold
from kiosk.duties import Clerk
from kiosk.errors import FlowError
from kiosk.events import (
    DESK_EVENTS,
    AlarmKept,
    Arrived,
    CallStoodOpen,
    DeskEvent,
    DraftFound,
    DraftKept,
    NotKept,
    RoomTold,
    SheetCame,
    UpkeepTold,
)
from kiosk.flow.steps import Choice, Happening, Step
from kiosk.flow.table import TABLE
from kiosk.house import House
from kiosk.instruments import Instruments
from kiosk.measuring.blood import Ticket
from kiosk.show import show
from kiosk.sitting import Sitting
from kiosk.views import Overlay, View


class Attendant:
    """The visit at this kiosk, from an idle screen to an idle screen."""

    def __init__(self, house: House, clock: Clock, bench: Instruments, clerk: Clerk) -> None:
        self._house = house
        self._clock = clock
        self._bench = bench
        self._clerk = clerk
        self._at = Attendance(house, clock, bench, clerk, self._nobody())
        self._presence = Presence(self._at)
        self._team = Team(self._at)

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
        return self._team.standing.ground

    @property
    def assessment(self) -> Assessment:
        """What the values so far mean."""
        return self._at.assessment()

    def remember(self, told: SlipTold) -> None:
        """What the clinic told of the owner of a card; of anybody but who stands here it is dropped."""
        self._team.arrival.remember(told.identity, told.slip)

    def view(self) -> View:
        """What the screen shows now."""
        return show(self._at)

    def choose(self, choice: Choice, detail: str = "") -> None:
        """Somebody pressed something."""
        if not self._presence.choose(choice) and not self._shut:
            self._team.choose(choice, detail)
        self._settle()
        self._change_over()

    def touched(self) -> None:
        """Somebody touched the screen, on a key or beside every one: she is there."""
        self._presence.touched()

    def hear(self, event: LineEvent | DeskEvent) -> None:
        """An instrument or the desk said something."""
        if isinstance(event, DESK_EVENTS):
            self._hear_desk(event)
        elif isinstance(event, CardHeard):
            self._card(event.card)
        elif isinstance(event, SAID) and not self._whose(event):
            role = self._bench.role_of(event.instrument)
            if isinstance(event, Heard):
                self._presence.heard(role)
            self._team.hear(role, event)
        self._settle()

    def leave_to_staff(self, *, staff: bool) -> None:
        """Whether the screen is the staff's now: then nobody who steps on the scale begins a visit."""
        self._at.staff_here = staff

    def taken(self) -> tuple[Ticket, ...]:
        """The meters that a visit, here or gone, has taken until they say something."""
        return self._team.blood.taken()

    def release(self, instrument: str) -> None:
        """Staff gave ``instrument`` back: no visit waits for its result any more."""
        self._team.blood.release(instrument)
        self._settle()

    def tick(self) -> None:
        """Time went by."""
        self._presence.tick()
        self._team.tick()
        self._settle()
        self._change_over()

    def _settle(self) -> None:
        """Let every step that was arrived at begin, and clear the room once she is gone.

        Raises ``FlowError`` where the steps lead round: no way passes more of them at once than there are.
        """
        passed = 0
        while self._at.arrived:
            if (passed := passed + 1) > len(Step):
                raise FlowError(f"The flow goes round at {self._at.step}: mend kiosk/flow/table.py.")
            self._at.arrived = False
            self._presence.begin()
            if self._at.step is Step.IDLE:
                self._clear()
            self._team.begin()

    def _whose(self, event: LineEvent) -> bool:
        """Whether nobody knows whose value this is: it is asked who goes on, and so it is nobody's.

        A drop of blood is known by its ticket, whoever stands here when its result comes.
        """
        if self._at.sitting.overlay is not Overlay.OTHER_CARD or not isinstance(event, Heard):
            return False
        return self._bench.role_of(event.instrument) not in FROM_A_DROP

    @property
    def _shut(self) -> bool:
        """Whether no visit may begin now; one that has begun goes on."""
        return self._at.closed and self._at.step is Step.IDLE

    def _card(self, card: Card) -> None:
        if self._at.step is Step.GOODBYE:
            self._at.go(Happening.DONE)
            self._settle()
        if (badge := badge_of(card.number, self._house.station.id)) in self._house.badges:
            self._presence.colleague()
            idle = self._at.step is Step.IDLE
            if not self._team.badge(badge) and idle:
                self._house.badges.laid(badge)
            return
        if Happening.CARD in TABLE[self._at.step].leads and not self._shut:
            self._team.arrival.card(card)
        else:
            self._presence.other.laid(card)

    def _change_over(self) -> None:
        """Somebody else goes on: the visit here ends as if its person had walked off, and theirs begins."""
        card = self._presence.other.takes_over()
        if card is None:
            return
        for happening in (Happening.GONE, Happening.DONE):
            if self._at.step is not Step.IDLE:
                self._at.go(happening)
                self._settle()
        self._team.arrival.card(card)
        self._settle()

    def _hear_desk(self, event: DeskEvent) -> None:
        sitting = self._at.sitting
        if isinstance(event, RoomTold):
            self._at.closed = not event.enough
        if isinstance(event, CallStoodOpen):
            self._at.calls.take_up(event.called_at)
        if isinstance(event, UpkeepTold | RoomTold | CallStoodOpen) or event.visit != sitting.visit.id:
            return
        if isinstance(event, DraftKept | AlarmKept):
            self._at.kept()
        elif isinstance(event, DraftFound):
            self._team.arrival.found(event.record)
            self._team.blood.resume()
        elif isinstance(event, NotKept):
            sitting.kept = event.words
            self._at.kept()
        elif isinstance(event, SheetCame):
            self._team.leaving.came(event.words)
        elif isinstance(event, Arrived):
            sitting.kept = "say.kept.clinic"

    def _clear(self) -> None:
        """Nothing of the person who went is left in memory, and nothing of a guest on disk."""
        was = self._at.sitting
        if not was.closed:
            self._team.blood.leave_open()
        if not was.shares and was.visit.consent is not None:
            self._clerk.forget(was.visit.id)
        self._at.calls.left()
        self._at.sitting = self._nobody()
        self._at.forget()

    def _nobody(self) -> Sitting:
        now = self._clock.monotonic()
        visit = Visit(id=self._clerk.next_visit(), on=self._clock.today(), demo=self._house.demo)
        return Sitting(visit, Step.IDLE, now, now, DEFAULT)
