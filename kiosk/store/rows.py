"""How an envelope becomes a row, and how the ledger asks: what ledger and shelf share.

It must not decide where an envelope stands; whoever calls says so and holds the transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from health.envelope import Envelope, EnvelopeDamaged, Kind
from kiosk.store.database import reading
from kiosk.store.tables import COUNTER, ENVELOPE, State

LANES = (Kind.ALARM, Kind.VISIT, Kind.AMENDMENT, Kind.STATION)
"""The order in which kinds are sent."""


def insert(connection: sa.Connection, envelope: Envelope, state: State) -> None:
    """Adds the row of ``envelope`` and counts its number."""
    header = envelope.header
    connection.execute(
        ENVELOPE.insert().values(
            id=header.id,
            visit=header.visit,
            lane=LANES.index(header.kind),
            sequence=header.sequence,
            state=state,
            boot=header.boot,
            monotonic_ms=header.monotonic_ms,
            body=envelope.to_bytes(),
            tries=0,
            detail="",
            kept_at=stamp(header.wall),
        )
    )
    count_up_to(connection, header.sequence)


def last_sequence(connection: sa.Connection) -> int:
    """The highest number any kept envelope ever had, 0 before the first."""
    found = ask(connection, sa.select(COUNTER.c.last).where(COUNTER.c.name == "sequence"))
    return int(found[0][0]) if found else 0


def count_up_to(connection: sa.Connection, sequence: int) -> None:
    """No number up to ``sequence`` comes again."""
    if sequence > last_sequence(connection):
        connection.execute(COUNTER.delete())
        connection.execute(COUNTER.insert().values(name="sequence", last=sequence))


def ask(connection: sa.Connection, question: sa.Select[*tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    """The rows that answer. Raises ``LedgerError`` where the database cannot."""
    with reading():
        return [tuple(row) for row in connection.execute(question)]


def whole(bodies: Iterable[bytes]) -> Iterator[Envelope]:
    """The envelopes among ``bodies``; one that a bad disk has changed is passed over and goes out."""
    for body in bodies:
        with suppress(EnvelopeDamaged):
            yield Envelope.from_bytes(body)


def stamp(at: datetime) -> str:
    """A time as the ledger writes it: RFC 3339 in UTC, so it sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
