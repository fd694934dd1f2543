"""What the station keeps: drafts until a visit closes, envelopes until the clinic has them.

Only the desk opens it, on the desk's own thread. Every method is one transaction; when it returns, the disk
has it. It sees sealed bytes and clear headers, never a person, and never drops what is not acknowledged.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from health.envelope import Envelope, Kind
from health.wire import Delivery
from kiosk.stationtime import EARLIEST
from kiosk.store.book import Book
from kiosk.store.database import LedgerError, open_database, transaction
from kiosk.store.mending import all_aside
from kiosk.store.reckoning import Counts, Queued, counts, queue
from kiosk.store.rows import LANES, ask, count_up_to, insert, last_sequence, stamp, whole
from kiosk.store.shelf import Shelf
from kiosk.store.tables import COUNTER, ENVELOPE, State

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """An envelope that the clinic does not have yet, as it goes over the wire."""

    id: UUID
    visit: UUID | None
    body: bytes


@dataclass(frozen=True, slots=True)
class StationCopy:
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
                self._db.execute(COUNTER.insert().values(name=_PROBE, last=0))
                self._db.execute(COUNTER.delete().where(COUNTER.c.name == _PROBE))
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
        chosen = sa.select(ENVELOPE.c.sequence, ENVELOPE.c.state).where(ENVELOPE.c.visit == visit)
        newest = ask(self._db, chosen.order_by(ENVELOPE.c.sequence.desc()).limit(1))
        return next((number for number, state in newest if state == State.DRAFT), None)

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
            before = (ENVELOPE.c.id == self._report, ENVELOPE.c.state == State.WAITING)
            self._db.execute(ENVELOPE.delete().where(*before, ENVELOPE.c.status.is_(None)))
            insert(self._db, report, State.WAITING)
        self._report = report.header.id

    def drafts(self, boot: UUID, monotonic_ms: int) -> tuple[Envelope, ...]:
        """The drafts that may still be resumed: of this boot and less than ten minutes old, newest first."""
        chosen = sa.select(ENVELOPE.c.body).where(
            ENVELOPE.c.state == State.DRAFT, ~_too_old(boot, monotonic_ms)
        )
        rows = ask(self._db, chosen.order_by(ENVELOPE.c.monotonic_ms.desc()))
        return tuple(whole(body for (body,) in rows))

    def promote_drafts(self, boot: UUID, monotonic_ms: int) -> int:
        """Lets drafts nobody can resume go out as they are, and forgets guests of an earlier day.

        Returns how many go out.
        """
        worn = _of_another_day(boot, monotonic_ms)
        with transaction(self._db):
            self._db.execute(ENVELOPE.delete().where(ENVELOPE.c.state == State.GUEST, worn))
            out = ENVELOPE.update().where(ENVELOPE.c.state == State.DRAFT, _too_old(boot, monotonic_ms))
            return self._db.execute(out.values(state=State.WAITING)).rowcount

    def promote(self, visit: UUID) -> None:
        """Lets the draft of ``visit`` go out as it is: it cannot be opened here any more."""
        with transaction(self._db):
            out = ENVELOPE.update().where(_draft_of(visit), ENVELOPE.c.state == State.DRAFT)
            self._db.execute(out.values(state=State.WAITING))

    def forget(self, visit: UUID) -> None:
        """Deletes a guest's visit, overwriting it. Anything that is to be sent stays."""
        with transaction(self._db):
            self._db.execute(ENVELOPE.delete().where(_draft_of(visit), ENVELOPE.c.state == State.GUEST))

    def withdraw(self, visit: UUID) -> None:
        """Deletes the draft of ``visit``, overwriting it: it shall never go out. What is sealed stays."""
        with transaction(self._db):
            self._db.execute(ENVELOPE.delete().where(_draft_of(visit), ENVELOPE.c.state == State.DRAFT))

    def of_today(self, boot: UUID, monotonic_ms: int, visit: UUID | None = None) -> tuple[StationCopy, ...]:
        """Closed visits, and what amends them, that the day key can still open; in the order they were made.

        With ``visit`` those of that one only.
        """
        chosen = sa.select(ENVELOPE.c.body, ENVELOPE.c.state, ENVELOPE.c.status).where(
            ENVELOPE.c.visit.is_not(None) if visit is None else ENVELOPE.c.visit == visit,
            ENVELOPE.c.lane != LANES.index(Kind.ALARM),
            ENVELOPE.c.state.in_((State.WAITING, State.DONE)),
            ~_of_another_day(boot, monotonic_ms),
        )
        rows = ask(self._db, chosen.order_by(ENVELOPE.c.sequence))
        return tuple(StationCopy(e, s == State.DONE, status) for b, s, status in rows for e in whole([b]))

    def erase(self, visit: UUID) -> None:
        """Deletes every envelope of ``visit``, whatever became of it, overwriting it: it was wrong."""
        with transaction(self._db):
            self._db.execute(ENVELOPE.delete().where(ENVELOPE.c.visit == visit))

    def waiting(self, limit: int, besides: Collection[UUID] = ()) -> tuple[Waiting, ...]:
        """What to send next, alarms first, then in sequence; without those that are ``besides``."""
        order = sa.select(ENVELOPE.c.id).where(ENVELOPE.c.state == State.WAITING)
        order = order.order_by(ENVELOPE.c.lane, ENVELOPE.c.sequence).limit(limit + len(besides))
        ids = [one for (one,) in ask(self._db, order) if one not in besides][:limit]
        chosen = sa.select(ENVELOPE.c.id, ENVELOPE.c.visit, ENVELOPE.c.body)
        found = {row[0]: Waiting(*row) for row in ask(self._db, chosen.where(ENVELOPE.c.id.in_(ids)))}
        return tuple(found[one] for one in ids)

    def mark(self, envelope: UUID, status: int, detail: str, at: datetime) -> None:
        """Writes down what the clinic answered. 201 and 200 end the waiting; 410 deletes it here too."""
        with transaction(self._db):
            this = (ENVELOPE.c.id == envelope, ENVELOPE.c.state == State.WAITING)
            if status == Delivery.ERASED:
                self._db.execute(ENVELOPE.delete().where(*this))
                return
            said = {"status": status, "detail": detail, "tries": ENVELOPE.c.tries + 1}
            if status in (Delivery.STORED, Delivery.KNOWN):
                said |= {"state": State.DONE, "done_at": stamp(at)}
            self._db.execute(ENVELOPE.update().where(*this).values(said))

    def offer_again(self) -> int:
        """Lets everything that was taken wait again: whoever took it has lost it. Says how many."""
        with transaction(self._db):
            again = ENVELOPE.update().where(ENVELOPE.c.state == State.DONE)
            anew = {"state": State.WAITING, "status": None, "detail": "", "done_at": None}
            return self._db.execute(again.values(anew)).rowcount

    def never_sent(self) -> tuple[Envelope, ...]:
        """Every envelope that waits, or may yet be sent, and was never offered to a clinic."""
        states = ENVELOPE.c.state.in_((State.DRAFT, State.WAITING, State.SHELF))
        rows = ask(self._db, sa.select(ENVELOPE.c.body).where(states, ENVELOPE.c.tries == 0))
        return tuple(whole(body for (body,) in rows))

    def readdress(self, envelope: Envelope) -> None:
        """Puts ``envelope`` (the same content, sealed to others) in place of one that was never sent."""
        this = (ENVELOPE.c.id == envelope.header.id, ENVELOPE.c.tries == 0)
        with transaction(self._db):
            self._db.execute(ENVELOPE.update().where(*this).values(body=envelope.to_bytes()))

    def purge(self, now: datetime, days: int = KEPT_DAYS) -> int:
        """Deletes what was taken over ``days`` before ``now``, reports after one. Says how many."""
        before, lately = (stamp(now - timedelta(days=some)) for some in (days, 1))
        report = sa.and_(ENVELOPE.c.lane == LANES.index(Kind.STATION), ENVELOPE.c.done_at < lately)
        with transaction(self._db):
            old = sa.or_(ENVELOPE.c.done_at < before, report)
            return self._db.execute(ENVELOPE.delete().where(ENVELOPE.c.state == State.DONE, old)).rowcount

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
                self._db.execute(ENVELOPE.delete().where(_draft_of(header.visit)))
            insert(self._db, envelope, state)

    def _has(self, envelope: Envelope) -> bool:
        chosen = sa.select(ENVELOPE.c.body).where(ENVELOPE.c.id == envelope.header.id)
        body: bytes | None = self._first(chosen)
        if body is not None and body != envelope.to_bytes():
            raise LedgerError(
                "An envelope with this id is kept with other bytes; an envelope is never changed."
            )
        return body is not None

    def _first(self, question: sa.Select[*tuple[Any, ...]]) -> Any:  # noqa: ANN401 - of one column, any type
        return next(iter(ask(self._db, question)), (None,))[0]

    def _go_on_after_loss(self) -> None:
        """Seconds since 1970 are more than any ledger ever counted to: no sequence comes a second time."""
        with transaction(self._db):
            count_up_to(self._db, int(max(datetime.now(UTC), EARLIEST).timestamp()))


def damaged_words(folder: Path) -> str | None:
    """One sentence where a damaged ledger lies in ``folder``, None where none does."""
    last = max(all_aside(folder / FILE), default=None)
    return None if last is None else DAMAGED.format(name=last.name)


def _draft_of(visit: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(ENVELOPE.c.visit == visit, ENVELOPE.c.state.in_((State.DRAFT, State.GUEST)))


def _too_old(boot: UUID, monotonic_ms: int) -> sa.ColumnElement[bool]:
    return sa.or_(ENVELOPE.c.boot != boot, ENVELOPE.c.monotonic_ms <= monotonic_ms - RESUMABLE_MS)


def _of_another_day(boot: UUID, monotonic_ms: int) -> sa.ColumnElement[bool]:
    """Older than any day key: of another boot, or of more than a day ago."""
    return sa.or_(ENVELOPE.c.boot != boot, ENVELOPE.c.monotonic_ms <= monotonic_ms - GUEST_MS)
