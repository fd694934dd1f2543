"""The copies of each night in one folder: makes one, and then throws away those that are many enough without.

Only after tonight's is whole does an older one go, and never by the calendar alone: where copies stopped, the
last ones stay for ever. What is no copy of ours is left alone.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import msgspec

from clinic.backup import BackupError, backup, members
from clinic.clinic import Clinic
from clinic.folders import make_folder
from health.keys import sync_folder

_NAME = re.compile(r"(\d{8})-\d{4}(\d{2})?\.tar")


class Nightly(msgspec.Struct, frozen=True):
    """Tonight's copy, the one before it if there is one, and how many older ones went."""

    file: Path
    before: Path | None
    gone: int


def copy_of_tonight(clinic: Clinic, data: Path, folder: Path, trail: str) -> Nightly:
    """Make a copy in ``folder`` named by the clinic's day and time, then thin the others.

    Raises what ``backup`` does; then every older copy is as it was.
    """
    make_folder(folder)
    now = clinic.now().astimezone(clinic.settings.zone)
    file = folder / f"{now:%Y%m%d-%H%M%S}.tar"
    before = max(_copies(folder), key=lambda one: one.name, default=None)
    backup(clinic.store, data, file, trail)
    members(file)
    own = clinic.settings
    gone = set(to_throw_away(_copies(folder), own.keep_copies_days, own.keep_copies_weeks))
    gone -= {file, before}
    for one in gone:
        try:
            one.unlink()
        except OSError as cause:
            raise BackupError(
                f"Tonight's copy is made; an older one, {one}, cannot be deleted ({cause.strerror})."
            ) from cause
    sync_folder(folder)
    return Nightly(file, before, len(gone))


def to_throw_away(copies: Iterable[Path], days: int, weeks: int) -> tuple[Path, ...]:
    """Which of them may go: all but the last of each of the latest ``days`` days and ``weeks`` weeks that
    have one.
    """
    newest_first = sorted(copies, key=lambda one: one.name, reverse=True)
    of_days: dict[date, Path] = {}
    of_weeks: dict[tuple[int, int], Path] = {}
    for one in newest_first:
        day = _day_of(one)
        of_days.setdefault(day, one)
        of_weeks.setdefault(day.isocalendar()[:2], one)
    kept = {*list(of_days.values())[:days], *list(of_weeks.values())[:weeks], *newest_first[:1]}
    return tuple(one for one in newest_first if one not in kept)


def _copies(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if _NAME.fullmatch(one.name) and _is_a_day(one)]


def _is_a_day(copy: Path) -> bool:
    try:
        _day_of(copy)
    except ValueError:
        return False
    return True


def _day_of(copy: Path) -> date:
    return datetime.strptime(copy.name[:8], "%Y%m%d").date()  # noqa: DTZ007 (a civil day)
