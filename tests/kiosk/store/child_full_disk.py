"""Run in a mount namespace of its own: a station keeps visits on a small disk until it is full, and tells."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

import kiosk.store.ledger as ledger_file
import kiosk.store.reserve as reserve_file
from kiosk.desk import Desk
from kiosk.events import DeskEvent, RoomTold
from kiosk.jobs import KeepDraft, KeepSealed, NextToSend
from kiosk.staff_events import StaffEvent
from kiosk.store.database import LedgerFullError
from kiosk.store.reserve import FILE
from tests.kiosk.station import HeldTime, record, seal_of

LIMIT = 120.0
MOST = 4000
RESERVE = 384 * 1024
"""Bytes; less than a station sets aside, so that the disk is full sooner."""


@dataclass(slots=True)
class Said:
    """What came of it. ``kept`` are the visits the desk had kept, ``lost`` those that are there no more."""

    reserve: int = 0
    kept: list[str] = field(default_factory=list)
    sentence: str = ""
    lost: list[str] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    reserve_again: int = 0


class SmallDisk:
    """A desk on a disk of 12 MiB."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, Said()
        self._told: list[DeskEvent | StaffEvent] = []
        self._time = HeldTime()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(folder)], check=True)
        self.desk = self._opened()
        self.said.reserve = self.reserve()

    def reserve(self) -> int:
        """Bytes set aside."""
        file = self.folder / FILE
        return file.stat().st_blocks * 512 if file.exists() else 0

    def fill(self) -> None:
        """Somebody else writes until no byte is left."""
        with (self.folder / "ballast").open("ab", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                while _fits(file.fileno(), size):
                    pass

    def keep_one(self) -> None:
        """A visit begun and closed."""
        one = record()
        self.desk.submit(KeepDraft(one, shares=True)).result(LIMIT)
        self.desk.submit(KeepSealed(one, shares=True)).result(LIMIT)
        self.said.kept.append(str(one.visit.id))

    def keep_until_full(self) -> None:
        """Visits until the desk says that it cannot."""
        for _ in range(MOST):
            try:
                self.keep_one()
            except LedgerFullError as full:
                self.said.sentence = str(full)
                return

    def make_room(self) -> None:
        """Somebody clears up; the next visit is kept, and the station starts again."""
        (self.folder / "ballast").unlink()
        self.keep_one()
        waiting = self.desk.submit(NextToSend(MOST)).result(LIMIT).envelopes
        there = {str(one.visit) for one in waiting}
        self.said.lost = [one for one in self.said.kept if one not in there]
        self.said.told = [event.enough for event in self._told if isinstance(event, RoomTold)]
        self.desk.close()
        self.desk = self._opened()
        self.desk.close()
        self.said.reserve_again = self.reserve()

    def _opened(self) -> Desk:
        desk = Desk(self.folder, seal_of(self._time), self._time.now, self._told.append)
        desk.start()
        desk.submit(NextToSend(1)).result(LIMIT)
        return desk


def _fits(handle: int, size: int) -> bool:
    try:
        return os.write(handle, bytes(size)) == size
    except OSError:
        return False


if __name__ == "__main__":
    ledger_file.ROOM, reserve_file.SIZE = 1024 * 1024, RESERVE
    disk = SmallDisk(Path(sys.argv[1]))
    disk.keep_one()
    disk.fill()
    disk.keep_until_full()
    disk.make_room()
    sys.stdout.write(json.dumps(asdict(disk.said)))
