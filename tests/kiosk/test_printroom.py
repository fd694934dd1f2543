"""What the print room promises: every sheet is answered, whatever breaks, and a copy says that it is one."""

import queue
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import cast
from uuid import UUID

import pytest
from msgspec.structs import replace

from health.record import Record
from health.visit import Visit
from kiosk.events import DeskEvent, Sheet, SheetCame
from kiosk.printroom import NO_PRINTER, TROUBLE, PrintRoom
from printouts.printer import FolderPrinter, PrinterState, PrintOutcome
from tests.kiosk.station import record as a_record

LIMIT = 120.0


class Tray:
    """A printer that says what it was told to say."""

    def __init__(self, outcome: PrintOutcome) -> None:
        self.outcome = outcome
        self.sheets: list[bytes] = []

    def state(self) -> PrinterState:
        return PrinterState.READY

    def send(self, pdf: bytes) -> PrintOutcome:
        self.sheets.append(pdf)
        return self.outcome


class Room:
    """An open print room and what it told."""

    def __init__(self, printer: Tray | FolderPrinter | None) -> None:
        self.told: queue.Queue[DeskEvent] = queue.Queue()
        self.room = PrintRoom(printer, _sheet, self.told.put)
        self.room.open()

    def print(self, one: Record, *, copy: bool = False) -> DeskEvent:
        self.room.print_sheet(one, copy=copy)
        return self.told.get(timeout=LIMIT)


def _sheet(record: Record, *, copy: bool) -> bytes:
    if record.language == "none":
        raise ZeroDivisionError
    return b"copy" if copy else b"sheet"


@pytest.fixture
def rooms() -> Iterator[list[Room]]:
    opened: list[Room] = []
    yield opened
    for one in opened:
        one.room.close()


def test_every_sheet_is_answered_even_when_building_one_breaks(rooms: list[Room]) -> None:
    tray = Tray(PrintOutcome(printed=True, key="printer.done"))
    rooms.append(room := Room(tray))
    broken, whole = replace(a_record(), language="none"), a_record()
    assert room.print(broken) == SheetCame(broken.visit.id, Sheet.TROUBLE, TROUBLE)
    assert room.print(whole) == SheetCame(whole.visit.id, Sheet.DONE)
    assert tray.sheets == [b"sheet"]


@dataclass
class Somebody:
    """As much of a record as a sheet needs; it can be watched going."""

    visit: Visit
    language: str = "en"


def test_while_the_room_waits_nobody_is_held_by_the_last_sheet(rooms: list[Room]) -> None:
    rooms.append(room := Room(Tray(PrintOutcome(printed=True, key="printer.done"))))
    somebody = Somebody(a_record().visit)
    gone = weakref.ref(somebody)
    room.print(cast("Record", somebody))
    del somebody
    end = monotonic() + LIMIT / 6
    while gone() is not None and monotonic() < end:
        sleep(0.01)
    assert gone() is None


def test_what_the_printer_says_is_told_in_its_words(rooms: list[Room]) -> None:
    rooms.append(
        room := Room(Tray(PrintOutcome(printed=False, key="printer.paper_out", state=PrinterState.PAPER_OUT)))
    )
    one = a_record()
    assert room.print(one) == SheetCame(one.visit.id, Sheet.TROUBLE, "printer.paper_out")


def test_without_a_printer_that_is_what_is_told(rooms: list[Room]) -> None:
    rooms.append(room := Room(None))
    one = a_record()
    assert room.print(one) == SheetCame(one.visit.id, Sheet.TROUBLE, NO_PRINTER)


def test_a_sheet_that_becomes_a_file_says_where_and_a_copy_is_built_as_one(
    rooms: list[Room], tmp_path: Path
) -> None:
    rooms.append(room := Room(FolderPrinter(tmp_path)))
    came = room.print(a_record(), copy=True)
    assert isinstance(came, SheetCame)
    assert came.file is not None
    assert came.file.read_bytes() == b"copy"


def test_a_second_sheet_of_one_visit_says_that_it_is_a_copy(rooms: list[Room]) -> None:
    tray = Tray(PrintOutcome(printed=True, key="printer.done"))
    rooms.append(room := Room(tray))
    one, other = a_record(), a_record()
    other = replace(other, visit=replace(other.visit, id=UUID(int=77)))
    for record in (one, one, other):
        room.print(record)
    assert tray.sheets == [b"sheet", b"copy", b"sheet"]


def test_how_the_printer_is_is_known_once_somebody_looked_or_printed(rooms: list[Room]) -> None:
    jammed = PrintOutcome(printed=False, key="printer.jam", state=PrinterState.JAM)
    rooms.append(room := Room(Tray(jammed)))
    assert room.room.paper() is None
    room.room.look()
    room.print(replace(a_record(), language="none"))
    assert room.room.paper() == "ready"
    room.print(a_record())
    assert room.room.paper() == "jam"
    rooms.append(bare := Room(None))
    assert bare.room.paper() == "none"
