"""The shelf of the ledger: results without a person, until staff file them or throw them away.

What lies here is sealed to the day key and to the clinic. After a power cut the day key is gone: then the
envelope goes out to the clinic, which can open it, and the line stays here so that staff know of it.
Every method is one transaction, or part of the one it is called in.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from health.envelope import Envelope
from kiosk.store.database import transaction
from kiosk.store.rows import ask, change, insert, listed, number, stamp, whole
from kiosk.store.state import State

_ALL = """
    SELECT shelf.id, shelf.instrument, shelf.heard_at, envelope.body
    FROM shelf LEFT JOIN envelope ON envelope.id = shelf.id AND envelope.state = :state
    ORDER BY shelf.heard_at DESC, shelf.id
"""
_TAKE = "DELETE FROM envelope WHERE id IN (SELECT value FROM json_each(:ids)) AND state = :state"
_FORGET = "DELETE FROM shelf WHERE id IN (SELECT value FROM json_each(:ids))"
_SEND = """
    UPDATE envelope SET state = :waiting WHERE id IN (SELECT value FROM json_each(:ids)) AND state = :shelf
"""


class OnShelf(msgspec.Struct, frozen=True):
    """One result. ``envelope`` None: it cannot be opened here any more and went out to the clinic."""

    id: UUID
    instrument: str
    heard_at: datetime
    envelope: Envelope | None


class Shelf:
    """The shelf of one open ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def put(
        self, envelope: Envelope, instrument: str, heard_at: datetime, *, instead_of: UUID | None
    ) -> None:
        """Lays a result there, in place of what was known of the same sample before."""
        with transaction(self._db):
            if instead_of is not None:
                self.take({instead_of})
            insert(self._db, envelope, State.SHELF)
            change(
                self._db,
                "INSERT INTO shelf (id, instrument, heard_at) VALUES (:id, :instrument, :heard_at)",
                id=envelope.header.id,
                instrument=instrument,
                heard_at=stamp(heard_at),
            )

    def all(self) -> tuple[OnShelf, ...]:
        """Everything that lies there, newest first."""
        rows = ask(self._db, _ALL, state=State.SHELF)
        return tuple(
            OnShelf(
                number(one), tool, datetime.fromisoformat(at), next(whole([] if raw is None else [raw]), None)
            )
            for one, tool, at, raw in rows
        )

    def take(self, ids: Collection[UUID]) -> None:
        """Takes results off: line and content are overwritten, unless the content is on its way already."""
        with transaction(self._db):
            change(self._db, _TAKE, ids=listed(ids), state=State.SHELF)
            change(self._db, _FORGET, ids=listed(ids))

    def send(self, ids: Collection[UUID]) -> None:
        """Lets what cannot be opened here go out; the lines stay."""
        if not ids:
            return
        with transaction(self._db):
            change(self._db, _SEND, ids=listed(ids), waiting=State.WAITING, shelf=State.SHELF)
