"""The station's book: accounts, the trail of staff actions, and the records of the instruments.

It lies in the ledger's file and shares the ledger's one connection and thread, so that an action and its
line in the trail are on the disk together or not at all. It knows rows; ``kiosk.upkeep`` what they mean.
Nothing here is about a resident.
"""

import sqlite3
from collections.abc import Iterator

import msgspec
from msgspec.structs import asdict

from kiosk.store.database import transaction
from kiosk.store.page import Page
from kiosk.store.rows import Row, ask, change, number
from kiosk.upkeep.audit import Head, Line
from kiosk.upkeep.patience import MOST_TRIES, Tries
from kiosk.upkeep.pin import PinHash
from kiosk.upkeep.staff import StaffMember, StaffRole

_MANY = 500
_MEMBER = "SELECT id, name, role, badge, enabled, tries FROM staff"
_NEW_DATA = """
    UPDATE staff SET name = :name, role = :role, badge = :badge, hash = :hash, pepper = :pepper,
        enabled = 1, tries = 0, tried_ms = 0
    WHERE id = :id
"""
_NEW_MEMBER = """
    INSERT INTO staff (id, name, role, badge, enabled, hash, pepper, tries, tried_ms)
    VALUES (:id, :name, :role, :badge, 1, :hash, :pepper, 0, 0)
"""
_ENABLE = """
    UPDATE staff SET enabled = :enabled, tries = 0, tried_ms = 0, tried_boot = NULL WHERE id = :id
"""
_TRIES = "UPDATE staff SET tries = :tries, tried_boot = :boot, tried_ms = :at WHERE id = :id"
_ADD_LINE = """
    INSERT INTO trail VALUES
        (:number, :at, :clock_trusted, :boot, :monotonic_ms, :who, :act, :subject, :result, :hash)
"""
_LINES = "SELECT * FROM trail WHERE number > :after ORDER BY number LIMIT :many"
_LAST_LINES = "SELECT * FROM trail ORDER BY number DESC LIMIT :many"
"""The columns of the trail stand as the fields of ``Line``."""
_WRITE = """
    INSERT INTO book (page, id, instrument, version, body) VALUES (:page, :id, :instrument, :version, :body)
"""
_RECORDS = """
    SELECT number, page, id, instrument, version, body FROM book
    WHERE page = :page AND (:instrument IS NULL OR instrument = :instrument) ORDER BY number
"""


class Written(msgspec.Struct, frozen=True):
    """One record of the book as it was written."""

    number: int
    page: Page
    id: str
    instrument: str
    version: int
    body: bytes


class Book:
    """The book on an open connection. Every call is one transaction, or part of the one around it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def staff(self) -> tuple[StaffMember, ...]:
        """Every account, by id."""
        return tuple(_member(row) for row in ask(self._db, f"{_MEMBER} ORDER BY id"))

    def member(self, staff: str) -> StaffMember | None:
        """The account with that id."""
        found = ask(self._db, f"{_MEMBER} WHERE id = :id", id=staff)
        return _member(found[0]) if found else None

    def owner_of(self, badge: str) -> StaffMember | None:
        """The account whose card this badge is of; an empty badge is nobody's."""
        found = ask(self._db, f"{_MEMBER} WHERE badge = :badge", badge=badge) if badge else []
        return _member(found[0]) if found else None

    def keep_member(self, member: StaffMember, pin: PinHash) -> None:
        """Make an account, or give one new data and a new PIN. Its tries begin anew."""
        row = {"id": member.id, "name": member.name, "role": member.role.value, "badge": member.badge}
        row |= {"hash": pin.text, "pepper": pin.pepper}
        with transaction(self._db):
            if not change(self._db, _NEW_DATA, **row):
                change(self._db, _NEW_MEMBER, **row)

    def keep_pin(self, staff: str, pin: PinHash) -> None:
        """Keep another hash of an account's PIN; nothing else of it changes."""
        with transaction(self._db):
            new = "UPDATE staff SET hash = :hash, pepper = :pepper WHERE id = :id"
            change(self._db, new, id=staff, hash=pin.text, pepper=pin.pepper)

    def enable(self, staff: str, *, enabled: bool) -> None:
        """Shut an account or open it again, with all its tries before it."""
        with transaction(self._db):
            change(self._db, _ENABLE, id=staff, enabled=enabled)

    def pin_of(self, staff: str) -> PinHash:
        """The PIN of an account that exists, as it is kept."""
        ((text, pepper),) = ask(self._db, "SELECT hash, pepper FROM staff WHERE id = :id", id=staff)
        return PinHash(text, pepper)

    def tries_of(self, staff: str) -> Tries:
        """The tries of an account that exists."""
        asked = "SELECT tries, tried_boot, tried_ms FROM staff WHERE id = :id"
        ((count, boot, at),) = ask(self._db, asked, id=staff)
        return Tries(count, None if boot is None else number(boot), at)

    def keep_tries(self, staff: str, tries: Tries) -> None:
        """Write the tries down."""
        with transaction(self._db):
            change(self._db, _TRIES, id=staff, tries=tries.count, boot=tries.boot, at=tries.monotonic_ms)

    def head(self) -> Head:
        """Where the trail ends."""
        found = ask(self._db, "SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1")
        return Head(*found[0]) if found else Head()

    def add_line(self, line: Line) -> None:
        """Add the next line of the trail."""
        with transaction(self._db):
            change(self._db, _ADD_LINE, **asdict(line))

    def lines(self, after: int = 0) -> Iterator[Line]:
        """The trail in order, from behind line ``after``."""
        while True:
            rows = ask(self._db, _LINES, after=after, many=_MANY)
            yield from map(_line, rows)
            if len(rows) < _MANY:
                return
            after = rows[-1][0]

    def last_lines(self, many: int) -> tuple[Line, ...]:
        """The latest lines of the trail, newest first."""
        return tuple(map(_line, ask(self._db, _LAST_LINES, many=many)))

    def write(self, page: Page, id: str, instrument: str, version: int, body: bytes) -> None:  # noqa: A002
        """Write a record; none is ever changed."""
        with transaction(self._db):
            change(self._db, _WRITE, page=page, id=id, instrument=instrument, version=version, body=body)

    def records(self, page: Page, instrument: str | None = None) -> tuple[Written, ...]:
        """The records of a page, oldest first, of one instrument or of all."""
        rows = ask(self._db, _RECORDS, page=page, instrument=instrument)
        return tuple(Written(row[0], Page(row[1]), *row[2:]) for row in rows)


def _line(row: Row) -> Line:
    place, at, trusted, boot, *rest = row
    return Line(place, at, bool(trusted), number(boot), *rest)


def _member(row: Row) -> StaffMember:
    staff, name, role, badge, enabled, tries = row
    open_ = bool(enabled) and tries < MOST_TRIES
    return StaffMember(staff, name, StaffRole(role), badge, enabled=open_, failures=tries)
