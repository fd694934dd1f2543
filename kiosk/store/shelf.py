"""The shelf of the ledger: results without a person, until staff file them or throw them away.

What lies here is sealed to the day key and to the clinic. After a power cut the day key is gone: then the
envelope goes out to the clinic, which can open it, and the line stays here so that staff know of it.
Every method is one transaction, or part of the one it is called in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from health.envelope import Envelope
from kiosk.store.database import transaction
from kiosk.store.rows import ask, insert, stamp, whole
from kiosk.store.tables import ENVELOPE, SHELF, State


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One result. ``envelope`` None: it cannot be opened here any more and went out to the clinic."""

    id: UUID
    instrument: str
    heard_at: datetime
    envelope: Envelope | None


class Shelf:
    """The shelf of one open ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def put(
        self, envelope: Envelope, instrument: str, heard_at: datetime, *, instead_of: UUID | None
    ) -> None:
        """Lays a result there, in place of what was known of the same sample before."""
        with transaction(self._db):
            if instead_of is not None:
                self.take({instead_of})
            insert(self._db, envelope, State.SHELF)
            line = {"id": envelope.header.id, "instrument": instrument, "heard_at": stamp(heard_at)}
            self._db.execute(SHELF.insert().values(line))

    def all(self) -> tuple[OnShelf, ...]:
        """Everything that lies there, newest first."""
        body = sa.select(ENVELOPE.c.body).where(ENVELOPE.c.id == SHELF.c.id, ENVELOPE.c.state == State.SHELF)
        rows = ask(
            self._db,
            sa.select(SHELF.c.id, SHELF.c.instrument, SHELF.c.heard_at, body.scalar_subquery()).order_by(
                SHELF.c.heard_at.desc(), SHELF.c.id
            ),
        )
        return tuple(
            OnShelf(one, tool, datetime.fromisoformat(at), next(whole([] if raw is None else [raw]), None))
            for one, tool, at, raw in rows
        )

    def take(self, ids: Collection[UUID]) -> None:
        """Takes results off: line and content are overwritten, unless the content is on its way already."""
        with transaction(self._db):
            held = ENVELOPE.delete().where(ENVELOPE.c.id.in_(ids), ENVELOPE.c.state == State.SHELF)
            self._db.execute(held)
            self._db.execute(SHELF.delete().where(SHELF.c.id.in_(ids)))

    def send(self, ids: Collection[UUID]) -> None:
        """Lets what cannot be opened here go out; the lines stay."""
        if not ids:
            return
        with transaction(self._db):
            out = ENVELOPE.update().where(ENVELOPE.c.id.in_(ids), ENVELOPE.c.state == State.SHELF)
            self._db.execute(out.values(state=State.WAITING))
