"""Waits on PostgreSQL until those who were writing have done, without holding up anybody who begins later."""

import time

from sqlalchemy import Engine

from clinic.store.errors import StoreBusyError

LONGEST_S, _AGAIN_S = 10.0, 0.005
_WHO = """SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = {}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def wait_for_others(engine: Engine, lock: int, longest_s: float = LONGEST_S) -> None:
    """Return when whoever shares the advisory ``lock`` now has let go of it. Raises ``StoreBusyError``."""
    end = time.monotonic() + longest_s
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

        def holders() -> set[str]:
            return set(connection.exec_driver_sql(_WHO.format(lock)).scalars())

        waited_for = holders()
        while waited_for:
            if time.monotonic() > end:
                raise StoreBusyError("The database is being written to for long; ask again.")
            time.sleep(_AGAIN_S)
            waited_for &= holders()
