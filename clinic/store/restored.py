"""That the database went back to an older copy, as its stations are told.

What they had sent since is not in it, and they keep it for a while. Who tells them, and when, is not known
here.
"""

from datetime import datetime

from sqlalchemy import Connection, update

from clinic.store.rows import RESTORED, count_up, counted
from clinic.store.tables import STATION


def went_back(connection: Connection, tenant: str, now: datetime) -> None:
    """Note that it went back. Whatever stations are told from now on is newer than what they know.

    They may have been told editions since the copy that it does not know; minutes since 1970 are more than
    any count of changes. The mark is seconds since then, for one copy may be put back twice.
    """
    seconds = int(now.timestamp())
    count_up(connection, tenant, RESTORED, max(1, seconds - counted(connection, tenant, RESTORED)))
    minutes = seconds // 60
    behind = update(STATION).where(STATION.c.tenant == tenant, STATION.c.edition < minutes)
    connection.execute(behind.values(edition=minutes))


def mark_of_restore(connection: Connection, tenant: str) -> str:
    """What tells the last time it went back from any other; empty where it never did."""
    return str(counted(connection, tenant, RESTORED) or "")
