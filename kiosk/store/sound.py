"""Whether a ledger says what can be, and in every place the same: what is looked at before it is believed.

A flipped bit in a clear column may hide an envelope from everybody who asks for what waits, or stop whoever
counts. So an index must agree with its table, and every clear column must read as what it is. Bodies are
not looked into: each is signed, and the clinic tells one that was changed. Nothing is changed in here.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID

from health.envelope import Kind
from kiosk.store.page import Page
from kiosk.store.state import State
from kiosk.upkeep.staff import StaffRole

Reader: TypeAlias = Callable[[Any], object]
"""Reads what SQLite has in a column; ``ValueError`` or ``TypeError`` where it cannot be that."""
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file that is no database any more; other answers blame the disk."""


class UnsoundError(Exception):
    """The file is there and is no ledger, or one that contradicts itself."""


def must_agree(raw: sqlite3.Connection) -> None:
    """Raises ``UnsoundError`` where pages or indexes do not fit each other."""
    try:
        agrees = raw.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except UnicodeDecodeError:  # the complaint itself repeats what was damaged
        agrees = False
    except sqlite3.Error as wrong:
        if not is_damage(wrong):
            raise
        agrees = False
    if not agrees:
        raise UnsoundError


def must_read(raw: sqlite3.Connection) -> None:
    """Raises ``UnsoundError`` where a clear column holds what cannot be."""
    try:
        for table in READERS:
            if not all(reads(table, row) for row in raw.execute(question(table))):
                raise UnsoundError
    except sqlite3.Error as wrong:
        if is_damage(wrong):
            raise UnsoundError from wrong
        raise


def is_damage(wrong: sqlite3.Error) -> bool:
    """Whether the content of the file is at fault, not the disk or whoever else holds it."""
    try:
        code = wrong.sqlite_errorcode
    except AttributeError:  # of letters that do not read, found behind the database
        return True
    return code == sqlite3.SQLITE_ERROR or code & 0xFF in DAMAGE


def question(table: str) -> str:
    """Asks for the clear columns of a table."""
    return f"SELECT {', '.join(READERS[table])} FROM {table}"  # noqa: S608 - names of our own


def reads(table: str, row: Sequence[object]) -> bool:
    """Whether the clear columns of a row, in the order of ``READERS``, are what they are meant to be."""
    try:
        for read, value in zip(READERS[table].values(), row, strict=True):
            read(value)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or "\N{REPLACEMENT CHARACTER}" in value:
        raise TypeError
    return value


def _or_none(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


_TIME: Reader = datetime.fromisoformat
READERS: Mapping[str, Mapping[str, Reader]] = MappingProxyType(
    {
        "envelope": {
            "id": UUID,
            "visit": _or_none(UUID),
            "lane": range(len(Kind)).index,
            "sequence": _whole,
            "state": State,
            "boot": UUID,
            "monotonic_ms": _whole,
            "tries": _whole,
            "status": _or_none(_whole),
            "detail": _text,
            "kept_at": _TIME,
            "done_at": _or_none(_TIME),
        },
        "shelf": {"id": UUID, "instrument": _text, "heard_at": _TIME},
        "counter": {"name": _text, "last": _whole},
        "staff": {
            "id": _text,
            "name": _text,
            "role": StaffRole,
            "badge": _text,
            "enabled": _whole,
            "hash": _text,
            "pepper": _text,
            "tries": _whole,
            "tried_boot": _or_none(UUID),
            "tried_ms": _whole,
        },
        "trail": {
            "number": _whole,
            "at": _TIME,
            "clock_trusted": _whole,
            "boot": UUID,
            "monotonic_ms": _whole,
            "who": _text,
            "act": _text,
            "subject": _text,
            "result": _text,
        },
        "book": {"number": _whole, "page": Page, "id": _text, "instrument": _text, "version": _whole},
    }
)
"""The clear columns of each table and what they read as."""
