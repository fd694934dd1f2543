"""Corrections of visits, as rows: those that hold, and those that wait for what they correct.

It keeps and finds them; what a correction does to a visit is decided in ``clinic.amending``.
"""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, bindparam, insert, literal, select, update

from clinic.store.rows import VISITS, count_up, insert_new
from clinic.store.tables import AMENDMENT, ENVELOPE, VISIT, VISIT_BEFORE
from clinic.store.visits import KeptVisit, VisitStatus, row_of, time_of_turn
from devices.reading import Confidential
from health.envelope import Kind


class KeptAmendment(Confidential, msgspec.Struct, frozen=True):
    """One amendment as stored, by the ``id`` of its envelope. ``content`` is what was sealed.

    ``corrects`` is the digest (SHA-256, hex) of the envelope it corrects. ``version`` is that of the visit
    it made, 0 where it holds and made none; None: it waits.
    """

    tenant: str
    id: str
    visit: str
    station: str
    sequence: int
    corrects: str
    content: bytes
    received_at: str
    version: int | None = None


def keep_amendment(connection: Connection, one: KeptAmendment) -> None:
    """Keep it, waiting; one that is kept already stands as it is."""
    insert_new(connection, AMENDMENT, _row(one))


def amendments_of(connection: Connection, tenant: str, visit: str) -> tuple[KeptAmendment, ...]:
    """All of one visit, in the order the station made them."""
    return tuple(_kept(row) for row in connection.execute(_OF_VISIT, {"of": tenant, "about": visit}))


_OF_VISIT = (
    select(AMENDMENT)
    .where(AMENDMENT.c.tenant == bindparam("of"), AMENDMENT.c.visit == bindparam("about"))
    .order_by(AMENDMENT.c.sequence, AMENDMENT.c.id)
)


def settle(connection: Connection, one: KeptAmendment, version: int) -> None:
    """It holds from now on, and made ``version`` (0: none)."""
    here = (AMENDMENT.c.tenant == one.tenant, AMENDMENT.c.id == one.id)
    connection.execute(update(AMENDMENT).where(*here).values(version=version))


def base_is_here(connection: Connection, one: KeptAmendment) -> bool:
    """Whether the very envelope that ``one`` corrects has been filed: as a visit, or as what amends it."""
    asked = select(ENVELOPE.c.id, ENVELOPE.c.kind).where(
        ENVELOPE.c.tenant == one.tenant,
        ENVELOPE.c.visit == one.visit,
        ENVELOPE.c.sha256 == bytes.fromhex(one.corrects),
    )
    found = connection.execute(asked).one_or_none()
    if found is None:
        return False
    if found.kind != Kind.AMENDMENT:
        return True
    before = amendments_of(connection, one.tenant, one.visit)
    return any(other.id == found.id and other.version is not None for other in before)


def versions_before(connection: Connection, tenant: str, visit: str) -> tuple[KeptVisit, ...]:
    """What a visit was before it was corrected, oldest first."""
    asked = select(VISIT_BEFORE).where(VISIT_BEFORE.c.tenant == tenant, VISIT_BEFORE.c.id == visit)
    names = [column.name for column in VISIT_BEFORE.c if column.name != "replaced_at"]
    rows = connection.execute(asked.order_by(VISIT_BEFORE.c.version)).mappings()
    return tuple(
        KeptVisit(**{name: row[name] for name in names} | {"status": VisitStatus(row["status"])})
        for row in rows
    )


def amend_visit(connection: Connection, before: KeptVisit, now: KeptVisit, at: datetime) -> KeptVisit:
    """Put ``now`` in place of ``before``, which is kept for ever as the version it was."""
    here = (VISIT.c.tenant == before.tenant, VISIT.c.id == before.id)
    # What was replaced is looked up for nobody, so it keeps no hash.
    names = [column.name for column in VISIT.c if column.name in VISIT_BEFORE.c]
    as_it_was = select(*(VISIT.c[name] for name in names), literal(at.isoformat())).where(*here)
    connection.execute(insert(VISIT_BEFORE).from_select([*names, "replaced_at"], as_it_was))
    place = count_up(connection, before.tenant, VISITS)
    stamp = time_of_turn(connection, before.tenant, at)
    made = replace(now, version=before.version + 1, place_in_feed=place, received_at=stamp)
    connection.execute(update(VISIT).where(*here).values(row_of(made, made.version)))
    return made


def _row(one: KeptAmendment) -> dict[str, object]:
    return {
        "tenant": one.tenant,
        "id": one.id,
        "visit": one.visit,
        "station": one.station,
        "sequence": one.sequence,
        "corrects": one.corrects,
        "content": one.content,
        "received_at": one.received_at,
        "version": one.version,
    }


def _kept(row: Row[tuple[Any, ...]]) -> KeptAmendment:
    return KeptAmendment(
        tenant=row.tenant,
        id=row.id,
        visit=row.visit,
        station=row.station,
        sequence=row.sequence,
        corrects=row.corrects,
        content=row.content,
        received_at=row.received_at,
        version=row.version,
    )
