"""How an envelope becomes a row, and how the ledger asks and changes: what its parts share.

It must not decide where an envelope stands; whoever calls says so and holds the transaction. The clear
columns sort and count; none of them says anything of a person. ``lane`` is the rank of the kind, ``body``
the whole envelope, ``status`` the clinic's last answer. Numbers of 128 bits stand as 32 hexadecimal digits;
times are RFC 3339 in UTC with microseconds, so that they sort as text.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from health.envelope import Envelope, EnvelopeDamaged, Kind
from kiosk.store.database import reading
from kiosk.store.state import State

LANES = (Kind.ALARM, Kind.VISIT, Kind.AMENDMENT, Kind.STATION)
"""The order in which kinds are sent."""

Row = tuple[Any, ...]
Value = UUID | str | int | bytes | None
"""What a column takes; ``bool`` is written as 0 or 1."""

_INSERT = """
    INSERT INTO envelope (id, visit, lane, sequence, state, boot, monotonic_ms, body, tries, detail, kept_at)
    VALUES (:id, :visit, :lane, :sequence, :state, :boot, :monotonic_ms, :body, 0, '', :kept_at)
"""


def insert(connection: sqlite3.Connection, envelope: Envelope, state: State) -> None:
    """Adds the row of ``envelope`` and counts its number."""
    header = envelope.header
    change(
        connection,
        _INSERT,
        id=header.id,
        visit=header.visit,
        lane=LANES.index(header.kind),
        sequence=header.sequence,
        state=state,
        boot=header.boot,
        monotonic_ms=header.monotonic_ms,
        body=envelope.to_bytes(),
        kept_at=stamp(header.wall),
    )
    count_up_to(connection, header.sequence)


def last_sequence(connection: sqlite3.Connection) -> int:
    """The highest number any kept envelope ever had, 0 before the first."""
    found = ask(connection, "SELECT last FROM counter WHERE name = 'sequence'")
    return int(found[0][0]) if found else 0


def count_up_to(connection: sqlite3.Connection, sequence: int) -> None:
    """No number up to ``sequence`` comes again."""
    if sequence > last_sequence(connection):
        change(connection, "DELETE FROM counter")
        change(connection, "INSERT INTO counter VALUES ('sequence', :last)", last=sequence)


def ask(connection: sqlite3.Connection, question: str, **values: Value) -> list[Row]:
    """The rows that answer. Raises ``LedgerError`` where the database cannot."""
    with reading():
        return connection.execute(question, _written(values)).fetchall()


def change(connection: sqlite3.Connection, statement: str, **values: Value) -> int:
    """How many rows were changed. Only within a ``transaction``, which says what went wrong."""
    return connection.execute(statement, _written(values)).rowcount


def listed(ids: Collection[UUID]) -> str:
    """Several numbers as one value, for ``IN (SELECT value FROM json_each(:ids))``."""
    return json.dumps([one.hex for one in ids])


def number(written: str) -> UUID:
    """The number that stands so in a column."""
    return UUID(hex=written)


def whole(bodies: Iterable[bytes]) -> Iterator[Envelope]:
    """The envelopes among ``bodies``; one that a bad disk has changed is passed over and goes out."""
    for body in bodies:
        with suppress(EnvelopeDamaged):
            yield Envelope.from_bytes(body)


def stamp(at: datetime) -> str:
    """A time as the ledger writes it: RFC 3339 in UTC, so it sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _written(values: Mapping[str, Value]) -> dict[str, str | int | bytes | None]:
    return {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
