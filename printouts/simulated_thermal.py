"""A thermal printer from the other end of the wire: ESC/POS over TCP or a serial line, with faults.

It reads the commands a slip is made of and answers the status requests. It keeps its slips in memory as dots;
it must not be reachable from another machine, and shares no code with what drives it.
"""

import os
import socket
import threading
import tty
from collections.abc import Callable
from enum import StrEnum

import msgspec

_DLE_EOT, _GS_V0, _GS_V, _GS_R, _ESC_INIT = b"\x10\x04", b"\x1dv0", b"\x1dV", b"\x1dr", b"\x1b@"
_READY = 0x12
_FEED = b"\x1bd"


class ThermalFault(StrEnum):
    """What can be wrong with it."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ERROR = "error"
    SILENT = "silent"


class _Roll(msgspec.Struct):
    """What was printed, shared by the threads under ``lock``."""

    lock: threading.Lock = msgspec.field(default_factory=threading.Lock)
    fault: ThermalFault | None = None
    strip: list[bytes] = msgspec.field(default_factory=list)
    slips: list[tuple[bytes, ...]] = msgspec.field(default_factory=list)


Say = Callable[[bytes], object]


class SimulatedThermal:
    """The printer. ``url`` is its address; ``slips`` holds each cut slip as rows of packed dots, 1 black."""

    def __init__(self) -> None:
        self._roll = _Roll()
        self._begin()

    def _begin(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, name="thermal", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"tcp://127.0.0.1:{self._door.getsockname()[1]}"

    @property
    def slips(self) -> tuple[tuple[bytes, ...], ...]:
        """The slips cut so far, oldest first."""
        with self._roll.lock:
            return tuple(self._roll.slips)

    def fault(self, fault: ThermalFault | None) -> None:
        """Switches a fault on, or all off."""
        with self._roll.lock:
            self._roll.fault = fault

    def stop(self) -> None:
        """Closes the port."""
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line:
            _converse(lambda: line.recv(65536), line.sendall, self._roll)


class SimulatedSerialThermal(SimulatedThermal):
    """The same on a serial line, which is a pseudo-terminal here."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"serial://{os.ttyname(self._far)}?baud=19200"

    def stop(self) -> None:
        """Pulls the plug. The reader ends first, or it would read from whoever gets its number next."""
        os.close(self._far)
        self._thread.join()
        os.close(self._near)

    def _begin(self) -> None:
        self._near, self._far = os.openpty()
        # The far end stays open here too: a terminal nobody holds any more would end the reading.
        tty.setraw(self._far)
        talk = (lambda: os.read(self._near, 65536)), (lambda said: os.write(self._near, said))
        self._thread = threading.Thread(
            target=_converse, args=(*talk, self._roll), name="thermal", daemon=True
        )
        self._thread.start()


def _converse(hear: Callable[[], bytes], say: Say, roll: _Roll) -> None:
    """Reads commands until the other end goes."""
    heard = b""
    try:
        while more := hear():
            heard = _obeyed(heard + more, say, roll)
    except OSError:
        return


def _obeyed(heard: bytes, say: Say, roll: _Roll) -> bytes:
    """Obeys every whole command at the front; returns what is not whole yet."""
    while heard:
        taken = _one(heard, say, roll)
        if taken == 0:
            return heard
        heard = heard[taken:]
    return heard


def _one(heard: bytes, say: Say, roll: _Roll) -> int:
    """Obeys the first command; returns its length, 0 where more bytes must come."""
    if heard[0] not in (0x10, 0x1B, 0x1D):
        return 1
    if len(heard) < 3:
        return 2 if heard[:2] == _ESC_INIT else 0
    if heard.startswith(_DLE_EOT):
        _answer(say, roll, heard[2])
    elif heard.startswith(_GS_R):
        if _fault(roll) is None:
            say(b"\0")
    elif heard.startswith(_GS_V0):
        return _raster(heard, roll)
    elif heard.startswith(_GS_V):
        with roll.lock:
            roll.slips.append(tuple(roll.strip))
            roll.strip.clear()
        return 4 if heard[2] >= 0x41 else 3
    return 2 if heard[:2] == _ESC_INIT else 3


def _raster(heard: bytes, roll: _Roll) -> int:
    """GS v 0 m xL xH yL yH d1...dk."""
    if len(heard) < 8:
        return 0
    wide, high = heard[4] + 256 * heard[5], heard[6] + 256 * heard[7]
    end = 8 + wide * high
    if len(heard) < end:
        return 0
    with roll.lock:
        roll.strip += [heard[8 + wide * row : 8 + wide * (row + 1)] for row in range(high)]
    return end


def _fault(roll: _Roll) -> ThermalFault | None:
    with roll.lock:
        return roll.fault


def _answer(say: Say, roll: _Roll, asked: int) -> None:
    """DLE EOT 2 says why it is offline, DLE EOT 4 how the paper is."""
    fault = _fault(roll)
    if fault is ThermalFault.SILENT:
        return
    causes = {ThermalFault.COVER_OPEN: 0x04, ThermalFault.PAPER_OUT: 0x20, ThermalFault.ERROR: 0x40}
    status = _READY
    if asked == 2 and fault is not None:
        status |= causes[fault]
    if asked == 4 and fault is ThermalFault.PAPER_OUT:
        status |= 0x60
    say(bytes([status]))
