"""A disk of its own for the station: a file system in a file, so that also what was deleted can be carved.

Needs the right to mount (root) and ``mke2fs``; without them the folder alone is carved, and that is said.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 512 * 1024 * 1024
"""Bytes; a station lets no visit begin with less than 200 MiB free."""


class Disk:
    """``folder`` to write into; ``bytes`` reads the disk raw, with what was deleted if ``whole``."""

    def __init__(self, folder: Path, image: Path | None) -> None:
        self.folder = folder
        self._image = image

    @property
    def whole(self) -> bool:
        """Whether free blocks can be read as well."""
        return self._image is not None

    def read(self) -> bytes:
        """The files one after another, then the whole disk."""
        files = (one.read_bytes() for one in sorted(self.folder.rglob("*")) if one.is_file())
        live = b"\0".join(files)
        if self._image is None:
            return live
        subprocess.run(["sync", "-f", str(self.folder)], check=True)
        return live + b"\0" + self._image.read_bytes()


@contextmanager
def new_disk(*, mounted: bool = True) -> Iterator[Disk]:
    """A fresh disk with the folders ``tmp`` and ``home``; thrown away at the end."""
    with tempfile.TemporaryDirectory() as place:
        folder, image = Path(place, "disk"), Path(place, "image")
        folder.mkdir()
        mounts = mounted and _mount(image, folder)
        try:
            for name in ("tmp", "home"):
                (folder / name).mkdir()
            yield Disk(folder, image if mounts else None)
        finally:
            if mounts:
                subprocess.run(["umount", str(folder)], check=True)


def _mount(image: Path, folder: Path) -> bool:
    if shutil.which("mke2fs") is None:
        return False
    with image.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mke2fs", "-q", "-t", "ext4", str(image)], check=True)
    return subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=False).returncode == 0
