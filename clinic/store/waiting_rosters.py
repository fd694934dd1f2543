"""Rosters that were shown and are not taken yet, as rows: one for each member of staff, sealed.

Any worker of the server finds it again. What it says and who may open it is in ``clinic.waiting_roster``.
"""

import msgspec
from sqlalchemy import Connection, delete, select

from clinic.store.people_tables import WAITING_ROSTER
from clinic.store.rows import upsert
from devices.reading import Confidential


class SealedRoster(Confidential, msgspec.Struct, frozen=True):
    """One of them. ``read_at`` is when it was shown, RFC 3339."""

    sealed: bytes
    read_at: str


def keep_waiting(connection: Connection, tenant: str, staff: str, waiting: SealedRoster) -> None:
    """Keep it in place of the one this member of staff was shown before."""
    fresh = {"sealed": waiting.sealed, "read_at": waiting.read_at}
    row = upsert(connection, WAITING_ROSTER).values(tenant=tenant, staff=staff, **fresh)
    connection.execute(row.on_conflict_do_update(index_elements=["tenant", "staff"], set_=fresh))


def waiting_of(connection: Connection, tenant: str, staff: str) -> SealedRoster | None:
    """What this member of staff was shown last, or None."""
    asked = select(WAITING_ROSTER.c.sealed, WAITING_ROSTER.c.read_at).where(
        WAITING_ROSTER.c.tenant == tenant, WAITING_ROSTER.c.staff == staff
    )
    row = connection.execute(asked).one_or_none()
    return None if row is None else SealedRoster(row.sealed, row.read_at)


def forget_waiting(connection: Connection, tenant: str, staff: str) -> None:
    """It was taken, or will not be."""
    here = (WAITING_ROSTER.c.tenant == tenant, WAITING_ROSTER.c.staff == staff)
    connection.execute(delete(WAITING_ROSTER).where(*here))


def forget_older(connection: Connection, tenant: str, before: str) -> None:
    """Forget whatever was shown before then, to whomever."""
    here = (WAITING_ROSTER.c.tenant == tenant, WAITING_ROSTER.c.read_at < before)
    connection.execute(delete(WAITING_ROSTER).where(*here))
