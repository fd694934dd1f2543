"""Run in a mount namespace of its own: a station on a disk that has bytes and no more names for files."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kiosk.desk import Desk
from kiosk.events import DeskEvent, RoomTold
from kiosk.jobs import Count, KeepDraft, KeepSealed
from kiosk.staff_events import StaffEvent
from kiosk.store.database import LedgerDiskError
from tests.kiosk.station import HeldTime, record, seal_of

LIMIT = 120.0


@dataclass(slots=True)
class Said:
    """Whether a visit was kept with the reserve, without it, and with a name again; and what was told."""

    by_the_reserve: bool = False
    without_it: bool = False
    after: bool = False
    told: list[bool] = field(default_factory=list)


def _names_until_none_is_left(folder: Path) -> list[Path]:
    made: list[Path] = []
    try:
        while True:
            one = folder / f"ballast{len(made)}"
            one.touch()
            made.append(one)
    except OSError:
        return made


def _keeps(desk: Desk) -> bool:
    one = record()
    try:
        desk.submit(KeepDraft(one, shares=True)).result(LIMIT)
        desk.submit(KeepSealed(one, shares=True)).result(LIMIT)
    except LedgerDiskError:
        return False
    finally:
        desk.submit(Count()).result(LIMIT)  # what is told of the disk is told behind the job
    return True


def main(folder: Path) -> Said:
    """Kept with names, with none but the reserve's, with none at all, and with one again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m,nr_inodes=60", "none", str(folder)], check=True)
    told: list[DeskEvent | StaffEvent] = []
    time, said = HeldTime(), Said()
    desk = Desk(folder / "data", seal_of(time), time.now, told.append)
    desk.start()
    assert _keeps(desk)
    ballast = _names_until_none_is_left(folder)
    said.by_the_reserve = _keeps(desk)
    ballast += _names_until_none_is_left(folder / "data")
    said.without_it = _keeps(desk)
    ballast[0].unlink()
    said.after = _keeps(desk)
    said.told = [event.enough for event in told if isinstance(event, RoomTold)]
    desk.close()
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(main(Path(sys.argv[1])))))
