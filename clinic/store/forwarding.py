"""What goes on to other servers, as rows: a queue for each, filled from the feed, never given up."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, select, update

from clinic.store.erasing_tables import FORWARD
from clinic.store.rows import upsert
from clinic.store.visits import changed_visits

READY, SENT, QUARANTINED = "ready", "sent", "quarantined"
_AT_ONCE = 200


class ToForward(msgspec.Struct, frozen=True):
    """One visit on its way. ``place_in_feed`` is that of the version that is to arrive."""

    tenant: str
    target: str
    visit: str
    place_in_feed: int
    tries: int
    first_at: str
    next_at: str
    sent_before: bool


def fill_queue(connection: Connection, tenant: str, target: str, now: datetime) -> int:
    """Queue what changed since the last time. Returns how many."""
    top = select(func.max(FORWARD.c.place_in_feed)).where(
        FORWARD.c.tenant == tenant, FORWARD.c.target == target
    )
    changed = changed_visits(connection, tenant, connection.execute(top).scalar() or 0, _AT_ONCE)
    at = now.isoformat()
    for one in changed:
        row = upsert(connection, FORWARD).values(
            tenant=tenant,
            target=target,
            visit=one.id,
            place_in_feed=one.place_in_feed,
            state=READY,
            tries=0,
            first_at=at,
            next_at=at,
            status=None,
            why="",
        )
        fresh = {
            "place_in_feed": one.place_in_feed,
            "state": READY,
            "tries": 0,
            "first_at": at,
            "next_at": at,
        }
        connection.execute(
            row.on_conflict_do_update(index_elements=["tenant", "target", "visit"], set_=fresh)
        )
    return len(changed)


def is_shut(connection: Connection, tenant: str, target: str, now: str, word: str) -> bool:
    """Whether the latest try found the door shut, as ``word`` says, and it is too early to knock again."""
    asked = select(FORWARD.c.visit).where(
        FORWARD.c.tenant == tenant,
        FORWARD.c.target == target,
        FORWARD.c.state == READY,
        FORWARD.c.next_at > now,
        FORWARD.c.why == word,
    )
    return connection.execute(asked.limit(1)).first() is not None


def claim(
    connection: Connection, tenant: str, target: str, now: str, until: str, limit: int
) -> tuple[ToForward, ...]:
    """What is due, taken by this worker until then; a worker that dies leaves it to the next."""
    asked = select(FORWARD).where(
        FORWARD.c.tenant == tenant,
        FORWARD.c.target == target,
        FORWARD.c.state == READY,
        FORWARD.c.next_at <= now,
    )
    found = []
    for row in connection.execute(
        asked.order_by(FORWARD.c.next_at, FORWARD.c.place_in_feed).limit(limit)
    ).all():
        mine = update(FORWARD).where(
            FORWARD.c.tenant == tenant,
            FORWARD.c.target == target,
            FORWARD.c.visit == row.visit,
            FORWARD.c.next_at == row.next_at,
            FORWARD.c.place_in_feed == row.place_in_feed,
        )
        if connection.execute(mine.values(next_at=until)).rowcount == 1:
            before = row.why == SENT
            found.append(
                ToForward(
                    tenant, target, row.visit, row.place_in_feed, row.tries, row.first_at, until, before
                )
            )
    return tuple(found)


def settle(
    connection: Connection,
    one: ToForward,
    state: str,
    next_at: str,
    status: int | None,
    why: str,
    refused: Sequence[str] = (),
) -> None:
    """Keep how it went; a version that changed meanwhile stays to be sent. ``refused``: types of parts."""
    connection.execute(
        update(FORWARD)
        .where(
            FORWARD.c.tenant == one.tenant,
            FORWARD.c.target == one.target,
            FORWARD.c.visit == one.visit,
            FORWARD.c.place_in_feed == one.place_in_feed,
        )
        .values(
            state=state,
            tries=one.tries + 1,
            next_at=next_at,
            status=status,
            why=why,
            refused=" ".join(refused),
        )
    )


def try_again(connection: Connection, tenant: str, target: str, now: datetime) -> int:
    """Put what was set aside back on its way, as if it were new. Returns how many there were."""
    here = (FORWARD.c.tenant == tenant, FORWARD.c.target == target, FORWARD.c.state == QUARANTINED)
    fresh = {"state": READY, "tries": 0, "first_at": now.isoformat(), "next_at": now.isoformat()}
    return connection.execute(update(FORWARD).where(*here).values(**fresh)).rowcount


class StateOfTarget(msgspec.Struct, frozen=True):
    """How far another server is: all that a page shows of it.

    ``waiting`` visits are to be sent, the oldest of them since ``waiting_since``; ``set_aside`` were refused
    until nobody tries any more. ``trouble`` is the word for what came of the latest try of one that waits
    (``judging.Verdict``), empty where none was tried, with the HTTP status, None where nobody answered.
    ``refused`` are the types of the parts of those set aside that it does not take.
    ``sent_last`` is when the latest visit arrived. Times are RFC 3339.
    """

    target: str
    waiting: int
    waiting_since: str | None
    set_aside: int
    sent_last: str | None
    trouble: str
    status: int | None
    refused: tuple[str, ...] = ()


def state_of_target(connection: Connection, tenant: str, target: str) -> StateOfTarget:
    """How far ``target``, a name of the settings, is."""
    own = (FORWARD.c.tenant == tenant, FORWARD.c.target == target)
    of_ready = (*own, FORWARD.c.state == READY)
    waiting, since = connection.execute(
        select(func.count(), func.min(FORWARD.c.first_at)).where(*of_ready)
    ).one()
    aside = select(func.count()).where(*own, FORWARD.c.state == QUARANTINED)
    parts = select(FORWARD.c.refused).where(*own, FORWARD.c.state == QUARANTINED).distinct()
    sent = select(FORWARD.c.next_at).where(*own, FORWARD.c.state == SENT, FORWARD.c.why == SENT)
    tried = select(FORWARD.c.why, FORWARD.c.status).where(*of_ready, FORWARD.c.tries > 0)
    latest = connection.execute(tried.order_by(FORWARD.c.next_at.desc()).limit(1)).one_or_none()
    return StateOfTarget(
        target,
        int(waiting),
        since,
        int(connection.execute(aside).scalar_one()),
        connection.execute(sent.order_by(FORWARD.c.next_at.desc()).limit(1)).scalar_one_or_none(),
        "" if latest is None else latest.why,
        None if latest is None else latest.status,
        tuple(sorted({kind for told in connection.execute(parts).scalars() for kind in told.split()})),
    )


def counts(connection: Connection, tenant: str, target: str) -> dict[str, int]:
    """How many visits are ready, sent and quarantined."""
    asked = select(FORWARD.c.state, func.count()).where(
        FORWARD.c.tenant == tenant, FORWARD.c.target == target
    )
    return {state: int(many) for state, many in connection.execute(asked.group_by(FORWARD.c.state))}
