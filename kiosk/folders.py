"""The folders the station is told to work in: made when they are missing, refused in one sentence.

Only the station's own user may look into them. It must not clean up or touch what lies there.
"""

import os
from pathlib import Path

from kiosk.errors import KioskError

OWN = "own"
NONE = "none"
"""Words for a clinic that is no address: one of the demonstration's own, and none."""


class FolderError(KioskError):
    """No folder can be had at the path that was given."""


def place_of(data: Path, clinic: str, *, demo: bool) -> Path:
    """Where a station keeps what is its own. A demonstration keeps a folder a clinic, so that trying another
    one mixes nothing."""
    if not demo:
        return data
    if clinic in (OWN, NONE):
        return data / "demo"
    import hashlib  # noqa: PLC0415 - it brings a library of ciphers that the first picture need not wait for

    return data / f"demo-{hashlib.sha256(clinic.encode()).hexdigest()[:8]}"


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


def must_be_no_file(path: Path) -> None:
    """Raises ``FolderError`` where something that is no folder lies at ``path``; nothing there is no harm."""
    try:
        taken = path.exists() and not path.is_dir()
    except OSError:  # a name that is too long, a place that may not be looked into
        taken = True
    if taken:
        raise FolderError(f"{path} is no folder; name the folder of a station.")
