"""One station in a data folder: the second one that starts there is told so before it touches anything."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import KioskError

FILE = "station.lock"


class NotAloneError(KioskError):
    """Another station runs on the same data, or nobody can tell."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; freed by the system even when the process is killed."""
    try:
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as wrong:
        raise NotAloneError(
            f"The file {FILE} in {folder} cannot be opened ({wrong.strerror}); see to the disk, and give "
            "what lies there to the user who runs the station (chown -R)."
        ) from wrong
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as busy:
        os.close(handle)
        raise NotAloneError(
            f"Another kiosk runs on the data in {folder}; stop it, or name another folder with --data."
        ) from busy
    try:
        yield
    finally:
        os.close(handle)
