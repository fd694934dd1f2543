"""A PostgreSQL of Debian for the tests: its own folder, a socket in it, no port, gone with the test run.

Started as an unprivileged user, because it refuses to run as root. Where it is not installed the tests that
need it are skipped by name.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

_NUMBERS = count(1)
_LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SHAPE = """SELECT attrelid::regclass::text, attname, atttypid, version_num FROM alembic_version, pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    ORDER BY 1, 2"""
_UNSAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "jit=off")


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    where = shutil.which("postgres")
    return None if where is None else Path(where).resolve().parent


@dataclass(slots=True)
class Server:
    """A running server. ``durable`` keeps what a commit promises, as in a clinic; the tests do without."""

    folder: Path
    user: str
    _shapes: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """The address of one of its databases, as the settings of a clinic name it."""
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def database(self, template: str = "template0") -> str:
        """A new database, copied from ``template``; its name."""
        name = f"clinic_{next(_NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def emptied(self, name: str, like: str) -> bool:
        """Take every row out of a database made from ``like``; False when it has another shape by now."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(_LEAVE)
            tables = [sql.Identifier(table) for (table,) in connection.execute(_TABLES).fetchall()]
            deletes = [sql.SQL("DELETE FROM {}").format(table) for table in tables]
            in_any_order = sql.SQL("SET session_replication_role = replica")
            connection.execute(sql.SQL("; ").join([in_any_order, *deletes]))
            return self._shape(connection) == self.shape_of(like)

    def shape_of(self, name: str) -> list[tuple[object, ...]]:
        """Every column of every table, and the edition; asked once, for nobody changes a template."""
        if name not in self._shapes:
            with psycopg.connect(self.url(name), autocommit=True) as connection:
                self._shapes[name] = self._shape(connection)
        return self._shapes[name]

    @staticmethod
    def _shape(connection: psycopg.Connection) -> list[tuple[object, ...]]:
        return connection.execute(_SHAPE).fetchall()


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Runs a server until the block ends. There must be ``binaries``."""
    bin_ = binaries()
    assert bin_ is not None
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="kangyi-pg-"))
    try:
        os.chown(folder, user.pw_uid, user.pw_gid)
        made = ["-D", "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        with _started(user, folder, bin_ / "initdb", *made) as making:
            assert making.wait(120) == 0, _said(folder)
        unsafe = [word for option in _UNSAFE for word in ("-c", option)]
        options = ("-D", "data", "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}")
        with _started(user, folder, bin_ / "postgres", *options, *(() if durable else unsafe)) as running:
            try:
                _wait(bin_, folder, user.pw_name)
                yield Server(folder, user.pw_name)
            finally:
                running.send_signal(signal.SIGINT)  # ends its connections and stops
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(
    user: pwd.struct_passwd, folder: Path, *command: str | Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, user=user.pw_uid, group=user.pw_gid, extra_groups=[]
        )
        if os.getuid() == 0
        else subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as running,
    ):
        yield running


def _said(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8", errors="replace")


def _unprivileged() -> pwd.struct_passwd:
    """The user of this process, or, for root, the one that Debian's package made."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    return next(one for one in pwd.getpwall() if one.pw_name in {"postgres", "nobody"})


def _wait(bin_: Path, folder: Path, user: str) -> None:
    for _ in range(600):
        ready = [str(bin_ / "pg_isready"), "-q", "-h", str(folder), "-U", user, "-d", "postgres", "-t", "1"]
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise AssertionError(_said(folder))
