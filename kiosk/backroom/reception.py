"""Where the staff area meets the running station: who lays a badge, what is the staff's, what a sheet became.

The station hands every event here first; what is taken goes no further. It owns the backroom and the thread
on which the doctor looks, because a look at the clinic may take seconds.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from devices.events import LineEvent
from devices.model import Role
from kiosk.attendant import Attendant
from kiosk.backroom.backroom import Backroom
from kiosk.backroom.panel import SystemPanel
from kiosk.backroom.premises import Premises
from kiosk.backroom.references import references_of
from kiosk.backroom.steps import Press
from kiosk.backroom.views import StaffView
from kiosk.badge import Badges
from kiosk.bench import Bench
from kiosk.clock import Clock
from kiosk.desk import Desk
from kiosk.doctor import examine
from kiosk.events import SheetCame
from kiosk.flow.steps import Step
from kiosk.messenger import Messenger
from kiosk.printroom import PrintRoom
from kiosk.settings import KioskSettings
from kiosk.staff_events import StaffEvent
from kiosk.theme import load_look
from kiosk.upkeep.accounts import Staff
from kiosk.upkeep.demo import PIN
from kiosk.upkeep.fitted import kept_of
from kiosk.upkeep.staff import StaffMember


class Reception:
    """The staff area of one running station, on the thread that draws. ``hear`` lets the kiosk be heard."""

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
    ) -> None:
        self._settings, self._data, self._clock = settings, data, clock
        self._bench, self._desk, self._printing, self._badges = bench, desk, printing, badges
        self._panel = SystemPanel(hear)
        self._doctor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="doctor")
        self._members: Future[tuple[StaffMember, ...]] | None = None
        self._attendant: Attendant | None = None
        self._backroom: Backroom | None = None

    def open(self, attendant: Attendant, messenger: Messenger) -> None:
        """Begin: the desk is there."""
        self._attendant = attendant
        self._members = self._desk.submit(Staff())
        self._backroom = Backroom(self._premises(attendant, messenger))
        self._badges.on_laid(self._badge)

    def close(self) -> None:
        """Nobody waits for the doctor any more."""
        self._doctor.shutdown(wait=False, cancel_futures=True)

    def view(self) -> StaffView | None:
        """What to draw of the staff area, None while the kiosk is the residents'."""
        return None if self._backroom is None else self._backroom.view()

    def press(self, press: Press, detail: str) -> None:
        """A staff member pressed something."""
        if self._backroom is not None:
            self._backroom.choose(press, detail)

    def knock(self) -> None:
        """The fixed place of the idle screen was held; it opens only where no card reader is there."""
        idle = self._attendant is not None and self._attendant.step is Step.IDLE
        if self._backroom is not None and idle and not self._bench.there(Role.CARD):
            self._printing.look()
            self._backroom.knock()

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
        if self._backroom is not None:
            self._backroom.tick()

    def _badge(self, badge: str) -> None:
        if self._backroom is not None:
            self._printing.look()
            self._backroom.badge(badge)

    def _premises(self, attendant: Attendant, messenger: Messenger) -> Premises:
        settings = self._settings
        return Premises(
            station=self._settings.station.id,
            clock=self._clock,
            tools=self._bench,
            desk=self._desk,
            panel=self._panel,
            plates=tuple(span for kept in kept_of(settings) for span in kept.spans),
            references=references_of(settings.reference, settings.station.zone),
            board=lambda: self._bench.lockout.board,
            trouble=lambda: messenger.trouble,
            send=messenger.wake,
            paper=lambda: self._printing.words,
            examine=lambda: self._doctor.submit(examine, settings, self._data, messenger.url),
            taken_meters=lambda: tuple(ticket.instrument for ticket in attendant.taken()),
            learn_badge=self._badges.learn,
            demo=settings.simulates,
            demo_pin=PIN if settings.simulates else "",
            slop=load_look().size.slop,
        )
