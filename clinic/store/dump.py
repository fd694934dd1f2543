"""A PostgreSQL database as one file, by PostgreSQL's own programs; they alone know all of it.

Nothing that they say is repeated: it may name a row. A password is no part of an address (``settings``).
"""

import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, make_url

from clinic.store.errors import StoreError

DUMP = "clinic.dump"
_LONGEST_S = 3600


def write(url: URL, file: Path) -> None:
    """The database at ``url``, as it is at this moment, into ``file``. Raises ``StoreError``."""
    if not _done("pg_dump", "--format=custom", f"--file={file}", f"--dbname={_plain(url)}"):
        raise StoreError(
            "pg_dump could not copy the database; see that it is as new as the server and has room."
        )


def put_back(url: str, file: Path) -> None:
    """The dump ``file`` into the empty database at ``url``, all or nothing. Raises ``StoreError``."""
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    if not _done("pg_restore", *whole, f"--dbname={_plain(make_url(url))}", str(file)):
        raise StoreError(
            "pg_restore could not put the copy back; name a new, empty database that this user may change."
        )


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _done(program: str, *words: str) -> bool:
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{program} is not here; install Debian's postgresql-client.")
    try:
        ran = subprocess.run(  # noqa: S603 (a program of Debian, words of our own)
            [found, "--no-password", *words], capture_output=True, check=False, timeout=_LONGEST_S
        )
    except subprocess.TimeoutExpired as cause:
        raise StoreError(f"{program} did not end within an hour; see to the database.") from cause
    return ran.returncode == 0
