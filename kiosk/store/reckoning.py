"""Counts what stands where in the ledger, for the desk and for whoever only glances at the file.

It reads clear columns: kinds, times and the clinic's answers. It opens no envelope and changes nothing.
"""

import sqlite3
from datetime import datetime

import msgspec

from health.envelope import Kind
from health.wire import Delivery
from kiosk.store.rows import LANES, ask
from kiosk.store.state import State

_REPORTS = LANES.index(Kind.STATION)
_COUNTED = (
    "SELECT state, status, count(*), min(kept_at) FROM envelope WHERE lane <> :lane GROUP BY state, status"
)
_QUEUED = """
    SELECT lane, kept_at, tries, status, detail FROM envelope WHERE state = :state
    ORDER BY lane, sequence LIMIT :limit
"""


class Counts(msgspec.Struct, frozen=True):
    """How the ledger stands with what concerns people: alarms, visits and amendments.

    ``reports`` of the station about itself wait beside them and are counted in nothing else. ``held`` and
    ``refused`` are among the ``waiting``; ``oldest`` is when the first of them was kept.
    """

    drafts: int
    waiting: int
    held: int
    refused: int
    done: int
    oldest: datetime | None
    reports: int = 0


class Queued(msgspec.Struct, frozen=True):
    """One envelope that waits: since when (aware UTC), how often it was offered, and the clinic's answer.

    ``detail`` is the clinic's sentence for why, empty where it said none.
    """

    kind: Kind
    since: datetime
    tries: int
    status: int | None
    detail: str


def counts(connection: sqlite3.Connection) -> Counts:
    """How many stand where."""
    rows = ask(connection, _COUNTED, lane=_REPORTS)
    waiting = [(status, many, oldest) for state, status, many, oldest in rows if state == State.WAITING]
    held = sum(many for status, many, _ in waiting if status == Delivery.HELD)
    oldest = min((first for *_, first in waiting), default=None)
    return Counts(
        drafts=sum(many for state, _, many, _ in rows if state == State.DRAFT),
        waiting=sum(many for _, many, _ in waiting),
        held=held,
        refused=sum(many for status, many, _ in waiting if status is not None) - held,
        done=sum(many for state, _, many, _ in rows if state == State.DONE),
        oldest=None if oldest is None else datetime.fromisoformat(oldest),
        reports=_reports(connection),
    )


def queue(connection: sqlite3.Connection, limit: int) -> tuple[Queued, ...]:
    """What waits, in the order it is sent; at most ``limit``."""
    rows = ask(connection, _QUEUED, state=State.WAITING, limit=limit)
    return tuple(
        Queued(LANES[lane], datetime.fromisoformat(at), tries, status, detail)
        for lane, at, tries, status, detail in rows
    )


def _reports(connection: sqlite3.Connection) -> int:
    counted = "SELECT count(*) FROM envelope WHERE lane = :lane AND state = :state"
    return int(ask(connection, counted, lane=_REPORTS, state=State.WAITING)[0][0])
