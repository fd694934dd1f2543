"""A pseudo-terminal whose path stays the same when the plug is pulled and put back.

The path is a link in a folder of its own; pulling the plug closes the instrument's side and takes the link
away, as a USB converter's node goes.
"""

import os
import select
import tempfile
import tty
from pathlib import Path


class Terminal:
    """One end of a wire that can be unplugged. Only its own thread may use it."""

    def __init__(self, name: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kangyi-")
        self._link = Path(self._folder.name) / name
        self._master: int | None = None
        self._slave = -1
        self._wake_read, self._wake_write = os.pipe()

    @property
    def port(self) -> str:
        """The path to open, there only while plugged in."""
        return str(self._link)

    @property
    def plugged(self) -> bool:
        """Whether the port is there."""
        return self._master is not None

    def plug(self) -> None:
        """A new pseudo-terminal under the same path."""
        if self._master is not None:
            return
        master, slave = os.openpty()
        tty.setraw(master)
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._link.symlink_to(os.ttyname(slave))
        self._master = master
        # Held open, or the master would be for ever readable with an error until a host opens its side.
        self._slave = slave

    def unplug(self) -> None:
        """The port vanishes; whoever has it open reads its end."""
        if self._master is None:
            return
        self._link.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = None

    def write(self, data: bytes) -> None:
        """Puts bytes on the wire; what nobody takes is lost, as on a real line."""
        if self._master is None:
            return
        try:
            os.write(self._master, data)
        except OSError:
            return

    def read(self, seconds: float | None) -> bytes:
        """What the host said within ``seconds``; returns early, with nothing, when woken."""
        reading = [self._wake_read] if self._master is None else [self._wake_read, self._master]
        ready, _, _ = select.select(reading, [], [], seconds)
        if self._wake_read in ready:
            os.read(self._wake_read, 64)
        if self._master is None or self._master not in ready:
            return b""
        try:
            return os.read(self._master, 4096)
        except OSError:
            return b""

    def wake(self) -> None:
        """Ends a ``read`` at once. Any thread may call it."""
        os.write(self._wake_write, b".")

    def close(self) -> None:
        """Takes everything away."""
        self.unplug()
        os.close(self._wake_read)
        os.close(self._wake_write)
        self._folder.cleanup()
