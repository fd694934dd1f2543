"""The clinic's database: one file, one writing connection, and the promise that a commit is on the disk.

Opens, migrates and hands out connections. It holds no question about visits or people: those are the other
modules of this folder.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from clinic.errors import ClinicError
from clinic.folders import make_folder
from health.keys import sync_folder

FILE = "clinic.db"
MIGRATIONS = Path(__file__).with_name("migrations")


Transaction: TypeAlias = Connection
"""What a block of ``writing`` or ``reading`` works in, for those outside this folder to hand on."""


class StoreError(ClinicError):
    """The database cannot be opened or is of another edition."""


class Store:
    """An open database. Threads may share it; ``close`` it once at the end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_writer = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the one writer: kept whole, or forgotten whole when the block raises."""
        with self._one_writer, self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A steady view for questions; it never waits for the writer."""
        with self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")
            yield connection

    def copy_to(self, file: Path) -> None:
        """Write a consistent copy of the whole database to ``file``, which must not exist."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(file),))

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()


def open_store(folder: Path) -> Store:
    """Open the database in ``folder``, making or migrating it first. Raises ``StoreError``."""
    file = folder / FILE
    fresh = not file.exists()
    make_folder(folder)
    try:
        engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30})
        event.listen(engine, "connect", _make_durable)
        _migrate(engine)
        if fresh:
            file.chmod(0o600)
            sync_folder(folder)
    except (OSError, DBAPIError) as cause:
        why = _short(cause)
        raise StoreError(
            f"The database {file} cannot be opened: {why}. Check the folder and its disk."
        ) from cause
    return Store(engine)


def _make_durable(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  (the driver's own type)
    # The driver would open transactions by its own guess; BEGIN is said here, where it is meant.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _short(cause: OSError | DBAPIError) -> str:
    return str(cause.orig) if isinstance(cause, DBAPIError) else str(cause.strerror)
