"""A whole station on one thread and in hand-moved time: the real attendant, bench, drivers, clerk and ledger.

What is left out is what threads and paper take time for: the desk does each job at once, and a tray stands
for the print room's printer. Nobody draws here.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar
from uuid import UUID

from devices.catalogue import model_of
from devices.events import LineEvent
from devices.model import Role
from health.record import Record
from health.rulebook import shipped_rulebook
from health.slip import Slip
from health.station import Station
from kiosk.attendant import Attendant
from kiosk.badge import Badges
from kiosk.clerk import StationClerk
from kiosk.clock import Clock
from kiosk.courier.events import SlipTold
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.events import DeskEvent, Sheet, SheetCame
from kiosk.house import House
from kiosk.jobs import Job, Office
from kiosk.printroom import NO_PRINTER, PrintRoom
from kiosk.sealing import Seal
from kiosk.settings import DEMO, read_settings
from kiosk.staff_events import StaffEvent
from kiosk.store.ledger import Ledger
from kiosk.theme import FIRST_SCREEN, load_look
from kiosk.views import View
from tests.kiosk.ledgers import lay_empty_ledger
from tests.kiosk.novice.wires import HandMovedTime, WiredBench
from tests.kiosk.station import IDENTITY

A = TypeVar("A")
Told: TypeAlias = LineEvent | DeskEvent | StaffEvent | SlipTold
TICK = 1.0
"""Seconds between two looks of the attendant at its clock at most; told something, it looks at once."""
PRINTS_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a station and a day are like. ``scenarios`` and ``models`` by the instrument's id.

    ``printer``: ``ready``, ``none``, ``stuck`` (it takes the sheet and then cannot) or ``mute`` (nothing more
    is heard of it). ``slip`` is what the clinic tells of her, None without a link. ``phone_page`` shows the
    code for the telephone. ``screen`` is the panel it stands on.
    """

    scenarios: Mapping[str, str] | None = None
    models: Mapping[str, str] | None = None
    absent: tuple[str, ...] = ()
    printer: str = "ready"
    slip: Slip | None = None
    guideline: bool = True
    phone_page: str = ""
    screen: str = FIRST_SCREEN


class DeskAtOnce(Desk):
    """The desk of the station, each job done before ``submit`` returns."""

    def start(self) -> None:
        """Opens the ledger."""
        lay_empty_ledger(self._folder)
        self._ledger = Ledger(self._folder)
        self._office = Office(self._ledger, self._seal, self._now, self._tell, self._rules)

    def submit(self, job: Job[A]) -> Future[A]:
        """Does it."""
        answer: Future[A] = Future()
        self._do(job, answer, self._office)
        return answer

    def close(self, timeout: float = 5.0) -> bool:
        """Closes the ledger; nothing takes ``timeout`` here."""
        self._ledger.close()
        return timeout >= 0


def _nothing(record: Record, *, copy: bool) -> bytes:
    return b"a copy" if copy else record.language.encode()


class Tray(PrintRoom):
    """A print room that writes nothing: a sheet comes, or does not, after a while."""

    def __init__(self, house: "HandMovedStation", printer: str) -> None:
        super().__init__(None, _nothing, house.post)
        self._house, self._printer_is = house, printer
        self._words = NO_PRINTER if printer == "none" else None

    def look(self) -> None:
        """Nothing changes."""

    def print_sheet(self, record: Record, *, copy: bool = False) -> None:
        """The sheet is on its way."""
        if self._printer_is == "mute":
            return
        done = self._printer_is == "ready" and not copy
        came = SheetCame(
            record.visit.id, Sheet.DONE if done else Sheet.TROUBLE, None if done else "printer.jam"
        )
        self._house.later(PRINTS_SECONDS, came)


class HandMovedStation:
    """One station; ``go_on`` lets time pass."""

    def __init__(self, data: Path, around: Circumstances) -> None:
        settings = read_settings(DEMO)
        self.time = HandMovedTime()
        self.slip = around.slip
        self._events: deque[Told] = deque()
        self._later: list[tuple[float, Told]] = []
        self._told, self._ticked = False, 0.0
        models, scenarios = around.models or {}, around.scenarios or {}
        fitted = [
            (one.id, model_of(models.get(one.id, one.model)), scenarios.get(one.id, "default"))
            for one in settings.instrument
            if one.id not in around.absent
        ]
        self.bench = WiredBench(fitted, self.time, self.post)
        seal = Seal(IDENTITY, DayKey(self.time.boot, None), self.time.moment, "Asia/Shanghai")
        self.desk = DeskAtOnce(data, seal, self.time.moment, self.post)
        clock = Clock(self.time.monotonic, self.time.wall)
        name = Station(
            settings.station.id, settings.station.name, "demo", demo=True, phone_page=around.phone_page
        )
        face = load_look().screen_named(around.screen).face
        house = House(name, shipped_rulebook, around.guideline, Badges(settings.badges), True, face)
        clerk = StationClerk(name, clock, self.desk, Tray(self, around.printer), self._ask)
        self.clock = clock
        self.attendant = Attendant(house, clock, self.bench, clerk)

    def open(self) -> None:
        """Switch everything on and let it be found."""
        self.desk.start()
        for wire in self.bench.wires:
            wire.open()
        self.go_on(2.0)

    def close(self) -> None:
        """Switch everything off."""
        for wire in self.bench.wires:
            wire.close()
        self.desk.close()

    def view(self) -> View:
        """What the screen shows."""
        return self.attendant.view()

    def wire(self, role: Role) -> object:
        """What a person finds at that place."""
        return self.bench.simulated(role)

    def go_on(self, seconds: float) -> None:
        """Let time pass, no faster than anything happens."""
        end = self.time.seconds + seconds
        while self.time.seconds < end:
            self.step(end)

    def step(self, end: float) -> None:
        """On to what happens next, at most to ``end`` and a tick away."""
        now = self.time.seconds
        dues = [(wire, wire.due) for wire in self.bench.wires]
        coming = [due for _, due in dues if due is not None] + [at for at, _ in self._later]
        then = min([*(max(one, now + 0.001) for one in coming), end, now + TICK])
        self.time.seconds = then
        for wire, due in dues:
            if due is not None and due <= then:
                wire.turn()
        self._deliver()
        if self._told or then >= end or then - self._ticked >= TICK / 2:
            self._told, self._ticked = False, then
            self.attendant.tick()
            self._take()

    def post(self, event: Told) -> None:
        """Something was told."""
        self._told = True
        self._events.append(event)

    def later(self, seconds: float, event: Told) -> None:
        """Something will be told."""
        self._later.append((self.time.seconds + seconds, event))

    def _deliver(self) -> None:
        now = self.time.seconds
        for event in [event for at, event in self._later if at <= now]:
            self.post(event)
        self._later = [one for one in self._later if one[0] > now]
        self._take()

    def _take(self) -> None:
        while self._events:
            event = self._events.popleft()
            if isinstance(event, SlipTold):
                self.attendant.remember(event)
            elif isinstance(event, LineEvent):
                self.bench.note(event)
                if self.bench.heeds(event):
                    self.attendant.hear(event)
            elif isinstance(event, DeskEvent):
                self.attendant.hear(event)

    def _ask(self, identity: str) -> None:
        if self.slip is not None:
            self.later(0.5, SlipTold(identity, self.slip))

    @property
    def visit(self) -> UUID:
        """The visit in progress."""
        return self.attendant.visit.id


@contextmanager
def hand_moved(data: Path, around: Circumstances | None = None) -> Iterator[HandMovedStation]:
    """An open station in hand-moved time."""
    made = HandMovedStation(data, around or Circumstances())
    with made.time.at_instruments():
        made.open()
        try:
            yield made
        finally:
            made.close()
