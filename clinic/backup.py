"""A copy of everything a clinic cannot do without: its database and its keys, in one file.

The copy holds the keys and every record in clear: whoever stores it must lock it away like the server. A
restore writes into an empty place only, so it can never destroy what is there.
"""

import io
import lzma
import tarfile
import tempfile
import zlib
from pathlib import Path

from clinic.errors import ClinicError
from clinic.folders import make_folder
from clinic.keyring import FOLDER, RECOVERY_PUBLIC, SIGNING, WORKING
from clinic.store.store import FILE, Store
from health.keys import sync_folder

_KEYS = tuple(f"{FOLDER}/{name}" for name in (WORKING, RECOVERY_PUBLIC, SIGNING))
_MEMBERS = (FILE, *_KEYS)


class BackupError(ClinicError):
    """A copy that cannot be written or used."""


def backup(store: Store, data: Path, file: Path) -> None:
    """Write database and keys of ``data`` to the new ``file``, while the server may run.

    The recovery secret is not in it: that one belongs into a safe. Raises ``BackupError``; and ``StoreError``
    where the database is a server's, before anything is written.
    """
    store.must_copy()
    try:
        with tempfile.TemporaryDirectory(dir=data) as folder, file.open("xb") as out:
            file.chmod(0o600)
            copy = Path(folder) / FILE
            store.copy_to(copy)
            with tarfile.open(fileobj=out, mode="w") as tar:
                tar.add(copy, FILE)
                for name in _KEYS:
                    tar.add(data / name, name)
        sync_folder(file.absolute().parent)
    except FileExistsError as cause:
        raise BackupError(f"There is a file {file} already; name another.") from cause
    except OSError as cause:
        raise BackupError(
            f"The copy {file} cannot be written ({cause.strerror}); name another place."
        ) from cause


def restore(file: Path, data: Path) -> None:
    """Put the copy in ``file`` back into the empty folder ``data``. Raises ``BackupError``."""
    if (data / FILE).exists() or (data / FOLDER).exists():
        raise BackupError(f"There is a clinic in {data} already; restore into an empty folder.")
    contents = _read(file)
    make_folder(data / FOLDER)
    try:
        for name, content in contents.items():
            with (data / name).open("xb") as out:
                (data / name).chmod(0o600)
                out.write(content)
        sync_folder(data / FOLDER)
        sync_folder(data)
    except OSError as cause:
        raise BackupError(
            f"The copy cannot be restored into {data} ({cause.strerror}); see to its disk."
        ) from cause


def _read(file: Path) -> dict[str, bytes]:
    """The members by name; exactly those a copy has, so that no member can name another place."""
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
    if set(found) != set(_MEMBERS):
        raise BackupError(f"{file} is no whole copy of a clinic; use another one.")
    return found
