"""What stations say of themselves, as rows: the latest report, and every place their trail was said to end.

What a report says is read in ``clinic.fleet``.
"""

import msgspec
from sqlalchemy import Connection, func, insert, or_, select

from clinic.store.envelopes import EnvelopeState
from clinic.store.fleet_tables import REPORT, TRAIL_HEAD
from clinic.store.rows import upsert
from clinic.store.tables import ENVELOPE, VISIT
from devices.reading import Confidential


class KeptReport(Confidential, msgspec.Struct, frozen=True):
    """A report as it was sealed. ``sequence`` is that of its envelope."""

    tenant: str
    station: str
    sequence: int
    received_at: str
    content: bytes


class Head(msgspec.Struct, frozen=True):
    """Where a trail ended: line ``number``, with the ``hash`` of it in hex. ``sequence``: of the envelope.

    ``parted``: the station itself found that a line before it does not fit.
    """

    tenant: str
    station: str
    verify_key: str
    number: int
    hash: str
    sequence: int
    told_at: str
    parted: bool = False


def keep_report(connection: Connection, report: KeptReport) -> bool:
    """Keep the report if none that was made later is here. Returns whether it was kept."""
    row = upsert(connection, REPORT).values(
        tenant=report.tenant,
        station=report.station,
        sequence=report.sequence,
        received_at=report.received_at,
        content=report.content,
    )
    told = row.excluded
    fresh = {"sequence": told.sequence, "received_at": told.received_at, "content": told.content}
    newest = row.on_conflict_do_update(
        index_elements=["tenant", "station"], set_=fresh, where=REPORT.c.sequence < told.sequence
    )
    return connection.execute(newest.returning(REPORT.c.sequence)).one_or_none() is not None


def keep_head(connection: Connection, head: Head) -> None:
    """Keep where a trail ended. It has parted where another hash was told of that line, or it went back.

    It went back if an envelope made earlier told of more lines, or one made later of fewer.
    """
    here = (
        TRAIL_HEAD.c.tenant == head.tenant,
        TRAIL_HEAD.c.station == head.station,
        TRAIL_HEAD.c.verify_key == head.verify_key,
    )
    same = connection.execute(select(TRAIL_HEAD.c.hash).where(*here, TRAIL_HEAD.c.number == head.number))
    told = same.scalar_one_or_none()
    if told is not None:
        if told != head.hash:
            connection.execute(
                TRAIL_HEAD.update().where(*here, TRAIL_HEAD.c.number == head.number).values(parted=True)
            )
        return
    longer_before = (TRAIL_HEAD.c.number > head.number) & (TRAIL_HEAD.c.sequence < head.sequence)
    shorter_after = (TRAIL_HEAD.c.number < head.number) & (TRAIL_HEAD.c.sequence > head.sequence)
    wrong = select(func.count()).select_from(TRAIL_HEAD).where(*here, or_(longer_before, shorter_after))
    parted = head.parted or connection.execute(wrong).scalar_one() > 0
    connection.execute(
        insert(TRAIL_HEAD).values(
            tenant=head.tenant,
            station=head.station,
            verify_key=head.verify_key,
            number=head.number,
            hash=head.hash,
            sequence=head.sequence,
            told_at=head.told_at,
            parted=parted,
        )
    )


def reports(connection: Connection, tenant: str) -> tuple[KeptReport, ...]:
    """The latest report of every station that made one."""
    asked = select(REPORT).where(REPORT.c.tenant == tenant)
    return tuple(KeptReport(*row) for row in connection.execute(asked))


def last_arrivals(connection: Connection, tenant: str) -> dict[str, str]:
    """When the latest visit came of each station that made a report."""
    own = select(VISIT.c.received_at).where(
        VISIT.c.tenant == REPORT.c.tenant, VISIT.c.station == REPORT.c.station
    )
    latest = own.order_by(VISIT.c.measured_at.desc()).limit(1).scalar_subquery()
    asked = select(REPORT.c.station, latest).where(REPORT.c.tenant == tenant)
    return {station: came for station, came in connection.execute(asked) if came is not None}


def trails_parted(connection: Connection, tenant: str) -> frozenset[tuple[str, str]]:
    """Station and key of each trail that does not go on from what was told before."""
    asked = select(TRAIL_HEAD.c.station, TRAIL_HEAD.c.verify_key).where(
        TRAIL_HEAD.c.tenant == tenant, TRAIL_HEAD.c.parted
    )
    return frozenset((station, key) for station, key in connection.execute(asked.distinct()))


def quarantined_by_station(connection: Connection, tenant: str) -> dict[str, int]:
    """How many envelopes of each station were set aside."""
    asked = select(ENVELOPE.c.station, func.count()).where(
        ENVELOPE.c.tenant == tenant, ENVELOPE.c.state == EnvelopeState.QUARANTINED.value
    )
    return {station: int(many) for station, many in connection.execute(asked.group_by(ENVELOPE.c.station))}
