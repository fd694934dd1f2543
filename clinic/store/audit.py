"""Who did what, as rows that are only ever added. No name of a resident and no value is written here."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from clinic.store.rows import TRAIL, count_up
from clinic.store.tables import AUDIT


def note(connection: Connection, tenant: str, who: str, did: str, about: str, now: datetime) -> None:
    """Add one line: ``who`` (staff or station) ``did`` (a short word) ``about`` (an id)."""
    number = count_up(connection, tenant, TRAIL)
    connection.execute(
        insert(AUDIT).values(tenant=tenant, number=number, at=now.isoformat(), who=who, did=did, about=about)
    )


def count(connection: Connection, tenant: str, who: str, did: tuple[str, ...], since: datetime) -> int:
    """How often ``who`` did one of these since then."""
    asked = select(func.count()).where(
        AUDIT.c.tenant == tenant,
        AUDIT.c.who == who,
        AUDIT.c.at >= since.isoformat(),
        AUDIT.c.did.in_(did),
    )
    return int(connection.execute(asked).scalar_one())
