"""A relay at a serial line: it is closed for some seconds and opened again, to ring where staff are.

Three kinds. ``rts`` and ``dtr``: an output of the adapter itself switches a relay or an optocoupler. ``lc``:
a USB relay of LC Technology and the many like it, told by four bytes. The port is opened for each ring and
closed behind it, so an adapter that was pulled out and put back needs nothing. It must not be asked for
anything: no kind of relay says whether it moved. None of the three was ever tried on real hardware.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from devices.line import lead
from devices.model import PortSettings
from devices.ports import check
from devices.relay_kind import RelayKind

LC_CLOSE, LC_OPEN = bytes.fromhex("a00101a2"), bytes.fromhex("a00100a1")
"""LC Technology "LC USB switch": A0, the relay's number, 01 to close or 00 to open, and the sum of the three,
at 9600 8N1. From pages of those who sell it (optimusdigital.ro 12595, openimpulse.com LCT35530589799); the
maker's own sheet was not seen."""
TRIES = 5
PAUSE_S = 1.0
"""How often a port that does not open is tried for one ring, and the seconds between."""

log = logging.getLogger(__name__)


class Lead(Protocol):
    """An open port that is only told."""

    rts: bool
    dtr: bool

    def write(self, data: bytes, /) -> int | None:
        """Say bytes."""

    def flush(self) -> None:
        """Wait until they are out."""

    def close(self) -> None:
        """Close the port."""


class Relay:
    """One relay. ``url`` is a name of ``devices.ports``; ``connect`` opens it with both outputs off.

    Raises ``PortNameError`` for a name that can be none.
    """

    def __init__(
        self, url: str, kind: RelayKind, connect: Callable[[str, PortSettings], Lead] = lead
    ) -> None:
        self._url = check(url)
        self._kind = kind
        self._connect = connect
        self._rings: deque[float] = deque(maxlen=1)
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def open(self) -> None:
        """Starts the thread and returns at once; no port is opened before the first ring."""
        self._thread.start()

    def ring(self, seconds: float) -> None:
        """Close the relay for ``seconds``; returns at once. A ring that still waits is replaced."""
        self._rings.append(seconds)
        self._wanted.set()

    def close(self) -> None:
        """Opens the relay and ends the thread."""
        self._stopping.set()
        self._wanted.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wanted.wait()
            self._wanted.clear()
            while self._rings and not self._stopping.is_set():
                self._ring_once(self._rings.popleft())

    def _ring_once(self, seconds: float) -> None:
        for _ in range(TRIES):
            try:
                with self._closed():
                    self._stopping.wait(seconds)
            except Exception as wrong:  # noqa: BLE001 - the edge of this thread: the call stands on the screen
                log.warning("The relay of the call could not be switched: %s", type(wrong).__name__)
            else:
                return
            if self._stopping.wait(PAUSE_S):
                return

    @contextmanager
    def _closed(self) -> Iterator[None]:
        """The relay is closed inside."""
        port = self._connect(self._url, PortSettings())
        try:
            self._switch(port, on=True)
            try:
                yield
            finally:
                self._switch(port, on=False)
        finally:
            port.close()

    def _switch(self, port: Lead, *, on: bool) -> None:
        if self._kind is RelayKind.RTS:
            port.rts = on
        elif self._kind is RelayKind.DTR:
            port.dtr = on
        else:
            port.write(LC_CLOSE if on else LC_OPEN)
            port.flush()
