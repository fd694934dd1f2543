"""What went on to other servers before it was erased here, as rows: asked back, gone, or refused there.

A row holds what a visit's parts are called at that server, and nothing of a person.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, func, select, update

from clinic.store.erasing_tables import ERASED_ELSEWHERE, FORWARD
from clinic.store.forwarding import READY
from clinic.store.rows import insert_new

CLAIMED = timedelta(minutes=5)
"""How long a visit may be on its way when it is erased: so long is waited before it is asked back."""


class Back(StrEnum):
    """How it stands with what was asked back."""

    ASKED = "asked"
    GONE = "gone"
    REFUSED = "refused"


class Elsewhere(msgspec.Struct, frozen=True):
    """A visit at another server. ``names`` are what is to be deleted there, in that order."""

    tenant: str
    target: str
    visit: str
    names: tuple[str, ...]
    state: Back = Back.ASKED
    tries: int = 0
    status: int | None = None


def gone_on(connection: Connection, tenant: str, visits: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Target and visit of each of ``visits`` (some hundreds) that may be at another server by now."""
    asked = select(FORWARD).where(FORWARD.c.tenant == tenant, FORWARD.c.visit.in_(visits))
    return tuple(
        (row.target, row.visit)
        for row in connection.execute(asked)
        if row.why != "not_shared" and (row.state != READY or row.tries or row.next_at != row.first_at)
    )


def ask_back(connection: Connection, one: Elsewhere, now: datetime) -> None:
    """Remember that this is to be deleted there."""
    row = {
        "tenant": one.tenant,
        "target": one.target,
        "visit": one.visit,
        "names": "\n".join(one.names),
        "erased_at": now.isoformat(),
        "state": Back.ASKED.value,
        "tries": 0,
        "next_at": (now + CLAIMED).isoformat(),
        "status": None,
    }
    insert_new(connection, ERASED_ELSEWHERE, row)


def due_back(
    connection: Connection, tenant: str, target: str, now: datetime, limit: int
) -> tuple[Elsewhere, ...]:
    """What is to be asked back now, taken by this worker for some minutes."""
    asked = select(ERASED_ELSEWHERE).where(
        ERASED_ELSEWHERE.c.tenant == tenant,
        ERASED_ELSEWHERE.c.target == target,
        ERASED_ELSEWHERE.c.state == Back.ASKED.value,
        ERASED_ELSEWHERE.c.next_at <= now.isoformat(),
    )
    found = []
    for row in connection.execute(asked.order_by(ERASED_ELSEWHERE.c.next_at).limit(limit)).all():
        mine = update(ERASED_ELSEWHERE).where(
            ERASED_ELSEWHERE.c.tenant == tenant,
            ERASED_ELSEWHERE.c.target == target,
            ERASED_ELSEWHERE.c.visit == row.visit,
            ERASED_ELSEWHERE.c.next_at == row.next_at,
        )
        if connection.execute(mine.values(next_at=(now + CLAIMED).isoformat())).rowcount == 1:
            found.append(Elsewhere(tenant, target, row.visit, tuple(row.names.split("\n")), tries=row.tries))
    return tuple(found)


def settle_back(
    connection: Connection, one: Elsewhere, state: Back, next_at: datetime, status: int | None
) -> None:
    """Keep how it went, and what may still be there (``names``)."""
    here = (ERASED_ELSEWHERE.c.tenant == one.tenant, ERASED_ELSEWHERE.c.target == one.target)
    fresh = {
        "names": "\n".join(one.names),
        "state": state.value,
        "tries": one.tries + 1,
        "next_at": next_at.isoformat(),
        "status": status,
    }
    connection.execute(
        update(ERASED_ELSEWHERE).where(*here, ERASED_ELSEWHERE.c.visit == one.visit).values(fresh)
    )


def not_gone(connection: Connection, tenant: str, limit: int = 1000) -> tuple[Elsewhere, ...]:
    """What may still be at another server, refused ones first."""
    asked = select(ERASED_ELSEWHERE).where(
        ERASED_ELSEWHERE.c.tenant == tenant, ERASED_ELSEWHERE.c.state != Back.GONE.value
    )
    rows = connection.execute(
        asked.order_by(ERASED_ELSEWHERE.c.state.desc(), ERASED_ELSEWHERE.c.erased_at).limit(limit)
    )
    return tuple(
        Elsewhere(
            tenant,
            row.target,
            row.visit,
            tuple(row.names.split("\n")),
            Back(row.state),
            row.tries,
            row.status,
        )
        for row in rows
    )


def count_not_gone(connection: Connection, tenant: str) -> int:
    """How many visits may still be at another server although they were erased here."""
    asked = select(func.count()).where(
        ERASED_ELSEWHERE.c.tenant == tenant, ERASED_ELSEWHERE.c.state != Back.GONE.value
    )
    return int(connection.execute(asked).scalar_one())
