"""The demonstration's own clinic: a child process that ends with the station.

The two meet on the wire only, as everywhere; the child prints one line that says where it is.
"""

import json
import subprocess
import sys
from pathlib import Path

import msgspec

from devices.reading import Confidential
from kiosk.errors import KioskError

MAIN = Path(__file__).resolve().parent.parent / "main.py"


class DemoClinicError(KioskError):
    """The local clinic did not start."""


class Told(Confidential, msgspec.Struct, frozen=True):
    """What the child said when it was ready: where it listens, a one-time page for staff, a bearer token."""

    url: str
    staff_url: str
    token: str


class DemoClinic:
    """A clinic on loopback that keeps its data in ``data``; ``port`` 0 lets the system choose."""

    def __init__(self, data: Path, port: int = 0) -> None:
        command = [sys.executable, str(MAIN), "clinic", "--demo", "--until-eof"]
        command += ["--data", str(data), "--port", str(port)]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program, no shell
        self.told = self._first_line()

    def close(self) -> None:
        """End it and wait for it."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._child.stdout is not None:
            self._child.stdout.close()

    def _first_line(self) -> Told:
        line = self._child.stdout.readline() if self._child.stdout is not None else b""
        try:
            said = json.loads(line)
            return Told(url=said["url"], staff_url=said["staff_url"], token=said["token"])
        except (ValueError, KeyError, TypeError) as silent:
            self.close()
            raise DemoClinicError(
                "The local clinic did not start; run `python main.py clinic --demo` to see why."
            ) from silent
