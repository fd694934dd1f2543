"""The running station: everything opened, joined by one queue, and shown as the room the window draws.

The composition root of the kiosk. Lines, desk and courier put frozen events into the queue from their own
threads; ``tick`` takes them out on the one thread that draws. It must not decide anything itself.
"""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from uuid import UUID

from devices.events import Heard, LineEvent
from health.rulebook import shipped_rulebook
from health.visit import Visit
from kiosk.attendant import Attendant
from kiosk.backroom.reception import Reception
from kiosk.badge import Badges
from kiosk.bench import Bench
from kiosk.calling.bell import Bell
from kiosk.clerk import SOFTWARE, StationClerk
from kiosk.clock import Clock
from kiosk.courier.courier import Courier
from kiosk.courier.enquiry import Enquiry
from kiosk.courier.events import ClockHeard, CourierEvent, LinkDown, LinkUp, SlipTold
from kiosk.demonstration import Demonstration
from kiosk.desk import Desk
from kiosk.events import AlarmKept, Arrived, DeskEvent, SheetCame, UpkeepTold, VisitKept
from kiosk.fitting import fit, relay_of
from kiosk.flow.steps import Choice, Step
from kiosk.house import House
from kiosk.membership import Membership
from kiosk.messenger import Messenger
from kiosk.paper import building_for
from kiosk.printroom import PrintRoom
from kiosk.room import Strip
from kiosk.sealing import Seal
from kiosk.settings import KioskSettings
from kiosk.staff_events import STAFF_EVENTS, Corrected, MeterReleased, SheetWanted, StaffEvent
from kiosk.stationtime import StationTime
from kiosk.theme import load_look
from kiosk.upkeep.calls import LookForCall
from kiosk.upkeep.fitted import rules_of
from kiosk.upkeep.rounds import LOOK_S, REPORT_S, Begin, GoRound
from kiosk.views import View
from kiosk.voice.announcing import Announcer, Silent, Speaks
from kiosk.voice.sounds import Sound
from printouts.printer import PrintsPaper

Event = LineEvent | DeskEvent | StaffEvent | CourierEvent


def _nobody() -> None:
    """Nobody draws yet, nothing is to be done."""


def _nobody_listens(_event: StaffEvent) -> None:
    """No staff member has signed in."""


class RunningStation:
    """One station at work. ``open`` starts it, ``tick`` moves it, ``close`` ends it."""

    def __init__(
        self,
        settings: KioskSettings,
        membership: Membership,
        data: Path,
        clock: Clock,
        printer: PrintsPaper | None,
        time: StationTime,
        mouth: Speaks | None = None,
    ) -> None:
        self._clock = clock
        self._time = time
        self._mouth = mouth or Silent()
        self._announcer = Announcer(self._mouth, clock.monotonic)
        self._events: deque[Event] = deque()
        self._wake: Callable[[], None] = _nobody
        self._tell_staff: Callable[[StaffEvent], None] = _nobody_listens
        self.arrived: set[UUID] = set()
        self.kept: set[UUID] = set()
        self.sheets: dict[UUID, Path] = {}
        self._looked = self._reported = clock.monotonic()
        self._paper: str | None = None
        self._came = False
        rules = rules_of(settings, data, SOFTWARE, demo=settings.simulates)
        self.bench = Bench(fit(settings, clock.speed), self._post, clock.wall)
        seal = Seal(membership.identity, membership.day, time.now, settings.station.zone)
        building = building_for(settings.printer.ipp, settings.printer.slip)
        self._printing = PrintRoom(printer, building, self._post)
        days = settings.keep.sent_days
        self.desk = Desk(data, seal, time.now, self._post, rules, self._printing.paper, days)
        self._messenger = Messenger(self.desk, membership, self._post)
        badges = Badges(settings.badges)
        self._relay = relay_of(settings.call)
        house = House(
            station=membership.station,
            rules=shipped_rulebook,
            guideline=settings.pressure == "guideline",
            badges=badges,
            demo=membership.station.demo,
            face=load_look().screen_named(settings.screen).face,
            ring=Bell(self._announcer.play, self._relay).ring,
            speaks=self._announcer.speaks,
            clock_trusted=lambda: time.now().trusted,
        )
        asking = Enquiry(membership, time.corrected, self._post, lambda: self.courier is None)
        clerk = StationClerk(membership.station, clock, self.desk, self._printing, asking.ask)
        self.attendant = Attendant(house, clock, self.bench, clerk)
        self.staff = Reception(
            settings, data, clock, self.bench, self.desk, self._printing, badges,
            hear=self._announcer.try_out, wake=self._stir,
        )  # fmt: skip
        self.demo = Demonstration(self.bench, self._messenger, printer, clock)

    def open(self, before_sending: Callable[[], None] = _nobody) -> None:
        """Open the ledger and every line, and send the courier off.

        ``before_sending`` may still change what waits: the courier is not on its way yet.
        """
        # The rules are read beside the first screen; nobody waits for them before her first value.
        Thread(target=shipped_rulebook, name="rules", daemon=True).start()
        self.desk.start()
        before_sending()
        self.bench.lockout.keep_to(self.desk.submit(Begin()).result().board)
        self.staff.open(self.attendant, self._messenger)
        self._printing.open()
        self._printing.look()
        if self._relay is not None:
            self._relay.open()
        self.desk.submit(LookForCall())
        self._mouth.open()
        self.bench.open()
        self._messenger.open()

    def close(self) -> None:
        """Stop the lines first, then let the desk finish what it has."""
        self._mouth.close()
        self.bench.close()
        if self._relay is not None:
            self._relay.close()
        self._messenger.close()
        self._printing.close()
        self.staff.close()
        self.desk.close()

    def view(self) -> View:
        """What to draw now."""
        return self.attendant.view()

    @property
    def courier(self) -> Courier | None:
        """Who carries envelopes, None while nothing can be sent."""
        return self._messenger.courier

    @property
    def link_up(self) -> bool | None:
        """Whether the clinic answered last, None before anybody asked."""
        return self._messenger.link_up

    @property
    def visit(self) -> Visit:
        """The visit in progress."""
        return self.attendant.visit

    def choose(self, choice: Choice, detail: str = "") -> None:
        """A person pressed ``choice``."""
        self.attendant.choose(choice, detail)
        self._announcer.play(Sound.PRESS)

    def touched(self) -> None:
        """A person touched the screen, on a key or beside every one."""
        self.attendant.touched()

    def tick(self) -> None:
        """Take in what happened and let time pass."""
        self.attendant.leave_to_staff(staff=self.staff.view() is not None)
        while self._events:
            self._take(self._events.popleft())
        self._go_round()
        self.attendant.tick()
        self.staff.tick()
        if (staff := self.staff.view()) is not None:
            self._announcer.watch(None)
            self.demo.watch_staff(staff)
            return
        view = self.attendant.view()
        self._announcer.watch(view)
        if self.demo.person is not None:
            self.demo.watch(view)

    def on_wake(self, wake: Callable[[], None]) -> None:
        """Take ``wake``: any thread may call it when there is something new."""
        self._wake = wake

    def on_staff_event(self, tell: Callable[[StaffEvent], None]) -> None:
        """Take ``tell``: it hears, on the thread that draws, what came of what staff asked the desk for."""
        self._tell_staff = tell

    def send(self, persona: str, *, presses: bool) -> None:
        """Let a simulated person come. With ``presses`` she touches the screen as well."""
        self.demo.send(persona, self.choose if presses else None)

    def send_away(self) -> None:
        """The simulated person walks off, wherever she is."""
        self.demo.send_away()

    def send_first(self) -> None:
        """Let the first simulated person come; the screen is touched by whoever stands before it."""
        self.demo.send_first()

    def strip(self) -> Strip | None:
        """The demo strip, None at a real station."""
        return self.demo.strip()

    def pick_persona(self, name: str) -> None:
        """Let another simulated person come; while somebody is at the kiosk, the next one."""
        self.demo.pick(name, idle=self.idle)

    def toggle_fault(self, name: str) -> None:
        """Turn a simulated fault on or off; the badge is laid once."""
        self.demo.toggle_fault(name)

    def _go_round(self) -> None:
        """Let the desk look now and then whether an instrument came due."""
        now, paper = self._clock.monotonic(), self._printing.paper()
        look = now - self._looked >= LOOK_S
        reporting = now - self._reported >= REPORT_S or paper != self._paper
        if look:
            self._looked = now
            self._printing.look()
        if reporting:
            self._reported, self._paper = now, paper
        if look or reporting or self._came:
            went = self.desk.submit(GoRound(reporting, self._came))
            if reporting or self._came:
                went.add_done_callback(lambda _: self._messenger.wake())
            self._came = False

    def _post(self, event: Event) -> None:
        self._events.append(event)
        self._stir()

    def _stir(self) -> None:
        """Let whoever draws ask anew; may be called on any thread."""
        self._wake()

    def _take(self, event: Event) -> None:
        if isinstance(event, LinkUp | LinkDown):
            self._messenger.note(event)
        elif isinstance(event, ClockHeard):
            self._time.heard(event.ahead)
        elif isinstance(event, SlipTold):
            self.attendant.remember(event)
        elif isinstance(event, LineEvent):
            self.bench.note(event)
            if self.staff.hear(event) or not self.bench.heeds(event):
                return
            self.attendant.hear(self.bench.lockout.true(event) if isinstance(event, Heard) else event)
        elif isinstance(event, STAFF_EVENTS):
            self._staff(event)
        elif isinstance(event, UpkeepTold):
            self.bench.lockout.keep_to(event.board)
        else:
            self._note(event)
            self.attendant.hear(event)

    def _staff(self, event: StaffEvent) -> None:
        """Do what staff asked for, and let the staff area know."""
        if isinstance(event, SheetWanted):
            self._printing.print_sheet(event.record, copy=event.copy)
        elif isinstance(event, MeterReleased):
            self.attendant.release(event.instrument)
        elif isinstance(event, Corrected):
            self._messenger.wake()
        self.staff.told(event)
        self._tell_staff(event)

    def _note(self, event: DeskEvent) -> None:
        if isinstance(event, VisitKept | AlarmKept):
            self.kept.add(event.visit)
            self._messenger.wake()
        elif isinstance(event, Arrived):
            self.arrived.add(event.visit)
            self._came = True
        elif isinstance(event, SheetCame):
            self.staff.came(event)
            if event.file is not None:
                self.sheets[event.visit] = event.file

    @property
    def idle(self) -> bool:
        """Whether nobody is at the kiosk."""
        return self.attendant.step is Step.IDLE
