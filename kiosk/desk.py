"""The desk: one thread that alone opens the ledger and does one job after another, alarms first.

Nobody waits for it who draws: a job is handed in and what came of it is told as an event. Whoever may wait
(the courier, a command) takes the future that ``submit`` returns. It knows no screen, paper or network.
"""

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk.errors import KioskError
from kiosk.events import DeskEvent, RoomTold
from kiosk.jobs import Job, Office, Rank, unknown
from kiosk.sealing import Seal
from kiosk.staff_events import StaffEvent
from kiosk.stationtime import Moment
from kiosk.store.database import LedgerDiskError, LedgerError
from kiosk.store.ledger import KEPT_DAYS, Ledger
from kiosk.store.reserve import Reserve
from kiosk.unclaimed import send_what_stays_shut
from kiosk.upkeep.rules import UpkeepRules

TIDY_S = 30.0
"""How often drafts that nobody came back for are let go, and old envelopes purged."""

CLOSED = "The desk is closed; start the kiosk again."

A = TypeVar("A")
_log = logging.getLogger(__name__)


class DeskClosedError(KioskError):
    """A job came after the desk had closed."""


class _Slip(msgspec.Struct, order=True):
    """A job in the queue. Rank first, then ``number``, which no two share; ``job`` None closes the desk."""

    rank: Rank
    number: int
    job: Job[Any] | None
    answer: Future[Any]


class Desk:
    """The desk of one station, with its ledger in ``folder``. ``tell`` is called on the desk's thread.

    ``rules`` say how the station is kept true; without them nothing is asked of any instrument. ``paper``
    says how the printer is, for what the clinic is told. What the clinic has goes after ``kept_days``.
    """

    def __init__(
        self,
        folder: Path,
        seal: Seal,
        now: Callable[[], Moment],
        tell: Callable[[DeskEvent | StaffEvent], None],
        rules: UpkeepRules | None = None,
        paper: Callable[[], str | None] = unknown,
        kept_days: int = KEPT_DAYS,
    ) -> None:
        self._kept_days = kept_days
        self._folder = folder
        self._seal = seal
        self._now = now
        self._tell = tell
        self._rules = rules or UpkeepRules()
        self._paper = paper
        self._slips: queue.PriorityQueue[_Slip] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._has_room = True
        self._disk_is_ill = False
        self._reserve = Reserve(folder)
        self._closed = threading.Event()
        self._opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Opens the ledger and begins. Raises ``LedgerError`` if that cannot be opened."""
        self._thread.start()
        self._opened.result()

    def submit(self, job: Job[A]) -> Future[A]:
        """Hands a job in and returns at once. The future fails with what the job raised."""
        answer: Future[A] = Future()
        if self._closed.is_set():
            answer.set_exception(DeskClosedError(CLOSED))
        else:
            self._slips.put(_Slip(job.rank, next(self._numbers), job, answer))
        return answer

    def close(self, timeout: float = 5.0) -> bool:
        """Does what is handed in, then closes the ledger. Returns whether ``timeout`` seconds were enough."""
        if not self._closed.is_set():
            self._closed.set()
            self._slips.put(_Slip(Rank.LAST, next(self._numbers), None, Future()))
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            ledger = Ledger(self._folder)
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: whoever called ``start`` hears it
            self._opened.set_exception(wrong)
            return
        office = Office(ledger, self._seal, self._now, self._tell, self._rules, self._paper)
        self._opened.set_result(None)
        self._guarded(self._set_aside, office)
        self._guarded(_let_go_what_cannot_be_opened, office)
        try:
            self._work(office)
        finally:
            ledger.close()
            self._refuse_the_rest()

    def _work(self, office: Office) -> None:
        tidy_at = time.monotonic()
        while True:
            if time.monotonic() >= tidy_at:
                self._guarded(self._tidy, office)
                self._guarded(self._look_at_room, office)
                self._guarded(self._set_aside, office)
                tidy_at = time.monotonic() + TIDY_S
            try:
                slip = self._slips.get(timeout=max(0.0, tidy_at - time.monotonic()))
            except queue.Empty:
                continue
            if slip.job is None:
                return
            self._do(slip.job, slip.answer, office)
            del slip  # while the desk waits for the next, nobody is held by the last

    def _refuse_the_rest(self) -> None:
        while not self._slips.empty():
            self._slips.get_nowait().answer.set_exception(DeskClosedError(CLOSED))

    def _do(self, job: Job[Any], answer: Future[Any], office: Office) -> None:
        try:
            result = self._done(job, office)
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: one job must not end the desk
            _log.error("The desk could not do %s: %s", type(job).__name__, type(wrong).__name__)
            answer.set_exception(wrong)
            sorry = job.sorry(wrong)
            if sorry is not None:
                self._tell(sorry)
            if isinstance(wrong, LedgerError):
                self._disk_is_ill = True
                self._guarded(self._look_at_room, office)
            return
        answer.set_result(result)
        if job.rank <= Rank.VISIT:
            self._guarded(self._look_at_room, office)

    def _done(self, job: Job[A], office: Office) -> A:
        """Do it; where the disk refuses once more with what was set aside for that. A job is all or nothing.

        A disk that has bytes and no more names for files is full too, and does not say so; the reserve is a
        name as well.
        """
        try:
            return job.do(office)
        except LedgerDiskError:
            if not self._reserve.let_go():
                raise
            _log.error("The disk refuses; %s is done anew with the reserve.", type(job).__name__)
            return job.do(office)

    def _set_aside(self, office: Office) -> None:
        if office.ledger.has_room():
            self._reserve.make()

    def _look_at_room(self, office: Office) -> None:
        """Tell when the disk has got too full for a new visit, or takes none, and when it does again."""
        if self._disk_is_ill:
            self._disk_is_ill = not office.ledger.takes_a_write()
        has_room = office.ledger.has_room() and not self._disk_is_ill
        if has_room is not self._has_room:
            self._has_room = has_room
            self._tell(RoomTold(has_room))

    def _tidy(self, office: Office) -> None:
        moment = office.now()
        office.ledger.promote_drafts(moment.boot, moment.monotonic_ms)
        send_what_stays_shut(office)
        heard = office.ledger.last_taken()
        if moment.trusted and heard is not None:  # a clock alone, that may be a year ahead, deletes nothing
            office.ledger.purge(min(moment.wall, heard), self._kept_days)

    def _guarded(self, work: Callable[[Office], None], office: Office) -> None:
        try:
            work(office)
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: tidying must not end the desk
            _log.error("The desk could not tidy up: %s", type(wrong).__name__)


def _let_go_what_cannot_be_opened(office: Office) -> None:
    """After a restart without the day key nobody can resume: what was kept goes out at once."""
    moment = office.now()
    for draft in office.ledger.drafts(moment.boot, moment.monotonic_ms):
        if draft.header.visit is not None and office.seal.open(draft) is None:
            office.ledger.promote(draft.header.visit)
    send_what_stays_shut(office)
