"""Room set aside on the disk, so that a visit that was begun can be kept when everything else is full.

A file of no meaning beside the ledger. When the disk refuses a write the desk lets go of it and tries once
more; it is made again when there is room for new visits. Nothing is ever written into it.
"""

import os
from pathlib import Path

FILE = "ledger.reserve"
SIZE = 8 * 1024 * 1024
"""Bytes: some hundred visits of a few kilobytes, each written twice."""


class Reserve:
    """The reserve of the ledger in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def make(self) -> None:
        """Set the room aside, unless it is. A disk that refuses has none to set aside."""
        if self._file.exists():
            return
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(handle, 0, SIZE)
        except OSError:
            self._file.unlink()
        finally:
            os.close(handle)

    def let_go(self) -> bool:
        """Give the room to whoever needs it now. Returns whether there was any."""
        try:
            self._file.unlink()
        except OSError:
            return False
        return True
