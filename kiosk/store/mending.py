"""How a mended ledger takes the place of a damaged one, so that a power cut leaves the one or the other.

The mended one is whole, under a name of its own, before the damaged one moves. That is kept under a new name
and never deleted. Only names of files here, nothing of what is in them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from health.keys import sync_folder

_ASIDE = ".unreadable-"


def mended_beside(file: Path) -> Path:
    """Where the mended ledger is made."""
    return file.with_name(f"{file.stem}.mended{file.suffix}")


def end_what_was_cut_short(file: Path) -> None:
    """After a power cut while a ledger was mended: begin anew, or finish where the damaged one has moved."""
    mended = mended_beside(file)
    if not mended.exists():
        return
    if file.exists():
        mended.unlink()
        mended.with_name(mended.name + "-journal").unlink(missing_ok=True)
    else:
        _put_in_place(mended, file)


def change_places(mended: Path, file: Path) -> Path:
    """Put ``mended`` in the place of ``file``. Returns the new name of the damaged one."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = file.with_name(f"{file.stem}{_ASIDE}{stamp}{file.suffix}")
    journal = file.with_name(file.name + "-journal")
    if journal.exists():
        journal.rename(aside.with_name(aside.name + "-journal"))
    file.rename(aside)
    _put_in_place(mended, file)
    return aside


def all_aside(file: Path) -> Iterator[Path]:
    """The damaged ledgers that were set aside beside ``file``, the oldest first."""
    return iter(sorted(file.parent.glob(f"{file.stem}{_ASIDE}*{file.suffix}")))


def _put_in_place(mended: Path, file: Path) -> None:
    mended.rename(file)
    sync_folder(file.parent)
