"""Saves from a damaged ledger what is whole: into a new one, before the damaged one is set aside.

An envelope is complete in itself, so one that still reads is kept again under its own header, and goes out
unless it is known that the clinic has it: once too often is harmless, and never is not. Accounts, trail and
records of the instruments come along row by row. It reads the damaged file only, and changes nothing in it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from health.envelope import Envelope, EnvelopeDamaged
from kiosk.store.book_tables import RECORD, STAFF, TRAIL
from kiosk.store.database import transaction
from kiosk.store.rows import count_up_to, insert
from kiosk.store.sound import READERS, reads
from kiosk.store.tables import COUNTER, ENVELOPE, SHELF, State

Row: TypeAlias = dict[str, Any]
_NEVER_LEAVES = 0
"""The sequence of a guest's envelope."""


def save(damaged: Path, fresh: Connection) -> int:
    """Put what is whole of ``damaged`` into the empty ledger ``fresh``. Returns how many envelopes."""
    address = f"file:{quote(str(damaged.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as old, transaction(fresh):
        old.text_factory = lambda raw: raw.decode("utf-8", "replace")
        with suppress(sqlite3.Error):
            old.execute("PRAGMA writable_schema=ON")  # one table that does not read hides no other
        for table in (STAFF, TRAIL, RECORD, SHELF):
            for row in _rows(old, table):
                if _is_sound(table, row):
                    _copy(fresh, table, row)
        for row in _rows(old, COUNTER):
            if _is_sound(COUNTER, row):
                count_up_to(fresh, row["last"])
        shelf = {row["id"] for row in _rows(old, SHELF)}
        return sum(_keep(fresh, row, shelf) for row in _rows(old, ENVELOPE))


def _rows(old: sqlite3.Connection, table: sa.Table) -> Iterator[Row]:
    """The rows of a table, from both ends up to where its pages are broken; each once. No index is asked."""
    names = tuple(column.name for column in table.columns)
    seen: set[int] = set()
    for order in ("", " DESC"):
        asked = f"SELECT rowid, {', '.join(names)} FROM {table.name} NOT INDEXED ORDER BY rowid{order}"  # noqa: S608 - names of our own
        with suppress(sqlite3.Error):
            for number, *values in old.execute(asked):
                if number not in seen:
                    seen.add(number)
                    yield dict(zip(names, values, strict=True))


def _is_sound(table: sa.Table, row: Row) -> bool:
    return reads(table, [row[name] for name in READERS[table]])


def _copy(fresh: Connection, table: sa.Table, row: Row) -> None:
    """A row as it is, without reading it as anything; the second with the same key is left out."""
    names, places = ", ".join(row), ", ".join("?" * len(row))
    asked = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608 - names of our own
    fresh.exec_driver_sql(asked, tuple(row.values()))


def _keep(fresh: Connection, row: Row, shelf: set[str]) -> bool:
    """Keep the envelope of a row again. False for one that does not read, and for a guest's."""
    try:
        envelope = Envelope.from_bytes(row["body"])
    except (EnvelopeDamaged, TypeError):
        return False
    sound = _is_sound(ENVELOPE, row)
    if envelope.header.sequence == _NEVER_LEAVES or row["state"] == State.GUEST:
        return False
    state = State(row["state"]) if sound else State.WAITING
    if state is State.SHELF and row["id"] not in shelf:
        state = State.WAITING
    if not (_put(fresh, envelope, state) or _put(fresh, envelope, State.WAITING)):
        return False
    if state is State.DONE:
        told = {"status": row["status"], "detail": row["detail"], "done_at": row["done_at"]}
        fresh.execute(ENVELOPE.update().where(ENVELOPE.c.id == envelope.header.id).values(told))
    return True


def _put(fresh: Connection, envelope: Envelope, state: State) -> bool:
    try:
        insert(fresh, envelope, state)
    except IntegrityError:  # a second of that id, or a second draft of that visit
        return False
    return True
