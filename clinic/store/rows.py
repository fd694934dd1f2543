"""What SQLite and PostgreSQL say differently and the stores need alike: insert-or, and counting up.

It knows no table but the counter's.
"""

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from clinic.store.tables import COUNTER

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert

VISITS, TRAIL = "visits", "trail"


def upsert(connection: Connection, table: Table) -> Upsert:
    """An insert into ``table`` that can say what happens when the key is taken."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Insert ``row``; False where its key is taken, and then nothing has changed."""
    asked = upsert(connection, table).values(row).on_conflict_do_nothing()
    # PostgreSQL's driver does not tell how many rows an insert made unless it is asked to.
    return connection.execute(asked, execution_options={"preserve_rowcount": True}).rowcount == 1


def count_up(connection: Connection, tenant: str, name: str, by: int = 1) -> int:
    """The last of the next ``by`` numbers called ``name``, in the order in which transactions are kept.

    The row it changes stays locked until the transaction ends: whoever counts waits for the one before. So
    no reader ever sees a number while a smaller one is still to come.
    """
    row = upsert(connection, COUNTER).values(tenant=tenant, name=name, last=by)
    row = row.on_conflict_do_update(index_elements=["tenant", "name"], set_={"last": COUNTER.c.last + by})
    return int(connection.execute(row.returning(COUNTER.c.last)).scalar_one())
