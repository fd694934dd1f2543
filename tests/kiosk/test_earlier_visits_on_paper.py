"""What the clinic told of earlier visits stands on the sheet and in the record it was made from."""

import queue
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from devices.reading import Quantity
from health.assess import assess
from health.record import Record
from health.rulebook import shipped_rulebook
from health.visit import Observation, PastVisit
from kiosk.clerk import StationClerk
from kiosk.clock import Clock
from kiosk.desk import Desk
from kiosk.events import DeskEvent
from kiosk.jobs import KeepSealed
from kiosk.paper import sheet_of
from kiosk.printroom import PrintRoom
from printouts.printer import FolderPrinter
from tests.kiosk.station import record as a_record
from tests.printouts.cases import text_of

PAST = (PastVisit(date(2026, 8, 24), (Observation(Quantity.SYSTOLIC, Decimal(152), "mm[Hg]"),)),)


class Tray:
    """Takes jobs as the desk does."""

    def __init__(self) -> None:
        self.jobs: list[object] = []

    def submit(self, job: object) -> None:
        self.jobs.append(job)


def test_the_sheet_and_the_sealed_record_hold_the_earlier_visits(tmp_path: Path) -> None:
    one, told, desk = a_record(), queue.Queue[DeskEvent](), Tray()
    kept: list[Record] = []

    def building(record: Record, *, copy: bool) -> bytes:
        kept.append(record)
        return sheet_of(record, copy=copy)

    room = PrintRoom(FolderPrinter(tmp_path / "sheets"), cast("Callable[..., bytes]", building), told.put)
    room.open()
    clock = Clock(zone="Asia/Shanghai")
    clerk = StationClerk(one.station, clock, cast("Desk", desk), room, lambda _: None)
    seen = (Observation(Quantity.SYSTOLIC, Decimal(146), "mm[Hg]"),)
    visit = replace(one.visit, observations=seen)
    assessment = assess(visit, PAST, shipped_rulebook(), visit.on)
    clerk.print_sheet(visit, assessment, "zh_CN", PAST)
    clerk.close_visit(visit, assessment, "zh_CN", PAST, shares=True)
    told.get(timeout=20)
    room.close()
    (sheet,) = (tmp_path / "sheets").glob("*.pdf")
    assert "近 2 次" in text_of(sheet.read_bytes(), tmp_path)
    (job,) = desk.jobs
    assert isinstance(job, KeepSealed)
    assert job.record.history == kept[0].history == PAST
