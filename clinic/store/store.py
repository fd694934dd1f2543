"""The clinic's database, SQLite or PostgreSQL, and the promise that a commit is on the disk.

Opens, migrates and hands out connections. On SQLite there is one writing connection, on PostgreSQL each
worker has its own. It holds no question about visits or people: those are the other modules of this folder.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from clinic.folders import make_folder
from clinic.store import dump
from clinic.store.errors import NotKeptError, StoreAwayError, StoreError
from clinic.store.writers import wait_for_others
from health.keys import sync_folder

FILE = "clinic.db"
MIGRATIONS = Path(__file__).with_name("migrations")
POSTGRESQL = "postgresql"
_DRIVER = "postgresql+psycopg"
# Any number will do, as long as every worker of every clinic of this database takes the same.
_MIGRATING = 7_220_117
_WRITING = 7_220_118
# Rows are people: what goes wrong with one is told without its values (``hide_parameters``).


Transaction: TypeAlias = Connection
"""What a block of ``writing`` or ``reading`` works in, for those outside this folder to hand on."""


class Store:
    """An open database. Threads may share it; ``close`` it once at the end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._one_writer: AbstractContextManager[object] = threading.Lock() if self._sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: kept whole, or forgotten whole when the block raises.

        Raises ``NotKeptError`` or ``StoreAwayError``.
        """
        with _telling(), self._one_writer, self._engine.connect() as connection, connection.begin():
            if self._sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_WRITING})")
            yield connection

    def wait_for_writing(self) -> None:
        """Return when every ``writing`` that is under way now has ended; later ones are not waited for.

        Who then asks the clock, and reads after that, sees all that was written up to that time: a writer
        asks the clock within its own writing. Raises ``StoreBusyError`` when one takes too long.
        """
        if self._sqlite:
            with self._one_writer, self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                connection.rollback()
            return
        wait_for_others(self._engine, _WRITING)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A steady view for questions; it never waits for a writer. Raises as ``writing`` does."""
        with _telling(), self._engine.connect() as connection:
            if not self._sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                if self._sqlite:
                    connection.exec_driver_sql("BEGIN")
                yield connection

    def copy_to(self, file: Path) -> None:
        """Write a consistent copy of the whole database to ``file``, which must not exist.

        A database of SQLite, or a dump of PostgreSQL's own ``pg_dump``. Raises ``StoreError``.
        """
        if not self._sqlite:
            dump.write(self._engine.url, file)
            return
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(file),))
        except DBAPIError as cause:
            raise StoreError(
                f"The database cannot be copied ({_short(cause)}); the copy needs as much room in "
                f"{file.parent.parent} as the database is large, and again where it is put. Free some."
            ) from cause

    def overwrite_what_went(self) -> None:
        """Leave nothing of what was deleted in the log of writes beside a file of SQLite. Waits for readers.

        PostgreSQL overwrites when it clears up by itself (autovacuum, checkpoints).
        """
        if self._sqlite:
            with self._one_writer, self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def copy_name(self) -> str:
        """What a copy of this kind of database is called: ``FILE``, or ``DUMP`` for PostgreSQL."""
        return FILE if self._sqlite else dump.DUMP

    def close(self) -> None:
        """Give the file, or the connections, back."""
        self._engine.dispose()


@contextmanager
def _telling() -> Iterator[None]:
    """PostgreSQL says of a text that it cannot keep it; SQLite keeps every one. Both may be away."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as cause:
        raise StoreAwayError(
            "The database cannot be used just now; see that it runs and that its disk has room."
        ) from cause
    except DataError as cause:
        raise NotKeptError("A text in it is too long, or has a letter (NUL) that is none.") from cause


def open_store(folder: Path, url: str = "") -> Store:
    """Open the database in ``folder``, or at ``url`` (``postgresql://…``), making or migrating it first.

    Raises ``StoreError``.
    """
    return _open_server(url) if url else _open_file(folder)


def _open_file(folder: Path) -> Store:
    file = folder / FILE
    fresh = not file.exists()
    make_folder(folder)
    try:
        engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30}, hide_parameters=True)
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


def _open_server(url: str) -> Store:
    """A PostgreSQL of its own encoding UTF-8. Nothing of ``url`` is repeated: it may hold a password."""
    try:
        where = make_url(url)
    except (ArgumentError, ValueError) as cause:
        raise StoreError(
            "The database address cannot be read; write it like postgresql://host/name."
        ) from cause
    if where.drivername not in {POSTGRESQL, _DRIVER}:
        raise StoreError("The database address must begin with postgresql://, or be left out for SQLite.")
    try:
        engine = create_engine(
            where.set(drivername=_DRIVER),
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        try:
            _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    except (OSError, DBAPIError) as cause:
        raise StoreError(
            "The PostgreSQL database cannot be opened; see that it runs and exists, and that this user "
            "may use it."
        ) from cause
    return Store(engine)


def must_be_sound(file: Path) -> None:
    """Raises ``StoreError`` unless ``file`` is a database of SQLite without a damage that it can see."""
    try:
        engine = create_engine(f"sqlite:///file:{quote(str(file))}?mode=ro&uri=true", poolclass=NullPool)
        with engine.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok"
    except DBAPIError:
        sound = False
    if not sound:
        raise StoreError("The database in this copy is damaged; use another copy.")


def _make_durable(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  (the driver's own type)
    # The driver would open transactions by its own guess; BEGIN is said here, where it is meant.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables to the edition ``to``, inside the transaction of ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as cause:
        # Of what Alembic may say to an upgrade, only an edition that stands in no file of ours is possible.
        raise StoreError(
            "This database was written by newer software; update this one, or restore a copy that it wrote."
        ) from cause


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # Several workers start at once; one migrates, the others find it done.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        # A database that is today's already, as nearly every start finds it, is read and left alone.
        if MigrationContext.configure(connection).get_current_revision() != _newest():
            migrate(connection)


@cache
def _newest() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _short(cause: OSError | DBAPIError) -> str:
    return str(cause.orig) if isinstance(cause, DBAPIError) else str(cause.strerror)
