"""The folders the station is told to work in: made when they are missing, refused in one sentence.

Only the station's own user may look into them. It must not clean up or touch what lies there.
"""

import os
from pathlib import Path

from kiosk.errors import KioskError


class FolderError(KioskError):
    """No folder can be had at the path that was given."""


def make_folder(path: Path) -> None:
    """A folder at ``path`` that can be written into, mode 0700 when it is made here. Raises ``FolderError``."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as cause:
        raise FolderError(f"{path} is in the way of a folder: a file lies there; name another.") from cause
    except (OSError, ValueError) as cause:
        raise FolderError(f"No folder can be made at {path}; name another or see to the rights.") from cause
    if not os.access(path, os.W_OK | os.X_OK):
        raise FolderError(f"Nothing can be written into {path}; name another folder or see to its rights.")
