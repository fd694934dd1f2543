"""A copy of everything a clinic cannot do without: its database and its keys, in one file.

A copy of a demonstration stays one. The copy holds the keys and every record in clear: whoever stores it must
lock it away like the server. It has its name only once it is whole. A restore writes into an empty place
only, so it never destroys what is there, and puts nothing in place before all of it is on the disk.
"""

import errno
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic.errors import ClinicError
from clinic.folders import alone, make_folder
from clinic.keyring import FOLDER, MATCHING, RECOVERY_PUBLIC, RETIRED, SIGNING, WORKING, names_of
from clinic.store import dump
from clinic.store.store import FILE, Store, must_be_sound
from health.keys import sync_folder

TRAIL = "trail"
"""The member that says where the trail of who did what ended: a number and a hash."""
_DEMO = "demo"
_NEEDED = frozenset(f"{FOLDER}/{name}" for name in (WORKING, RECOVERY_PUBLIC, SIGNING))
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PIECE = 1024 * 1024
_COPYING, _RESTORING = ".copying-", ".restoring-"


class BackupError(ClinicError):
    """A copy that cannot be written or used."""


def backup(store: Store, data: Path, file: Path, trail: str = "") -> None:
    """Write database and keys of ``data`` to the new ``file``, while the server may run.

    ``trail`` says where the trail of who did what ends now. The recovery secret is not in it: that one
    belongs into a safe. Raises ``BackupError``, and ``StoreError`` where the database cannot be copied; then
    there is no ``file``, whatever happened.
    """
    if file.exists():
        raise BackupError(f"There is a file {file} already; name another.")
    part = file.with_name(f"{file.name}.part")
    with alone(data, "copying", "Another copy is being made just now; wait for it."), _told(file, data):
        try:
            with _room_in(data, _COPYING) as folder, part.open("wb") as out:
                part.chmod(0o600)
                _write(store, data, folder, out, trail)
                out.flush()
                os.fsync(out.fileno())
            part.rename(file)
            sync_folder(file.absolute().parent)
        finally:
            part.unlink(missing_ok=True)


def restore(file: Path, data: Path, database: str = "") -> None:
    """Put the copy in ``file`` back into the empty folder ``data``, and the empty ``database`` of a server.

    It takes as much room as the copy, and no memory. Raises ``BackupError``, and ``StoreError`` where that
    database cannot take it or the copy of it is damaged.
    """
    if (data / FILE).exists() or (data / FOLDER).exists():
        raise BackupError(f"There is a clinic in {data} already; restore into an empty folder.")
    names = members(file)
    if (dump.DUMP in names) is not bool(database):
        kind = "PostgreSQL; name its database in the settings" if not database else "SQLite; name no database"
        raise BackupError(f"{file} is the copy of a clinic on {kind}.")
    make_folder(data)
    with _told(data, data), _room_in(data, _RESTORING) as folder:
        _unpack(file, folder)
        if database:
            dump.put_back(database, folder / dump.DUMP)
        else:
            must_be_sound(folder / FILE)
        for name in (FILE, _DEMO, FOLDER):
            if (folder / name).exists():
                (folder / name).rename(data / name)
        sync_folder(data)


def members(file: Path) -> tuple[str, ...]:
    """The names in a copy, if it is whole: exactly those a copy has, so that none names another place.

    Raises ``BackupError``.
    """
    with _read(file) as tar:
        names = tuple(member.name for member in tar if member.isfile())
    if len(set(names)) != len(names) or not _is_whole(set(names)):
        raise BackupError(f"{file} is no whole copy of a clinic; use another one.")
    return names


def trail_in(file: Path) -> str:
    """What a copy says of where the trail ended, empty where it says nothing. Raises ``BackupError``."""
    members(file)
    with _read(file) as tar:
        for member in tar:
            part = tar.extractfile(member) if member.name == TRAIL else None
            if part is not None:
                return part.read(256).decode("ascii", "replace").strip()
    return ""


def _write(store: Store, data: Path, folder: Path, out: io.BufferedWriter, trail: str) -> None:
    copy = folder / store.copy_name
    store.copy_to(copy)
    (folder / TRAIL).write_text(trail, "ascii")
    with tarfile.open(fileobj=out, mode="w") as tar:
        tar.add(copy, copy.name)
        tar.add(folder / TRAIL, TRAIL)
        for name in names_of(data):
            tar.add(data / FOLDER / name, f"{FOLDER}/{name}")
        if (data / _DEMO).exists():
            tar.add(data / _DEMO, _DEMO)


def _unpack(file: Path, folder: Path) -> None:
    (folder / FOLDER).mkdir(mode=0o700)
    with _read(file) as tar:
        for member in tar:
            part = tar.extractfile(member) if member.isfile() else None
            if part is None:
                continue
            with (folder / member.name).open("xb") as out:
                (folder / member.name).chmod(0o600)
                shutil.copyfileobj(part, out, _PIECE)
                out.flush()
                os.fsync(out.fileno())
    sync_folder(folder / FOLDER)


@contextmanager
def _room_in(data: Path, name: str) -> Iterator[Path]:
    """A folder to work in; what a power cut left of an earlier one, everything in clear, goes first."""
    for old in data.glob(f"{name}*"):
        shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=name) as folder:
        yield Path(folder)


@contextmanager
def _told(place: Path, data: Path) -> Iterator[None]:
    """What the disk does not do, as a sentence that says what to do."""
    try:
        yield
    except OSError as cause:
        if cause.errno in _NO_ROOM:
            raise BackupError(
                f"There is no room: this needs as much as the database is large, in {data} and again at "
                f"{place}. Free some, or name another place; nothing half-done was left."
            ) from cause
        raise BackupError(
            f"The copy cannot be written at {place} ({cause.strerror}); see to its disk and rights, or name "
            "another place."
        ) from cause


@contextmanager
def _read(file: Path) -> Iterator[tarfile.TarFile]:
    """A copy, to be read a piece at a time."""
    try:
        tar = tarfile.open(file, "r:")  # noqa: SIM115 (closed below)
    except OSError as cause:
        raise BackupError(f"The copy {file} cannot be read ({cause.strerror}); name another file.") from cause
    except (tarfile.TarError, EOFError, ValueError) as cause:
        raise _no_copy(file) from cause
    with tar:
        try:
            yield tar
        except (tarfile.TarError, EOFError, ValueError) as cause:
            raise _no_copy(file) from cause


def _no_copy(file: Path) -> BackupError:
    return BackupError(f"{file} is no copy of a clinic; name a file that `clinic backup` wrote.")


def _is_whole(names: set[str]) -> bool:
    more = names - _NEEDED - {_DEMO, TRAIL, f"{FOLDER}/{MATCHING}"}
    more = {name for name in more if not _is_retired(name)}
    return names >= _NEEDED and more in ({FILE}, {dump.DUMP})


def _is_retired(name: str) -> bool:
    folder, _, key = name.partition("/")
    return folder == FOLDER and RETIRED.fullmatch(key) is not None
