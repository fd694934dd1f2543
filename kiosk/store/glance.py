"""A glance into the ledger of a station that may run meanwhile: read only, locked for no longer than a look.

For ``doctor`` alone. It migrates nothing, sets nothing aside and keeps nothing; a ledger that cannot be
looked at is a ``LedgerError`` with a sentence.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kiosk.store.book import Book
from kiosk.store.book_tables import RECORD, STAFF, TRAIL
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE
from kiosk.store.reckoning import Counts, Queued, counts, queue

MOST = 200
"""Envelopes of which the clinic's answers are read; more that wait are counted."""


@dataclass(frozen=True, slots=True)
class Seen:
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
    except DBAPIError as wrong:
        raise LedgerError("The ledger cannot be looked at; start the kiosk once, then ask again.") from wrong
    try:
        yield _seen(connection) if _has_a_book(connection) else None
    finally:
        connection.close()


def _seen(connection: Connection) -> Seen:
    return Seen(Book(connection), counts(connection), queue(connection, MOST))


def _read_only(file: Path) -> Connection:
    address = f"sqlite:///file:{quote(str(file.resolve()))}?mode=ro&uri=true"
    connection = create_engine(address, poolclass=NullPool).connect()
    raw = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.isolation_level = None
    return connection


def _has_a_book(connection: Connection) -> bool:
    try:
        there = set(inspect(connection).get_table_names())
    except DBAPIError as wrong:
        raise LedgerError("The ledger cannot be looked at; start the kiosk once, then ask again.") from wrong
    return {STAFF.name, TRAIL.name, RECORD.name} <= there
