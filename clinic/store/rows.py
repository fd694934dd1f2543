"""What SQLite and PostgreSQL say differently and the stores need alike: insert-or, and counting up.

It knows no table but the counter's. Statements that every envelope needs are built once for each kind of
database: building them anew would cost more than the database does.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Executable, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from clinic.store.tables import COUNTER

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert

VISITS, TRAIL, PHONES, RESTORED = "visits", "trail", "phones", "restored"


def upsert(connection: Connection, table: Table) -> Upsert:
    """An insert into ``table`` that can say what happens when the key is taken."""
    return upsert_for(connection.dialect.name, table)


def upsert_for(dialect: str, table: Table) -> Upsert:
    """The same for the kind of database of that name, to be built once and kept."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def insert_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Insert ``row``; False where its key is taken, and then nothing has changed."""
    return connection.execute(_insert_new(connection.dialect.name, table), row).rowcount == 1


def count_up(connection: Connection, tenant: str, name: str, by: int = 1) -> int:
    """The last of the next ``by`` numbers called ``name``, in the order in which transactions are kept.

    The row it changes stays locked until the transaction ends: whoever counts waits for the one before. So
    no reader ever sees a number while a smaller one is still to come.
    """
    row = {"tenant": tenant, "name": name, "last": by, "by": by}
    return int(connection.execute(_count_up(connection.dialect.name), row).scalar_one())


def counted(connection: Connection, tenant: str, name: str) -> int:
    """The last number called ``name`` that was given out, 0 before the first."""
    asked = select(COUNTER.c.last).where(COUNTER.c.tenant == tenant, COUNTER.c.name == name)
    return int(connection.execute(asked).scalar_one_or_none() or 0)


@cache
def _insert_new(dialect: str, table: Table) -> Any:  # noqa: ANN401  (an insert of either dialect)
    # PostgreSQL's driver does not tell how many rows an insert made unless it is asked to.
    return upsert_for(dialect, table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _count_up(dialect: str) -> Executable:
    row = upsert_for(dialect, COUNTER).values({name: bindparam(name) for name in ("tenant", "name", "last")})
    more = {"last": COUNTER.c.last + bindparam("by")}
    return row.on_conflict_do_update(index_elements=["tenant", "name"], set_=more).returning(COUNTER.c.last)
