"""The day key: what lets the station open today's visits, and nothing of yesterday's.

It lives in memory only: in a file on tmpfs where the service manager made one for us, so that it outlives a
restart of the program but not of the machine; else in this process. It is replaced at the first visit after
03:00 or after 24 hours of uptime. Nothing may ever write it to a disk.
"""

import os
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from health.keys import SecretKey

FOLDER = Path("/run/kangyi")
FILE = "day.key"
TURN = time(3, 0)
LONGEST_S = 24 * 3600


class _Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day key and when it was made: civil time at the station, and seconds since the machine's boot."""

    secret: str
    boot: UUID
    local: datetime
    monotonic: float

    def __repr__(self) -> str:
        return "a day key"


class DayKey:
    """The holder of the one day key there is. ``folder`` must be memory; None keeps it in this process."""

    def __init__(self, boot: UUID, folder: Path | None) -> None:
        self._boot = boot
        self._file = None if folder is None else folder / FILE
        self._made = self._left_by_the_last_run()

    @property
    def secret(self) -> SecretKey | None:
        """The key, None before the first visit."""
        return None if self._made is None else SecretKey(self._made.secret)

    def begin_visit(self, local: datetime, monotonic: float) -> SecretKey:
        """The key for a visit that begins at ``local`` civil time: a new one if the one there is has worn."""
        if self._made is None or _worn(self._made, local, monotonic):
            self._made = _Made(SecretKey.new().text, self._boot, local, monotonic)
            with suppress(OSError):  # without it a restart forgets today; that must cost nobody her visit now
                self._leave_for_the_next_run(self._made)
        return SecretKey(self._made.secret)

    def _left_by_the_last_run(self) -> _Made | None:
        if self._file is None:
            return None
        try:
            made = msgspec.json.decode(self._file.read_bytes(), type=_Made)
        except (OSError, msgspec.MsgspecError):
            return None
        return made if made.boot == self._boot else None

    def _leave_for_the_next_run(self, made: _Made) -> None:
        if self._file is None:
            return
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(made))
        fresh.replace(self._file)


def memory_folder(folder: Path = FOLDER, mounts: Path = Path("/proc/self/mountinfo")) -> Path | None:
    """``folder`` if it is there, writable and truly in memory, else None."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return None
    return folder if _kind_of_mount(folder.resolve(), mounts.read_text()) == "tmpfs" else None


def _kind_of_mount(folder: Path, table: str) -> str:
    """The file system ``folder`` is on. proc(5), mountinfo: field 5 is where, the type follows " - "."""
    best, kind = "", ""
    for line in table.splitlines():
        place, _, rest = line.partition(" - ")
        point = place.split()[4]
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, rest.split()[0]
    return kind


def _worn(made: _Made, local: datetime, monotonic: float) -> bool:
    turn = datetime.combine(local.date(), TURN, local.tzinfo)
    last_turn = turn if local >= turn else turn - timedelta(days=1)
    return made.local < last_turn or monotonic - made.monotonic >= LONGEST_S
