"""A copy of everything a clinic cannot do without: its database and its keys, in one file.

A copy of a demonstration stays one. The copy holds the keys and every record in clear: whoever stores it must
lock it away like the server. A restore writes into an empty place only, so it never destroys what is there.
"""

import io
import lzma
import os
import tarfile
import tempfile
import zlib
from pathlib import Path

from clinic.errors import ClinicError
from clinic.folders import make_folder
from clinic.keyring import FOLDER, MATCHING, RECOVERY_PUBLIC, RETIRED, SIGNING, WORKING, names_of
from clinic.store import dump
from clinic.store.errors import StoreError
from clinic.store.store import FILE, Store
from health.keys import sync_folder

_DEMO = "demo"
_NEEDED = frozenset(f"{FOLDER}/{name}" for name in (WORKING, RECOVERY_PUBLIC, SIGNING))


class BackupError(ClinicError):
    """A copy that cannot be written or used."""


def backup(store: Store, data: Path, file: Path) -> None:
    """Write database and keys of ``data`` to the new ``file``, while the server may run.

    The recovery secret is not in it: that one belongs into a safe. Raises ``BackupError``, and ``StoreError``
    where the database cannot be copied; then there is no ``file``.
    """
    try:
        with tempfile.TemporaryDirectory(dir=data) as folder, file.open("xb") as out:
            file.chmod(0o600)
            copy = Path(folder) / store.copy_name
            try:
                store.copy_to(copy)
            except StoreError:
                file.unlink()
                raise
            with tarfile.open(fileobj=out, mode="w") as tar:
                tar.add(copy, copy.name)
                for name in names_of(data):
                    tar.add(data / FOLDER / name, f"{FOLDER}/{name}")
                if (data / _DEMO).exists():
                    tar.add(data / _DEMO, _DEMO)
            out.flush()
            os.fsync(out.fileno())
        sync_folder(file.absolute().parent)
    except FileExistsError as cause:
        raise BackupError(f"There is a file {file} already; name another.") from cause
    except OSError as cause:
        raise BackupError(
            f"The copy {file} cannot be written ({cause.strerror}); name another place."
        ) from cause


def restore(file: Path, data: Path, database: str = "") -> None:
    """Put the copy in ``file`` back into the empty folder ``data``, and the empty ``database`` of a server.

    Raises ``BackupError``, and ``StoreError`` where that database cannot take it.
    """
    if (data / FILE).exists() or (data / FOLDER).exists():
        raise BackupError(f"There is a clinic in {data} already; restore into an empty folder.")
    contents = _read(file)
    if (dump.DUMP in contents) is not bool(database):
        kind = "PostgreSQL; name its database in the settings" if not database else "SQLite; name no database"
        raise BackupError(f"{file} is the copy of a clinic on {kind}.")
    make_folder(data / FOLDER)
    try:
        if database:
            _put_back(contents.pop(dump.DUMP), data, database)
        for name, content in contents.items():
            with (data / name).open("xb") as out:
                (data / name).chmod(0o600)
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        sync_folder(data / FOLDER)
        sync_folder(data)
    except OSError as cause:
        raise BackupError(
            f"The copy cannot be restored into {data} ({cause.strerror}); see to its disk."
        ) from cause


def _put_back(content: bytes, data: Path, database: str) -> None:
    with tempfile.TemporaryDirectory(dir=data) as folder:
        copy = Path(folder) / dump.DUMP
        copy.write_bytes(content)
        dump.put_back(database, copy)


def _is_whole(names: set[str]) -> bool:
    """Exactly what a copy has, so that no member can name another place."""
    more = names - _NEEDED - {_DEMO, f"{FOLDER}/{MATCHING}"}
    more = {name for name in more if not _is_retired(name)}
    return names >= _NEEDED and more in ({FILE}, {dump.DUMP})


def _is_retired(name: str) -> bool:
    folder, _, key = name.partition("/")
    return folder == FOLDER and RETIRED.fullmatch(key) is not None


def _read(file: Path) -> dict[str, bytes]:
    """The members by name."""
    try:
        with tarfile.open(fileobj=io.BytesIO(file.read_bytes())) as tar:
            found = {}
            for member in tar.getmembers():
                part = tar.extractfile(member) if member.isfile() else None
                if part is not None:
                    found[member.name] = part.read()
    except OSError as cause:
        raise BackupError(f"The copy {file} cannot be read ({cause.strerror}); name another file.") from cause
    except (tarfile.TarError, EOFError, ValueError, zlib.error, lzma.LZMAError) as cause:
        raise BackupError(
            f"{file} is no copy of a clinic; name a file that `clinic backup` wrote."
        ) from cause
    if not _is_whole(set(found)):
        raise BackupError(f"{file} is no whole copy of a clinic; use another one.")
    return found
