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

from health.envelope import Envelope, EnvelopeDamaged
from kiosk.store.database import transaction
from kiosk.store.rows import change, count_up_to, insert
from kiosk.store.sound import READERS, reads
from kiosk.store.state import State

Row: TypeAlias = dict[str, Any]
_NEVER_LEAVES = 0
"""The sequence of a guest's envelope."""
_UNREAD = {"envelope": ("body",), "trail": ("hash",), "book": ("body",)}
"""Columns of bytes, beside those that ``READERS`` names."""
_TOLD = "UPDATE envelope SET status = :status, detail = :detail, done_at = :done_at WHERE id = :id"


def save(damaged: Path, fresh: sqlite3.Connection) -> int:
    """Put what is whole of ``damaged`` into the empty ledger ``fresh``. Returns how many envelopes."""
    address = f"file:{quote(str(damaged.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as old, transaction(fresh):
        old.text_factory = lambda raw: raw.decode("utf-8", "replace")
        with suppress(sqlite3.Error):
            old.execute("PRAGMA writable_schema=ON")  # one table that does not read hides no other
        for table in ("staff", "trail", "book", "shelf"):
            for row in _rows(old, table):
                if _is_sound(table, row):
                    _copy(fresh, table, row)
        for row in _rows(old, "counter"):
            if _is_sound("counter", row):
                count_up_to(fresh, row["last"])
        shelf = {row["id"] for row in _rows(old, "shelf")}
        return sum(_keep(fresh, row, shelf) for row in _rows(old, "envelope"))


def _rows(old: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows of a table, from both ends up to where its pages are broken; each once. No index is asked."""
    names = (*READERS[table], *_UNREAD.get(table, ()))
    seen: set[int] = set()
    for order in ("", " DESC"):
        asked = f"SELECT rowid, {', '.join(names)} FROM {table} NOT INDEXED ORDER BY rowid{order}"  # noqa: S608 - names of our own
        with suppress(sqlite3.Error):
            for number, *values in old.execute(asked):
                if number not in seen:
                    seen.add(number)
                    yield dict(zip(names, values, strict=True))


def _is_sound(table: str, row: Row) -> bool:
    return reads(table, [row[name] for name in READERS[table]])


def _copy(fresh: sqlite3.Connection, table: str, row: Row) -> None:
    """A row as it is, without reading it as anything; the second with the same key is left out."""
    names, places = ", ".join(row), ", ".join("?" * len(row))
    asked = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of our own
    fresh.execute(asked, tuple(row.values()))


def _keep(fresh: sqlite3.Connection, row: Row, shelf: set[str]) -> bool:
    """Keep the envelope of a row again. False for one that does not read, and for a guest's."""
    try:
        envelope = Envelope.from_bytes(row["body"])
    except (EnvelopeDamaged, TypeError):
        return False
    sound = _is_sound("envelope", row)
    if envelope.header.sequence == _NEVER_LEAVES or row["state"] == State.GUEST:
        return False
    state = State(row["state"]) if sound else State.WAITING
    if state is State.SHELF and row["id"] not in shelf:
        state = State.WAITING
    if not (_put(fresh, envelope, state) or _put(fresh, envelope, State.WAITING)):
        return False
    if state is State.DONE:
        told = {"status": row["status"], "detail": row["detail"], "done_at": row["done_at"]}
        change(fresh, _TOLD, id=envelope.header.id, **told)
    return True


def _put(fresh: sqlite3.Connection, envelope: Envelope, state: State) -> bool:
    try:
        insert(fresh, envelope, state)
    except sqlite3.IntegrityError:  # a second of that id, or a second draft of that visit
        return False
    return True
