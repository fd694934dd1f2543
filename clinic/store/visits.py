"""The version of each visit that holds, as rows.

A complete visit takes the place of its own incomplete draft, a later draft that of an earlier one; never the
other way round, and never across stations. Nothing takes the place of an error. What a record says is read
elsewhere.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select, update

from clinic.store.leafing import Bookmark, in_order, page_at
from clinic.store.rows import VISITS, count_up, insert_new
from clinic.store.stations import stands_in
from clinic.store.tables import VISIT
from devices.reading import Confidential


class VisitStatus(StrEnum):
    """How a visit stands at the clinic."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered-in-error"


class Placed(StrEnum):
    """What became of a version that came in."""

    TAKEN = "taken"
    OLDER = "older"
    CLOSED = "visit_closed"
    FOREIGN = "visit_of_another_station"
    ERASED = "erased"


class KeptVisit(Confidential, msgspec.Struct, frozen=True):
    """One visit as stored. ``record`` is the opened record's bytes, ``level`` that of its assessment.

    ``resident`` is the keyed hash of whose it is, empty where nobody can be told; then ``phone_mark`` is that
    of the telephone she gave, None without one.
    """

    tenant: str
    id: str
    version: int
    status: VisitStatus
    record: bytes
    envelope: str
    station: str
    sequence: int
    level: int
    civil_date: str
    measured_at: str
    received_at: str
    resident: bytes | None = None
    place_in_feed: int = 0
    phone_mark: bytes | None = None


def place(connection: Connection, new: KeptVisit) -> Placed:
    """File ``new`` when it may stand in place of what is there; its version is counted here."""
    row = row_of(new, 1)
    if insert_new(connection, VISIT, row):
        return Placed.TAKEN
    here = (VISIT.c.tenant == new.tenant, VISIT.c.id == new.id)
    current = visit_in(connection.execute(select(VISIT).where(*here)).one())
    placed = _compare(new, current)
    if placed is Placed.TAKEN:
        row["version"] = current.version + 1
        connection.execute(update(VISIT).where(*here).values(row))
    return placed


def take_turn(connection: Connection, tenant: str, many: int) -> range:
    """Wait until whoever files for ``tenant`` has done; first of all, so that no two wait for each other.

    Returns ``many`` fresh places in the feed. One that is not used is a gap that nobody minds.
    """
    last = count_up(connection, tenant, VISITS, by=many)
    return range(last - many + 1, last + 1)


def time_of_turn(connection: Connection, tenant: str, now: datetime) -> str:
    """When what is filed in this turn changes; never before what an earlier turn filed, whatever clocks do.

    Asked for within the turn: who waits until all writing has ended and then reads sees every change so far.
    """
    last = connection.execute(_LAST_STAMP, {"of": tenant}).scalar_one_or_none()
    return max(now.isoformat(), last or "")


_LAST_STAMP = (
    select(VISIT.c.received_at)
    .where(VISIT.c.tenant == bindparam("of"))
    .order_by(VISIT.c.place_in_feed.desc())
    .limit(1)
)


def _compare(new: KeptVisit, current: KeptVisit) -> Placed:
    if new.station != current.station:
        return Placed.FOREIGN
    if new.envelope == current.envelope:
        return Placed.OLDER
    if current.status is VisitStatus.ENTERED_IN_ERROR:
        return Placed.OLDER
    if current.status is VisitStatus.INCOMPLETE:
        closes = new.status is VisitStatus.COMPLETE
        return Placed.TAKEN if closes or new.sequence > current.sequence else Placed.OLDER
    return Placed.CLOSED if new.status is VisitStatus.COMPLETE else Placed.OLDER


def visit_of(connection: Connection, tenant: str, visit: str) -> KeptVisit | None:
    """The visit, or None."""
    row = connection.execute(select(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.id == visit)).one_or_none()
    return None if row is None else visit_in(row)


def visits_named(connection: Connection, tenant: str, visits: Sequence[str]) -> dict[str, KeptVisit]:
    """Those of ``visits`` (at most some hundreds) that are here, by their ids."""
    asked = select(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.id.in_(visits))
    return {row.id: visit_in(row) for row in connection.execute(asked)}


class Between(msgspec.Struct, frozen=True):
    """From one moment to before another, as the database writes them, at a station, in a street.

    What is empty is not asked for.
    """

    start: str = ""
    end: str = ""
    station: str = ""
    street: str = ""

    def holds(self, tenant: str) -> list[ColumnElement[bool]]:
        """What the database is asked."""
        asked = [VISIT.c.tenant == tenant]
        if self.start:
            asked.append(VISIT.c.measured_at >= self.start)
        if self.end:
            asked.append(VISIT.c.measured_at < self.end)
        if self.station:
            asked.append(VISIT.c.station == self.station)
        if self.street:
            asked.append(stands_in(VISIT.c.tenant, VISIT.c.station, self.street))
        return asked


WHENEVER = Between()


def latest_visits(
    connection: Connection,
    tenant: str,
    limit: int = 100,
    beside: Bookmark | None = None,
    within: Between = WHENEVER,
) -> tuple[KeptVisit, ...]:
    """The newest visits of a time, or those beside a line of it; newest first."""
    asked = page_at(
        select(VISIT).where(*within.holds(tenant)), VISIT.c.measured_at, VISIT.c.id, beside, limit
    )
    return in_order([visit_in(row) for row in connection.execute(asked)], beside)


def counts_by_status(connection: Connection, tenant: str, within: Between) -> dict[str, int]:
    """How many visits of a time there are, by their status."""
    asked = select(VISIT.c.status, func.count()).where(*within.holds(tenant)).group_by(VISIT.c.status)
    return {status: int(many) for status, many in connection.execute(asked)}


def visits_of_resident(
    connection: Connection, tenant: str, resident: bytes, limit: int
) -> tuple[KeptVisit, ...]:
    """The newest visits under one keyed hash that are whole and hold, newest first."""
    holds = (VisitStatus.COMPLETE.value, VisitStatus.AMENDED.value)
    asked = select(VISIT).where(
        VISIT.c.tenant == tenant, VISIT.c.resident == resident, VISIT.c.status.in_(holds)
    )
    asked = asked.order_by(VISIT.c.measured_at.desc(), VISIT.c.id).limit(limit)
    return tuple(visit_in(row) for row in connection.execute(asked))


def unmatched_visits(connection: Connection, tenant: str, limit: int) -> tuple[KeptVisit, ...]:
    """Visits that nobody has looked at yet for whose they are."""
    asked = select(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.resident.is_(None)).limit(limit)
    return tuple(visit_in(row) for row in connection.execute(asked))


def changed_visits(connection: Connection, tenant: str, after: int, limit: int) -> tuple[KeptVisit, ...]:
    """The next visits of the feed above the place ``after``, in its order: each as it holds now."""
    asked = select(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.place_in_feed > after)
    return tuple(
        visit_in(row) for row in connection.execute(asked.order_by(VISIT.c.place_in_feed).limit(limit))
    )


def latest_of_station(connection: Connection, tenant: str, station: str) -> KeptVisit | None:
    """The newest visit at a station, or None."""
    asked = select(VISIT).where(VISIT.c.tenant == tenant, VISIT.c.station == station)
    row = connection.execute(asked.order_by(VISIT.c.measured_at.desc()).limit(1)).one_or_none()
    return None if row is None else visit_in(row)


def match(connection: Connection, tenant: str, visit: str, resident: bytes) -> None:
    """Note whose a visit is."""
    here = (VISIT.c.tenant == tenant, VISIT.c.id == visit)
    connection.execute(update(VISIT).where(*here).values(resident=resident))


def row_of(visit: KeptVisit, version: int) -> dict[str, object]:
    """The columns of ``visit`` as its version of that number."""
    return {
        "tenant": visit.tenant,
        "id": visit.id,
        "version": version,
        "status": visit.status.value,
        "record": visit.record,
        "envelope": visit.envelope,
        "station": visit.station,
        "sequence": visit.sequence,
        "level": visit.level,
        "civil_date": visit.civil_date,
        "measured_at": visit.measured_at,
        "received_at": visit.received_at,
        "resident": visit.resident,
        "place_in_feed": visit.place_in_feed,
        "phone_mark": visit.phone_mark,
    }


def visit_in(row: Row[tuple[Any, ...]]) -> KeptVisit:
    """The visit that a row of the table is."""
    return KeptVisit(
        tenant=row.tenant,
        id=row.id,
        version=row.version,
        status=VisitStatus(row.status),
        record=row.record,
        envelope=row.envelope,
        station=row.station,
        sequence=row.sequence,
        level=row.level,
        civil_date=row.civil_date,
        measured_at=row.measured_at,
        received_at=row.received_at,
        resident=row.resident,
        place_in_feed=row.place_in_feed,
        phone_mark=row.phone_mark,
    )
