"""Where the staff area meets the running station: who lays a badge, what is the staff's, what a sheet became.

The station hands every event here first; what is taken goes no further. It owns the backroom, which is loaded
when somebody first wants in, and the thread aside on which that is done and on which the doctor looks later,
because a look at the clinic may take seconds. It must not import what lies behind the door (``staff_area``).
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from devices.events import LineEvent
from devices.model import Role
from kiosk.attendant import Attendant
from kiosk.badge import Badges
from kiosk.bench import Bench
from kiosk.clock import Clock
from kiosk.desk import Desk
from kiosk.events import SheetCame
from kiosk.flow.steps import Step
from kiosk.messenger import Messenger
from kiosk.printroom import PrintRoom
from kiosk.settings import KioskSettings
from kiosk.staff_area import backroom_of
from kiosk.staff_events import StaffEvent
from kiosk.upkeep.members import Staff
from kiosk.upkeep.staff import StaffMember

if TYPE_CHECKING:
    from kiosk.backroom.backroom import Backroom
    from kiosk.backroom.steps import Press
    from kiosk.backroom.views import StaffView


def _nothing() -> None:
    """Without a window nothing more is loaded, and nobody draws."""


class Surroundings(msgspec.Struct, frozen=True):
    """The running station round the staff area. ``hear`` lets the kiosk be heard, ``aside`` is the thread
    for what takes seconds.
    """

    settings: KioskSettings
    data: Path
    clock: Clock
    bench: Bench
    desk: Desk
    printing: PrintRoom
    badges: Badges
    hear: Callable[[], None]
    attendant: Attendant
    messenger: Messenger
    aside: ThreadPoolExecutor


class Reception:
    """The staff area of one running station, on the thread that draws. ``hear`` lets the kiosk be heard;
    ``wake`` lets the window ask anew, and may be called on any thread.
    """

    def __init__(
        self,
        settings: KioskSettings,
        data: Path,
        clock: Clock,
        bench: Bench,
        desk: Desk,
        printing: PrintRoom,
        badges: Badges,
        hear: Callable[[], None],
        wake: Callable[[], None],
    ) -> None:
        self._settings, self._data, self._clock = settings, data, clock
        self._bench, self._desk, self._printing, self._badges = bench, desk, printing, badges
        self._hear, self._wake = hear, wake
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        self._load_face: Callable[[], None] = _nothing
        self._members: Future[tuple[StaffMember, ...]] | None = None
        self._station: Surroundings | None = None
        self._loading: Future[Backroom] | None = None
        self._come_in: Callable[[Backroom], None] | None = None
        self._backroom: Backroom | None = None

    def open(self, attendant: Attendant, messenger: Messenger) -> None:
        """Begin: the desk is there."""
        self._station = Surroundings(
            self._settings, self._data, self._clock, self._bench, self._desk, self._printing, self._badges,
            self._hear, attendant, messenger, self._aside,
        )  # fmt: skip
        self._members = self._desk.submit(Staff())
        self._badges.on_laid(self._badge)

    def close(self) -> None:
        """Nobody waits for the doctor any more."""
        self._aside.shutdown(wait=False, cancel_futures=True)

    def view(self) -> "StaffView | None":
        """What to draw of the staff area, None while the kiosk is the residents'."""
        return None if self._backroom is None else self._backroom.view()

    def before_drawn(self, load: Callable[[], None]) -> None:
        """Take ``load``: it is called on a thread aside, once, before there is a first view."""
        self._load_face = load

    def press(self, press: "Press", detail: str) -> None:
        """A staff member pressed something."""
        if self._backroom is not None:
            self._backroom.choose(press, detail)

    def knock(self) -> None:
        """The fixed place of the idle screen was held; it opens only where no card reader is there."""
        if self._idle and not self._bench.there(Role.CARD):
            self._let_in(lambda backroom: backroom.knock())

    def make_ready(self) -> None:
        """Somebody is about to come in: what lies behind the door is loaded, and nobody waits for it."""
        if self._station is not None and self._loading is None:
            self._loading = self._aside.submit(self._furnish, self._station)
            self._loading.add_done_callback(lambda _: self._wake())

    def hear(self, event: LineEvent) -> bool:
        """An instrument said something, uncorrected; True: it was the staff's and goes no further."""
        if self._backroom is None:
            return False
        wanted = self._backroom.wants(event)
        self._backroom.hear(event)
        return wanted

    def told(self, event: StaffEvent) -> None:
        """What came of what staff asked the desk for, and what else concerns them."""
        if self._backroom is not None:
            self._backroom.told(event)

    def came(self, event: SheetCame) -> None:
        """A sheet lies in the tray, or does not."""
        if self._backroom is not None:
            self._backroom.printed(event.words)

    def tick(self) -> None:
        """Time went by."""
        if self._members is not None and self._members.done():
            for member in self._members.result():
                self._badges.learn(member.badge, member.id)
            self._members = None
        if self._backroom is None and self._loading is not None and self._loading.done():
            self._backroom = self._loading.result()
        if self._backroom is not None:
            self._open_door(self._backroom)
            self._backroom.tick()

    @property
    def _idle(self) -> bool:
        return self._station is not None and self._station.attendant.step is Step.IDLE

    def _badge(self, badge: str) -> None:
        self._let_in(lambda backroom: backroom.badge(badge))

    def _let_in(self, come_in: "Callable[[Backroom], None]") -> None:
        """Staff come in, at once or as soon as there is a room to come into."""
        self._printing.look()
        self._come_in = come_in
        self.make_ready()
        if self._backroom is not None:
            self._open_door(self._backroom)

    def _open_door(self, backroom: "Backroom") -> None:
        """Whoever waits at the door; a person who began meanwhile goes first."""
        come_in, self._come_in = self._come_in, None
        if come_in is not None and self._idle:
            come_in(backroom)

    def _furnish(self, station: Surroundings) -> "Backroom":
        backroom = backroom_of(station)
        self._load_face()
        return backroom
