"""The folders a clinic is told to work in: made when they are missing, refused in one sentence.

Only the server's own user may look into them. It must not clean up or touch what lies there.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic.errors import ClinicError


class FolderError(ClinicError):
    """No folder can be had at the path that was given."""


def make_folder(path: Path) -> None:
    """A folder at ``path`` that can be written into, made with mode 0700. Raises ``FolderError``."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as cause:
        file = next((one for one in (path, *path.parents) if one.exists()), path)
        raise FolderError(f"{file} is a file where a folder is needed; name another.") from cause
    except (OSError, ValueError) as cause:
        raise FolderError(f"No folder can be made at {path}; name another or see to the rights.") from cause
    if not os.access(path, os.W_OK | os.X_OK):
        raise FolderError(f"Nothing can be written into {path}; name another folder or see to its rights.")


@contextmanager
def alone(data: Path, doing: str, trouble: str, *, patience_s: float = 0.0) -> Iterator[None]:
    """Nobody else does this in the folder ``data`` meanwhile, in any process. Ends with the process.

    Raises ``FolderError`` with the sentence ``trouble`` where somebody does, after waiting for so long.
    """
    make_folder(data)
    handle = os.open(data / f"{doing}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        ends = time.monotonic() + patience_s
        while not _locked(handle):
            if time.monotonic() >= ends:
                raise FolderError(trouble)
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
