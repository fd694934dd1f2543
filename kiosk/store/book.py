"""The station's book: accounts, the trail of staff actions, and the records of the instruments.

It lies in the ledger's file and shares the ledger's one connection and thread, so that an action and its
line in the trail are on the disk together or not at all. It knows rows; ``kiosk.upkeep`` what they mean.
Nothing here is about a resident.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.store.book_tables import RECORD, STAFF, TRAIL, Page
from kiosk.store.database import reading, transaction
from kiosk.upkeep.audit import Head, Line
from kiosk.upkeep.patience import MOST_TRIES, Tries
from kiosk.upkeep.pin import PinHash
from kiosk.upkeep.staff import StaffMember, StaffRole

_MANY = 500


@dataclass(frozen=True, slots=True)
class Written:
    """One record of the book as it was written."""

    number: int
    page: Page
    id: str
    instrument: str
    version: int
    body: bytes


class Book:
    """The book on an open connection. Every call is one transaction, or part of the one around it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def staff(self) -> tuple[StaffMember, ...]:
        """Every account, by id."""
        return tuple(_member(row) for row in self._ask(sa.select(*_MEMBER).order_by(STAFF.c.id)))

    def member(self, staff: str) -> StaffMember | None:
        """The account with that id."""
        found = self._ask(sa.select(*_MEMBER).where(STAFF.c.id == staff))
        return _member(found[0]) if found else None

    def owner_of(self, badge: str) -> StaffMember | None:
        """The account whose card this badge is of; an empty badge is nobody's."""
        found = self._ask(sa.select(*_MEMBER).where(STAFF.c.badge == badge)) if badge else []
        return _member(found[0]) if found else None

    def keep_member(self, member: StaffMember, pin: PinHash) -> None:
        """Make an account, or give one new data and a new PIN. Its tries begin anew."""
        row: dict[str, str | int] = {"name": member.name, "role": member.role.value, "badge": member.badge}
        row |= {"hash": pin.text, "pepper": pin.pepper, "enabled": True, "tries": 0, "tried_ms": 0}
        with transaction(self._db):
            changed = self._db.execute(STAFF.update().where(STAFF.c.id == member.id).values(row))
            if not changed.rowcount:
                self._db.execute(STAFF.insert().values(row | {"id": member.id}))

    def keep_pin(self, staff: str, pin: PinHash) -> None:
        """Keep another hash of an account's PIN; nothing else of it changes."""
        with transaction(self._db):
            new = {"hash": pin.text, "pepper": pin.pepper}
            self._db.execute(STAFF.update().where(STAFF.c.id == staff).values(new))

    def enable(self, staff: str, *, enabled: bool) -> None:
        """Shut an account or open it again, with all its tries before it."""
        with transaction(self._db):
            new = {"enabled": enabled, "tries": 0, "tried_ms": 0, "tried_boot": None}
            self._db.execute(STAFF.update().where(STAFF.c.id == staff).values(new))

    def pin_of(self, staff: str) -> PinHash:
        """The PIN of an account that exists, as it is kept."""
        ((text, pepper),) = self._ask(sa.select(STAFF.c.hash, STAFF.c.pepper).where(STAFF.c.id == staff))
        return PinHash(text, pepper)

    def tries_of(self, staff: str) -> Tries:
        """The tries of an account that exists."""
        asked = sa.select(STAFF.c.tries, STAFF.c.tried_boot, STAFF.c.tried_ms).where(STAFF.c.id == staff)
        return Tries(*self._ask(asked)[0])

    def keep_tries(self, staff: str, tries: Tries) -> None:
        """Write the tries down."""
        with transaction(self._db):
            new = {"tries": tries.count, "tried_boot": tries.boot, "tried_ms": tries.monotonic_ms}
            self._db.execute(STAFF.update().where(STAFF.c.id == staff).values(new))

    def head(self) -> Head:
        """Where the trail ends."""
        last = sa.select(TRAIL.c.number, TRAIL.c.hash).order_by(TRAIL.c.number.desc()).limit(1)
        found = self._ask(last)
        return Head(*found[0]) if found else Head()

    def add_line(self, line: Line) -> None:
        """Add the next line of the trail."""
        with transaction(self._db):
            self._db.execute(TRAIL.insert().values(asdict(line)))

    def lines(self, after: int = 0) -> Iterator[Line]:
        """The trail in order, from behind line ``after``."""
        while True:
            part = sa.select(*TRAIL.columns).where(TRAIL.c.number > after).order_by(TRAIL.c.number)
            rows = self._ask(part.limit(_MANY))
            yield from (Line(*row) for row in rows)
            if len(rows) < _MANY:
                return
            after = rows[-1][0]

    def last_lines(self, many: int) -> tuple[Line, ...]:
        """The latest lines of the trail, newest first."""
        rows = self._ask(sa.select(*TRAIL.columns).order_by(TRAIL.c.number.desc()).limit(many))
        return tuple(Line(*row) for row in rows)

    def write(self, page: Page, id: str, instrument: str, version: int, body: bytes) -> None:  # noqa: A002
        """Write a record; none is ever changed."""
        with transaction(self._db):
            row = {"page": page.value, "id": id, "instrument": instrument, "version": version, "body": body}
            self._db.execute(RECORD.insert().values(row))

    def records(self, page: Page, instrument: str | None = None) -> tuple[Written, ...]:
        """The records of a page, oldest first, of one instrument or of all."""
        asked = sa.select(*RECORD.columns).where(RECORD.c.page == page.value).order_by(RECORD.c.number)
        if instrument is not None:
            asked = asked.where(RECORD.c.instrument == instrument)
        return tuple(Written(row[0], Page(row[1]), *row[2:]) for row in self._ask(asked))

    def _ask(self, question: sa.Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        with reading():
            return [tuple(row) for row in self._db.execute(question)]


_MEMBER = (STAFF.c.id, STAFF.c.name, STAFF.c.role, STAFF.c.badge, STAFF.c.enabled, STAFF.c.tries)


def _member(row: tuple[Any, ...]) -> StaffMember:
    staff, name, role, badge, enabled, tries = row
    open_ = enabled and tries < MOST_TRIES
    return StaffMember(staff, name, StaffRole(role), badge, enabled=open_, failures=tries)
