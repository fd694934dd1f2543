"""The folders a clinic is told to work in: made when they are missing, refused in one sentence.

Only the server's own user may look into them. It must not clean up or touch what lies there.
"""

import os
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
