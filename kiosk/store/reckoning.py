"""Counts what stands where in the ledger, for the desk and for whoever only glances at the file.

It reads clear columns: kinds, times and the clinic's answers. It opens no envelope and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from health.envelope import Kind
from health.wire import Delivery
from kiosk.store.rows import LANES, ask
from kiosk.store.tables import ENVELOPE, State

_REPORTS = LANES.index(Kind.STATION)


@dataclass(frozen=True, slots=True)
class Counts:
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


@dataclass(frozen=True, slots=True)
class Queued:
    """One envelope that waits: since when (aware UTC), how often it was offered, and the clinic's answer.

    ``detail`` is the clinic's sentence for why, empty where it said none.
    """

    kind: Kind
    since: datetime
    tries: int
    status: int | None
    detail: str


def counts(connection: sa.Connection) -> Counts:
    """How many stand where."""
    grouped = (ENVELOPE.c.state, ENVELOPE.c.status)
    asked = sa.select(*grouped, sa.func.count(), sa.func.min(ENVELOPE.c.kept_at))
    rows = ask(connection, asked.where(ENVELOPE.c.lane != _REPORTS).group_by(*grouped))
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


def queue(connection: sa.Connection, limit: int) -> tuple[Queued, ...]:
    """What waits, in the order it is sent; at most ``limit``."""
    columns = (
        ENVELOPE.c.lane, ENVELOPE.c.kept_at, ENVELOPE.c.tries, ENVELOPE.c.status, ENVELOPE.c.detail,
    )  # fmt: skip
    chosen = sa.select(*columns).where(ENVELOPE.c.state == State.WAITING)
    rows = ask(connection, chosen.order_by(ENVELOPE.c.lane, ENVELOPE.c.sequence).limit(limit))
    return tuple(
        Queued(LANES[lane], datetime.fromisoformat(at), tries, status, detail)
        for lane, at, tries, status, detail in rows
    )


def _reports(connection: sa.Connection) -> int:
    mine = (ENVELOPE.c.lane == _REPORTS, ENVELOPE.c.state == State.WAITING)
    return int(ask(connection, sa.select(sa.func.count()).where(*mine))[0][0])
