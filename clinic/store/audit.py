"""Who did what, as a chain of rows that are only ever added: each carries the hash of all before it.

No name of a resident and no value is written here. A line that is changed or taken away breaks the chain.
"""

import hashlib
import json
from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from clinic.store.rows import TRAIL, count_up, counted
from clinic.store.tables import AUDIT

_FIRST = bytes(32)


class Head(msgspec.Struct, frozen=True):
    """The last line of a trail: its number and the hash of all up to it. Number 0: there is none yet."""

    number: int
    hash: bytes


class Line(msgspec.Struct, frozen=True):
    """One line as it is shown."""

    number: int
    at: str
    who: str
    did: str
    about: str


def note(connection: Connection, tenant: str, who: str, did: str, about: str, now: datetime) -> None:
    """Add one line: ``who`` (staff or station) ``did`` (a short word) ``about`` (an id)."""
    who, did, about = who[:64], did[:40], about[:64]  # as much as the trail has room for
    # Counting locks the trail until this transaction ends, so the line before is the last one.
    number = count_up(connection, tenant, TRAIL)
    asked = select(AUDIT.c.hash).where(AUDIT.c.tenant == tenant, AUDIT.c.number == number - 1)
    before = connection.execute(asked).scalar_one_or_none() or _FIRST
    at = now.isoformat()
    line = {"tenant": tenant, "number": number, "at": at, "who": who, "did": did, "about": about}
    connection.execute(insert(AUDIT).values(**line, hash=_chained(before, number, at, who, did, about)))


def broken_at(connection: Connection, tenant: str) -> int | None:
    """The number of the first line that does not fit what is before it, or is not there; None where all do.

    The counter beside the trail says how many there must be. Lines of an edition without hashes stand before
    the chain and are not judged.
    """
    before, number = _FIRST, 0
    asked = select(AUDIT).where(AUDIT.c.tenant == tenant).order_by(AUDIT.c.number)
    with connection.execute(asked.execution_options(yield_per=1000)) as rows:
        for row in rows:
            number += 1
            if row.number != number:
                return number
            if row.hash is None and before == _FIRST:
                continue
            before = _chained(before, row.number, row.at, row.who, row.did, row.about)
            if row.hash != before:
                return number
    return number + 1 if counted(connection, tenant, TRAIL) > number else None


def head(connection: Connection, tenant: str) -> Head:
    """Where the trail ends."""
    asked = select(AUDIT.c.number, AUDIT.c.hash).where(AUDIT.c.tenant == tenant)
    last = connection.execute(asked.order_by(AUDIT.c.number.desc()).limit(1)).one_or_none()
    return Head(0, _FIRST) if last is None else Head(last.number, last.hash or _FIRST)


def holds(connection: Connection, tenant: str, said: Head) -> bool:
    """Whether the trail still has the line that was its last when ``said`` was written down."""
    asked = select(AUDIT.c.hash).where(AUDIT.c.tenant == tenant, AUDIT.c.number == said.number)
    found = connection.execute(asked).one_or_none()
    return said.number == 0 or (found is not None and (found.hash or _FIRST) == said.hash)


class Wanted(msgspec.Struct, frozen=True):
    """Which lines are wanted; empty texts want all. ``since`` and ``until`` are times as they are kept."""

    who: str = ""
    did: str = ""
    about: str = ""
    since: str = ""
    until: str = ""


ALL = Wanted()


def lines(
    connection: Connection, tenant: str, before: int | None, limit: int, wanted: Wanted = ALL
) -> tuple[Line, ...]:
    """The newest lines below the number ``before`` (of all, without one), newest first."""
    asked = select(AUDIT.c.number, AUDIT.c.at, AUDIT.c.who, AUDIT.c.did, AUDIT.c.about)
    asked = asked.where(AUDIT.c.tenant == tenant)
    for column, text in ((AUDIT.c.who, wanted.who), (AUDIT.c.did, wanted.did), (AUDIT.c.about, wanted.about)):
        if text:
            asked = asked.where(column == text)
    if wanted.since:
        asked = asked.where(AUDIT.c.at >= wanted.since)
    if wanted.until:
        asked = asked.where(AUDIT.c.at < wanted.until)
    if before is not None:
        asked = asked.where(AUDIT.c.number < before)
    found = connection.execute(asked.order_by(AUDIT.c.number.desc()).limit(limit))
    return tuple(Line(*row) for row in found)


def deeds(connection: Connection, tenant: str) -> tuple[str, ...]:
    """Every kind of deed that stands in the trail."""
    # From one to the next: an index says it in a few steps, however many lines there are.
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        asked = select(AUDIT.c.did).where(AUDIT.c.tenant == tenant, AUDIT.c.did > after)
        did = connection.execute(asked.order_by(AUDIT.c.did).limit(1)).scalar_one_or_none()
        if did is None:
            return tuple(found)
        found.append(did)


def is_cut(connection: Connection, tenant: str) -> bool:
    """Whether the last lines are missing, by the counter beside the trail. Nothing before is judged."""
    return counted(connection, tenant, TRAIL) > head(connection, tenant).number


def count(connection: Connection, tenant: str, who: str, did: tuple[str, ...], since: datetime) -> int:
    """How often ``who`` did one of these since then."""
    asked = select(func.count()).where(
        AUDIT.c.tenant == tenant,
        AUDIT.c.who == who,
        AUDIT.c.at >= since.isoformat(),
        AUDIT.c.did.in_(did),
    )
    return int(connection.execute(asked).scalar_one())


def tally(
    connection: Connection, tenant: str, did: tuple[str, ...], since: datetime
) -> dict[tuple[str, str], int]:
    """How often each did each of these since then, by who and what."""
    # Not grouped by the bare column: SQLite would walk the index of who, and so all the years.
    who_did = func.coalesce(AUDIT.c.who, "")
    asked = select(who_did, AUDIT.c.did, func.count()).where(
        AUDIT.c.tenant == tenant, AUDIT.c.did.in_(did), AUDIT.c.at >= since.isoformat()
    )
    found = connection.execute(asked.group_by(who_did, AUDIT.c.did))
    return {(who, what): int(many) for who, what, many in found}


def _chained(before: bytes, number: int, at: str, who: str, did: str, about: str) -> bytes:
    return hashlib.sha256(before + json.dumps([number, at, who, did, about]).encode()).digest()
