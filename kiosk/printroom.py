"""The print room: one thread that has sheets built and follows each until it lies in the tray.

Apart from the desk, because a printer may take a minute and a draft or an alarm must not wait for it. It
knows no visit in progress and no screen; what came of a sheet is told as an event.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import msgspec

from devices.reading import Confidential
from health.record import Record
from kiosk.demo_printer import DemoPrinter
from kiosk.errors import KioskError
from kiosk.events import DeskEvent, Sheet, SheetCame
from printouts.printer import FolderPrinter, PrinterState, PrintsPaper

TROUBLE = "say.sheet.trouble"
NO_PRINTER = "say.printer.none"
NONE = "none"
"""The word of a station without a printer, where others say a ``PrinterState``."""
_log = logging.getLogger(__name__)


class BuildsSheet(Protocol):
    """Whoever makes the PDF of a record."""

    def __call__(self, record: Record, *, copy: bool) -> bytes:
        """The sheet as PDF, marked where it is a ``copy``."""


class _Sheet(Confidential, msgspec.Struct, frozen=True):
    """A sheet to print; ``copy``: it was printed before."""

    record: Record
    copy: bool


class _Look(msgspec.Struct, frozen=True):
    """Somebody wants to know how the printer is."""


class PrintRoom:
    """Prints one sheet after another. ``tell`` is called on its thread and must be quick.

    ``printer`` None: this station has none, and says so.
    """

    def __init__(
        self,
        printer: PrintsPaper | None,
        building: BuildsSheet,
        tell: Callable[[DeskEvent], None],
    ) -> None:
        self._printer = printer
        self._building = building
        self._tell = tell
        self._work: queue.Queue[_Sheet | _Look | None] = queue.Queue()
        self._words: str | None = None if printer is not None else NO_PRINTER
        self._paper: str | None = None if printer is not None else NONE
        self._came: set[UUID] = set()
        self._asked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="print room", daemon=True)

    @property
    def words(self) -> str | None:
        """Why nothing could be printed when somebody last looked, as a key; None: it was ready."""
        return self._words

    def paper(self) -> str | None:
        """How the printer was when somebody last looked, as a word of its state; None before anybody did."""
        return self._paper

    def open(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self, timeout: float = 2.0) -> None:
        """End after the sheet in hand, or leave it to the printer after ``timeout`` seconds."""
        self._work.put(None)
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def look(self) -> None:
        """Ask the printer how it is; returns at once. One question waits at a time."""
        if not self._asked.is_set():
            self._asked.set()
            self._work.put(_Look())

    def print_sheet(self, record: Record, *, copy: bool = False) -> None:
        """Build and print the sheet of ``record``, marked where it is a ``copy``; returns at once."""
        self._work.put(_Sheet(record, copy))

    def _run(self) -> None:
        # What is done in a call of its own is held by nobody while the next is waited for: it was somebody's.
        while self._did(self._work.get()):
            pass

    def _did(self, work: _Sheet | _Look | None) -> bool:
        """Do it; False where it was the last."""
        if isinstance(work, _Sheet):
            self._tell(self._printed(work))
        elif isinstance(work, _Look):
            self._asked.clear()
            if self._printer is not None:
                state = self._printer.state()
                self._words, self._paper = _words_for(state), state.value
        return work is not None

    def _printed(self, work: _Sheet) -> SheetCame:
        visit = work.record.visit.id
        if self._printer is None:
            return SheetCame(visit, Sheet.TROUBLE, NO_PRINTER)
        try:
            # One report a visit: what is printed a second time says that it is a copy, whoever asked.
            sheet = self._building(work.record, copy=work.copy or visit in self._came)
            outcome = self._printer.send(sheet)
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: one sheet must not end the printing
            # What the house says names nobody; what a library says might.
            why = wrong if isinstance(wrong, KioskError) else type(wrong).__name__
            _log.error("A sheet could not be made: %s", why)
            return SheetCame(visit, Sheet.TROUBLE, TROUBLE)
        if outcome.printed:
            self._words, self._paper = None, PrinterState.READY.value
            self._came.add(visit)
            file = (
                self._printer.path_of(sheet)
                if isinstance(self._printer, FolderPrinter | DemoPrinter)
                else None
            )
            return SheetCame(visit, Sheet.DONE, file=file)
        self._paper = outcome.state.value
        return SheetCame(visit, Sheet.TROUBLE, outcome.key)


def _words_for(state: PrinterState) -> str | None:
    return None if state is PrinterState.READY else f"printer.{state}"
