"""A glance into the book of a station that may be running: read only, nothing locked for longer than a look.

For ``doctor`` alone. It migrates nothing, sets nothing aside and keeps nothing; a book that cannot be looked
at is a ``LedgerError`` with a sentence.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kiosk.store.book import Book
from kiosk.store.book_tables import RECORD, STAFF, TRAIL
from kiosk.store.database import LedgerError
from kiosk.store.ledger import FILE


@contextmanager
def glance(folder: Path) -> Iterator[Book | None]:
    """The book of the station in ``folder``; None where there is none yet. Raises ``LedgerError``."""
    file = folder / FILE
    if not file.is_file():
        yield None
        return
    try:
        connection = _read_only(file)
    except DBAPIError as wrong:
        raise LedgerError("The ledger cannot be looked at; start the kiosk once, then ask again.") from wrong
    try:
        yield Book(connection) if _has_a_book(connection) else None
    finally:
        connection.close()


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
