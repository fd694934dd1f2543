"""A glance into the ledger of a station that may run meanwhile: read only, locked for no longer than a look.

For ``doctor`` alone. It migrates nothing, sets nothing aside and keeps nothing; a ledger that cannot be
looked at is a ``LedgerError`` with a sentence.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec

from kiosk.store.book import Book
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE
from kiosk.store.reckoning import Counts, Queued, counts, queue

MOST = 200
"""Envelopes of which the clinic's answers are read; more that wait are counted."""


class Seen(msgspec.Struct, frozen=True):
    """What a glance shows: the book, how the envelopes stand, and the first ``MOST`` that wait."""

    book: Book
    counts: Counts
    queue: tuple[Queued, ...]


@contextmanager
def glance(folder: Path) -> Iterator[Seen | None]:
    """What the ledger in ``folder`` shows; None where there is none yet. Raises ``LedgerError``."""
    file = folder / FILE
    if not file.is_file():
        yield None
        return
    try:
        connection = _read_only(file)
    except sqlite3.Error as wrong:
        raise LedgerError("The ledger cannot be looked at; start the kiosk once, then ask again.") from wrong
    try:
        yield _seen(connection) if _has_a_book(connection) else None
    finally:
        connection.close()


def _seen(connection: sqlite3.Connection) -> Seen:
    return Seen(Book(connection), counts(connection), queue(connection, MOST))


def _read_only(file: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _has_a_book(connection: sqlite3.Connection) -> bool:
    try:
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    except sqlite3.Error as wrong:
        raise LedgerError("The ledger cannot be looked at; start the kiosk once, then ask again.") from wrong
    return {"staff", "trail", "book"} <= there
