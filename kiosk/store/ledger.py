"""What the station keeps: drafts until a visit closes, envelopes until the clinic has them.

Only the desk opens it, on the desk's own thread. Every method is one transaction; when it returns, the disk
has it. It sees sealed bytes and clear headers, never a person, and never drops what is not acknowledged.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from health.envelope import Envelope, Kind
from health.wire import Delivery
from kiosk.stationtime import EARLIEST
from kiosk.store import sql
from kiosk.store.book import Book
from kiosk.store.database import LedgerError, open_database, transaction
from kiosk.store.mending import all_aside
from kiosk.store.reckoning import Counts, Queued, counts, queue
from kiosk.store.rows import (
    LANES,
    Value,
    ask,
    change,
    count_up_to,
    insert,
    last_sequence,
    listed,
    number,
    stamp,
    whole,
)
from kiosk.store.shelf import Shelf
from kiosk.store.state import State

FILE = "ledger.db"
RESUMABLE_MS = 10 * 60 * 1000
"""How long a broken-off visit waits for its person."""
GUEST_MS = 24 * 3600 * 1000
"""How long a guest's visit may wait for its paper: as long as the day key that opens it."""
KEPT_DAYS = 30
"""How long an acknowledged envelope stays where nothing else is set, should the clinic lose its own."""
ROOM = 200 * 1024 * 1024
"""Free bytes below which no new visit begins, so that one begun can always be finished."""
_PROBE = "probe"
GONE = "The ledger of this station is gone; what was not sent yet is gone with it. Call, and keep the disk."
DAMAGED = (
    "A ledger was damaged and is kept as {name}; what could be read of it was saved and goes out. Whoever "
    "looks after this station copies that file, and then moves it away."
)


class Waiting(msgspec.Struct, frozen=True):
    """An envelope that the clinic does not have yet, as it goes over the wire."""

    id: UUID
    visit: UUID | None
    body: bytes


class StationCopy(msgspec.Struct, frozen=True):
    """An envelope of a visit of today and how its delivery stands; ``status`` is the clinic's last answer."""

    envelope: Envelope
    delivered: bool
    status: int | None


class Ledger:
    """The open ledger of one station in ``folder``. Not for more than one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = open_database(folder / FILE)
        self._db = self._open.connection
        self.book = Book(self._db)
        self.shelf = Shelf(self._db)
        self._report: UUID | None = None
        if self._open.set_aside is not None or self._open.lost:
            self._go_on_after_loss()

    @property
    def trouble(self) -> str | None:
        """One sentence where a damaged ledger lies here, from whichever start, or where one is gone."""
        return GONE if self._open.lost else damaged_words(self._folder)

    def close(self) -> None:
        """Give the file back. Nothing is lost by not calling it."""
        self._open.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written in the block, in ledger and book, or nothing of it."""
        with transaction(self._db):
            yield

    def has_room(self) -> bool:
        """Whether the disk has room for a new visit."""
        return shutil.disk_usage(self._folder).free >= ROOM

    def takes_a_write(self) -> bool:
        """Whether the disk takes a write that leaves everything as it was.

        A row that comes and goes: an update to the same value is one that SQLite leaves out.
        """
        try:
            with transaction(self._db):
                change(self._db, "INSERT INTO counter (name, last) VALUES (:name, 0)", name=_PROBE)
                change(self._db, "DELETE FROM counter WHERE name = :name", name=_PROBE)
        except LedgerError:
            return False
        return True

    def next_sequence(self) -> int:
        """The number for the next envelope that will leave: one more than any that was ever kept."""
        return last_sequence(self._db) + 1

    def sequence_of(self, visit: UUID) -> int | None:
        """The number the draft of ``visit`` has, which its sealed envelope takes over. None without one.

        None too where an alarm of that visit was sealed since: what is in the draft by then is newer, and the
        clinic takes that of two which has the higher number.
        """
        newest = ask(self._db, sql.NEWEST, visit=visit)
        return next((place for place, state in newest if state == State.DRAFT), None)

    def keep_draft(self, envelope: Envelope, *, guest: bool = False) -> None:
        """Keeps a visit so far, in place of what was kept of it before. A ``guest``'s never leaves here."""
        self._put(envelope, State.GUEST if guest else State.DRAFT)

    def keep(self, envelope: Envelope, *, guest: bool = False) -> None:
        """Keeps what is sealed for good; the draft of that visit goes in the same transaction.

        The same envelope a second time changes nothing. Raises ``LedgerError`` for other bytes with its id.
        """
        if not self._has(envelope):
            self._put(envelope, State.GUEST if guest else State.WAITING)

    def keep_newest(self, report: Envelope) -> None:
        """Keeps a regular report in place of the one kept before, as long as no clinic answered that."""
        with transaction(self._db):
            change(self._db, sql.UNANSWERED, id=self._report, state=State.WAITING)
            insert(self._db, report, State.WAITING)
        self._report = report.header.id

    def drafts(self, boot: UUID, monotonic_ms: int) -> tuple[Envelope, ...]:
        """The drafts that may still be resumed: of this boot and less than ten minutes old, newest first."""
        rows = ask(self._db, sql.RESUMABLE, state=State.DRAFT, boot=boot, since=monotonic_ms - RESUMABLE_MS)
        return tuple(whole(body for (body,) in rows))

    def promote_drafts(self, boot: UUID, monotonic_ms: int) -> int:
        """Lets drafts nobody can resume go out as they are, and forgets guests of an earlier day.

        Returns how many go out.
        """
        worn, old = monotonic_ms - GUEST_MS, monotonic_ms - RESUMABLE_MS
        with transaction(self._db):
            change(self._db, sql.WORN_GUESTS, guest=State.GUEST, boot=boot, since=worn)
            states = {"draft": State.DRAFT, "waiting": State.WAITING}
            return change(self._db, sql.WORN_DRAFTS, **states, boot=boot, since=old)

    def promote(self, visit: UUID) -> None:
        """Lets the draft of ``visit`` go out as it is: it cannot be opened here any more."""
        with transaction(self._db):
            change(self._db, sql.PROMOTE, visit=visit, draft=State.DRAFT, waiting=State.WAITING)

    def forget(self, visit: UUID) -> None:
        """Deletes a guest's visit, overwriting it. Anything that is to be sent stays."""
        with transaction(self._db):
            change(self._db, sql.DELETE, visit=visit, state=State.GUEST)

    def withdraw(self, visit: UUID) -> None:
        """Deletes the draft of ``visit``, overwriting it: it shall never go out. What is sealed stays."""
        with transaction(self._db):
            change(self._db, sql.DELETE, visit=visit, state=State.DRAFT)

    def of_today(self, boot: UUID, monotonic_ms: int, visit: UUID | None = None) -> tuple[StationCopy, ...]:
        """Closed visits, and what amends them, that the day key can still open; in the order they were made.

        With ``visit`` those of that one only.
        """
        values: dict[str, Value] = {"visit": visit, "boot": boot, "since": monotonic_ms - GUEST_MS}
        values |= {"alarm": LANES.index(Kind.ALARM), "waiting": State.WAITING, "done": State.DONE}
        rows = ask(self._db, sql.OF_TODAY, **values)
        return tuple(StationCopy(e, s == State.DONE, status) for b, s, status in rows for e in whole([b]))

    def erase(self, visit: UUID) -> None:
        """Deletes every envelope of ``visit``, whatever became of it, overwriting it: it was wrong."""
        with transaction(self._db):
            change(self._db, "DELETE FROM envelope WHERE visit = :visit", visit=visit)

    def waiting(self, limit: int, besides: Collection[UUID] = ()) -> tuple[Waiting, ...]:
        """What to send next, alarms first, then in sequence; without those that are ``besides``."""
        rows = ask(self._db, sql.NEXT, state=State.WAITING, besides=listed(besides), limit=limit)
        return tuple(
            Waiting(number(one), None if visit is None else number(visit), body) for one, visit, body in rows
        )

    def mark(self, envelope: UUID, status: int, detail: str, at: datetime) -> None:
        """Writes down what the clinic answered. 201 and 200 end the waiting; 410 deletes it here too."""
        with transaction(self._db):
            if status == Delivery.ERASED:
                change(self._db, sql.ERASED, id=envelope, waiting=State.WAITING)
                return
            over = status in (Delivery.STORED, Delivery.KNOWN)
            answer: dict[str, Value] = {"id": envelope, "status": status, "detail": detail}
            answer |= {"state": State.DONE if over else State.WAITING, "at": stamp(at) if over else None}
            change(self._db, sql.ANSWERED, **answer, waiting=State.WAITING)

    def offer_again(self) -> int:
        """Lets everything that was taken wait again: whoever took it has lost it. Says how many."""
        with transaction(self._db):
            return change(self._db, sql.AGAIN, done=State.DONE, waiting=State.WAITING)

    def never_sent(self) -> tuple[Envelope, ...]:
        """Every envelope that waits, or may yet be sent, and was never offered to a clinic."""
        states = {"draft": State.DRAFT, "waiting": State.WAITING, "shelf": State.SHELF}
        rows = ask(self._db, sql.NEVER_SENT, **states)
        return tuple(whole(body for (body,) in rows))

    def readdress(self, envelope: Envelope) -> None:
        """Puts ``envelope`` (the same content, sealed to others) in place of one that was never sent."""
        sealed = "UPDATE envelope SET body = :body WHERE id = :id AND tries = 0"
        with transaction(self._db):
            change(self._db, sealed, id=envelope.header.id, body=envelope.to_bytes())

    def purge(self, now: datetime, days: int = KEPT_DAYS) -> int:
        """Deletes what was taken over ``days`` before ``now``, reports after one. Says how many."""
        before, lately = (stamp(now - timedelta(days=some)) for some in (days, 1))
        values: dict[str, Value] = {"done": State.DONE, "report": LANES.index(Kind.STATION)}
        with transaction(self._db):
            return change(self._db, sql.PURGE, **values, before=before, lately=lately)

    def last_taken(self) -> datetime | None:
        """When the clinic took the last of what is kept, None where nothing is noted as taken."""
        ((found,),) = ask(self._db, sql.LAST_TAKEN, done=State.DONE)
        return None if found is None else datetime.fromisoformat(found)

    def counts(self) -> Counts:
        """How many stand where."""
        return counts(self._db)

    def queue(self, limit: int) -> tuple[Queued, ...]:
        """What waits, in the order it is sent; at most ``limit``."""
        return queue(self._db, limit)

    def _put(self, envelope: Envelope, state: State) -> None:
        header = envelope.header
        with transaction(self._db):
            if header.visit is not None and header.kind is Kind.VISIT:
                for state_before in (State.DRAFT, State.GUEST):
                    change(self._db, sql.DELETE, visit=header.visit, state=state_before)
            insert(self._db, envelope, state)

    def _has(self, envelope: Envelope) -> bool:
        kept = ask(self._db, "SELECT body FROM envelope WHERE id = :id", id=envelope.header.id)
        if kept and kept[0][0] != envelope.to_bytes():
            raise LedgerError(
                "An envelope with this id is kept with other bytes; an envelope is never changed."
            )
        return bool(kept)

    def _go_on_after_loss(self) -> None:
        """Seconds since 1970 are more than any ledger ever counted to: no sequence comes a second time."""
        with transaction(self._db):
            count_up_to(self._db, int(max(datetime.now(UTC), EARLIEST).timestamp()))


def damaged_words(folder: Path) -> str | None:
    """One sentence where a damaged ledger lies in ``folder``, None where none does."""
    last = max(all_aside(folder / FILE), default=None)
    return None if last is None else DAMAGED.format(name=last.name)
