"""Which device file an instrument's port is at this moment: found by a name that stays, never guessed.

A name is a path (``/dev/serial/by-id/…`` best, ``/dev/serial/by-path/…`` where adapters have no serial
number), a URL of pyserial, or ``usb:VID:PID[:SERIAL][@SOCKET]``: ``usb:10c4:ea60:0001``,
``usb:10c4:ea60@1-1.2``. Where two ports answer to one name nobody knows which instrument is which, so neither
is opened. Pure but for looking at device files; what is plugged in is handed in.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from devices.errors import DeviceError

USB = "usb:"
BY_ID = "/dev/serial/by-id/"
_NAME = re.compile(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::([^\s:@/]+))?(?:@([0-9][0-9.:-]*))?")


class PortNameError(DeviceError):
    """A port's name that cannot be one."""


class AbsentPortError(DeviceError):
    """Nothing of that name is plugged in."""


class AmbiguousPortError(DeviceError):
    """More than one port answers to the name; ``paths`` are theirs."""

    def __init__(self, name: str, paths: tuple[str, ...]) -> None:
        super().__init__(
            f"{len(paths)} ports answer to {name} ({', '.join(paths)}); name each by its socket, "
            "usb:VID:PID@SOCKET or /dev/serial/by-path/…"
        )
        self.paths = paths


class Port(msgspec.Struct, frozen=True):
    """One serial port that is plugged in. ``socket``: where, as ``1-1.2``; None where it is no USB port."""

    path: str
    vid: int | None = None
    pid: int | None = None
    serial: str | None = None
    socket: str | None = None

    @property
    def name(self) -> str:
        """The name to write into the settings: by serial number, else by socket, else the path."""
        if self.vid is None or self.pid is None:
            return self.path
        end = f":{self.serial}" if self.serial else f"@{self.socket}"
        return f"{USB}{self.vid:04x}:{self.pid:04x}{end}"


def check(name: str) -> str:
    """The name itself. Raises ``PortNameError`` where it begins as a USB name and goes on otherwise."""
    if name.startswith(USB) and _NAME.fullmatch(name) is None:
        raise PortNameError(f"{name!r} names no port; write usb:10c4:ea60:SERIAL or usb:10c4:ea60@1-1.2.")
    return name


def find(name: str, present: Sequence[Port]) -> str:
    """The path or URL to open now.

    Raises ``AbsentPortError`` where nothing of that name is there, ``AmbiguousPortError`` where two are:
    adapters without serial numbers of their own share one name under ``by-id``, whichever came last.
    """
    if name.startswith(USB):
        return _only(name, [port for port in present if _answers(port, check(name))])
    if name.startswith(BY_ID):
        return _not_one_of_twins(name, present)
    return name


def _only(name: str, found: Sequence[Port]) -> str:
    if not found:
        raise AbsentPortError(f"Nothing answers to {name}; check cable and power.")
    if len(found) > 1:
        raise AmbiguousPortError(name, tuple(port.path for port in found))
    return found[0].path


def _answers(port: Port, name: str) -> bool:
    wanted = _NAME.fullmatch(name)
    if wanted is None or port.vid is None or port.pid is None:
        return False
    vid, pid, serial, socket = wanted.groups()
    return (
        (port.vid, port.pid) == (int(vid, 16), int(pid, 16))
        and serial in (None, port.serial)
        and socket in (None, port.socket)
    )


def _not_one_of_twins(name: str, present: Sequence[Port]) -> str:
    path = os.path.realpath(name)
    mine = next((port for port in present if port.path == path), None)
    if mine is None or mine.vid is None:
        return name
    twins = [port for port in present if _plugs(port) == _plugs(mine) and _device(port) != _device(mine)]
    if twins:
        raise AmbiguousPortError(name, (mine.path, *(port.path for port in twins)))
    return name


def _plugs(port: Port) -> tuple[int | None, int | None, str | None]:
    return (port.vid, port.pid, port.serial)


def _device(port: Port) -> str | None:
    """The socket of the whole device: an adapter with four ports has four interfaces behind one plug."""
    return None if port.socket is None else port.socket.partition(":")[0]


class Trace(msgspec.Struct, frozen=True):
    """What a device file looked like; another one is worth another try at once."""

    device: int
    inode: int
    rdevice: int
    changed: int


def trace(path: str) -> Trace | None:
    """Of the device file that is there now."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return Trace(found.st_dev, found.st_ino, found.st_rdev, found.st_ctime_ns)
