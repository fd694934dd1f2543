"""The ledger's file: opened by one process only, migrated, and never left half-written by a power cut.

SQLite with ``journal_mode=DELETE, synchronous=EXTRA``: of the modes tried it is the one that lost nothing
when power was cut at every write, because the deletion of the journal is synced too (sqlite.org, PRAGMA
synchronous). ``secure_delete`` overwrites what is deleted; nothing temporary reaches the disk. A file that
cannot be read is set aside under a new name, never deleted. No question about envelopes stands here.
"""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from health.keys import sync_folder
from kiosk.errors import KioskError
from kiosk.store.edition import EDITION
from kiosk.store.mending import change_places, end_what_was_cut_short, mended_beside
from kiosk.store.sound import DAMAGE, UnsoundError, must_agree, must_read

PRAGMAS = (
    ("journal_mode", "DELETE", "delete"),
    ("synchronous", "EXTRA", "3"),
    ("secure_delete", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
)
_EDITIONS = "alembic_version"
_ILL = "The disk of the ledger does not work ({wrong}); take the station out of service and call."
_log = logging.getLogger(__name__)


class LedgerError(KioskError):
    """The ledger cannot be opened or written."""


class LedgerDiskError(LedgerError):
    """The disk refuses. What was kept before is still there."""


class LedgerFullError(LedgerDiskError):
    """There is no room on the disk. What was kept before is still there."""


class LedgerInUseError(LedgerError):
    """Another process has this ledger open."""


class Opened(msgspec.Struct, frozen=True):
    """An open ledger file. ``set_aside`` names the unreadable file that stood here before, if one did.

    ``lost``: here was a ledger, and its file is gone or empty.
    """

    connection: sqlite3.Connection
    lock: int
    set_aside: Path | None
    lost: bool

    def close(self) -> None:
        """Give file and lock back."""
        self.connection.close()
        os.close(self.lock)


def open_database(file: Path) -> Opened:
    """Opens or makes the ledger ``file``. Raises ``LedgerInUseError`` or ``LedgerError``."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _lock(file.with_suffix(".lock"))
    except OSError as wrong:
        raise LedgerError(
            f"The folder {file.parent} cannot be written: {wrong.strerror}. Mend its rights."
        ) from wrong
    try:
        return _open(file, lock)
    except OSError as wrong:
        os.close(lock)
        raise LedgerError(
            f"The ledger {file} cannot be opened: {wrong.strerror}. See to its disk and rights."
        ) from wrong
    except BaseException:
        os.close(lock)
        raise


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of the block or nothing of it, on the disk when it ends. Raises ``LedgerError``.

    Inside another one it joins that: what stands or falls together is on the disk when the outermost ends.
    """
    if connection.in_transaction:
        yield connection
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            _roll_back(connection)
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as wrong:
        _roll_back(connection)
        raise trouble(wrong) from wrong


@contextmanager
def reading() -> Iterator[None]:
    """A question to the database. Raises ``LedgerError`` where it cannot answer."""
    try:
        yield
    except sqlite3.Error as wrong:
        raise trouble(wrong) from wrong


def trouble(wrong: sqlite3.Error) -> LedgerError:
    """The sentence for what the database could not do."""
    if isinstance(wrong, sqlite3.ProgrammingError):
        return LedgerError(f"The ledger was used as it must not be ({wrong}); report this with the log.")
    if _code(wrong) == sqlite3.SQLITE_FULL:
        return LedgerFullError(
            "The disk of the ledger is full; free some room. Nothing that was kept is lost."
        )
    return LedgerDiskError(_ILL.format(wrong=wrong))


def _roll_back(connection: sqlite3.Connection) -> None:
    # After SQLITE_FULL the database has rolled back by itself and would refuse a second one.
    if connection.in_transaction:
        connection.rollback()


def _open(file: Path, lock: int) -> Opened:
    lost = os.fstat(lock).st_size > 0 and _is_empty(file) and not mended_beside(file).exists()
    end_what_was_cut_short(file)
    aside = None
    try:
        connection = _connect(file)
    except UnsoundError:
        aside = _mend(file)
        connection = _connect(file)
    _remember_that_there_is_one(lock)
    return Opened(connection, lock, aside, lost)


def _is_empty(file: Path) -> bool:
    return not file.exists() or file.stat().st_size == 0


def _remember_that_there_is_one(lock: int) -> None:
    """A file that vanished looks like one that never was, so the lock, which is always there, says more."""
    if os.fstat(lock).st_size == 0:
        os.pwrite(lock, b"begun\n", 0)
        os.fsync(lock)


def _connect(file: Path) -> sqlite3.Connection:
    fresh = not file.exists()
    if fresh:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    connection = _joined(file)
    try:
        _prepare(connection)
    except sqlite3.Error as wrong:
        connection.close()
        if _code(wrong) in DAMAGE:
            raise UnsoundError from wrong
        raise trouble(wrong) from wrong
    except UnicodeDecodeError as wrong:  # of a complaint that repeats what was damaged
        connection.close()
        raise UnsoundError from wrong
    except BaseException:
        connection.close()
        raise
    if fresh:
        sync_folder(file.parent)
    return connection


def _joined(file: Path) -> sqlite3.Connection:
    """BEGIN is said by ``transaction``, where it is meant; whoever opened it is the only one who may ask."""
    try:
        return sqlite3.connect(file, isolation_level=None, check_same_thread=True)
    except sqlite3.Error as wrong:
        raise trouble(wrong) from wrong


def _prepare(connection: sqlite3.Connection) -> None:
    for name, wanted, answer in PRAGMAS:
        connection.execute(f"PRAGMA {name}={wanted}").fetchall()
        ((said,),) = connection.execute(f"PRAGMA {name}").fetchall()
        if str(said) != answer:
            raise LedgerError(
                f"This SQLite does not keep {name}={wanted}; the ledger would not be safe on it."
            )
    must_agree(connection)
    if _edition(connection) != EDITION:
        _bring_up(connection)
    must_read(connection)


def _edition(connection: sqlite3.Connection) -> str | None:
    """The edition of the ledger's tables, None where it has none yet."""
    if not connection.execute(f"PRAGMA table_info({_EDITIONS})").fetchall():
        return None
    found = connection.execute(f"SELECT version_num FROM {_EDITIONS}").fetchone()  # noqa: S608
    return None if found is None else str(found[0])


def _bring_up(connection: sqlite3.Connection) -> None:
    from kiosk.store.editions import NewerEditionError, bring_up  # noqa: PLC0415 - seldom, and slow to import

    try:
        bring_up(connection)
    except NewerEditionError as newer:
        raise LedgerError("This ledger was written by newer software; update this station.") from newer


def _code(wrong: sqlite3.Error) -> int | None:
    try:
        return wrong.sqlite_errorcode & 0xFF
    except AttributeError:  # said by Python's module and not by SQLite
        return None


def _mend(file: Path) -> Path:
    """Save what is whole into a new ledger, which then takes the place of the damaged one."""
    from kiosk.store.saving import save  # noqa: PLC0415 - seldom; and it asks by this module

    mended = mended_beside(file)
    fresh = _connect(mended)
    try:
        saved = save(file, fresh)
    finally:
        fresh.close()
    aside = change_places(mended, file)
    _log.error("The ledger was damaged and is kept as %s; %d envelopes were saved.", aside.name, saved)
    return aside


def _lock(file: Path) -> int:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        os.close(handle)
        raise LedgerInUseError(
            f"Another kiosk is using {file.parent}; close it or name another folder."
        ) from held
    return handle
