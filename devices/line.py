"""One open instrument: a port, a thread, and a driver in between. The only importer of ``serial``.

The thread opens the port, hands bytes to the session, tells what comes of them, and opens again when the port
is lost. It judges nothing and keeps nothing. What it tells is frozen, and told from its own thread.
"""

import logging
import os
import termios
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import serial

from devices.events import (
    CardHeard,
    CodeHeard,
    Found,
    Heard,
    LineEvent,
    Lost,
    NotUnderstood,
    Progress,
    Refused,
    Trouble,
    Understood,
)
from devices.model import Model
from devices.reading import Card, Code, Reading
from devices.session import Command, Complaint, Say, Session, Tell, Told, Unread
from devices.wire import Piece, Wire

READ_SECONDS = 0.1
"""Longest wait for a byte before the clock is looked at."""

WRITE_SECONDS = 2.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0
LONGEST_URL_PAUSE = 1.5
"""A network port gives no sign that it is back, so it is asked often enough to be open within two seconds."""

LOOK_SECONDS = 0.2
"""How often a missing device file is looked for."""

PUZZLED_SECONDS = 2.5
"""Of bytes that are not understood, until it is told. Any frame of any model is whole well before."""

log = logging.getLogger(__name__)

_LOST = (OSError, termios.error)
"""``SerialException`` is an OSError, ``termios.error`` is not."""


@dataclass(frozen=True, slots=True)
class _Trace:
    """What a device file looked like; another one is worth another try at once."""

    device: int
    inode: int
    rdevice: int
    changed: int


class Line:
    """Opens ``url`` (a path or a pyserial URL), keeps it open, tells what the driver hears.

    ``tell`` and ``keep`` are called on the line's own thread and must be quick; ``keep`` is for captures.
    """

    def __init__(
        self,
        instrument: str,
        model: Model,
        url: str,
        tell: Callable[[LineEvent], None],
        keep: Callable[[Piece], None] | None = None,
    ) -> None:
        self.instrument = instrument
        self._model = model
        self._url = url
        self._tell = tell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line-{instrument}", daemon=True)
        self._port: serial.Serial | None = None
        self._writing = threading.RLock()
        self._commands: deque[Command] = deque()
        self._wire = Wire(model.blank, hidden=model.reads_identity, keep=keep)
        self._told_lost = False
        self._puzzled = False

    def seen(self) -> tuple[Piece, ...]:
        """What passed last over this line, oldest first, with identity fields blanked. Any thread may ask."""
        return self._wire.pieces()

    def open(self) -> None:
        """Starts the thread and returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; returns within a few tenths of a second. Nothing is told behind it."""
        self._stopping.set()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def order(self, command: Command) -> bool:
        """Asks the driver, within a tenth of a second. False where there is no port: nothing is kept."""
        with self._writing:
            if self._port is None:
                return False
            self._commands.append(command)
            return True

    def stop(self) -> bool:
        """Stops the instrument: straight to the wire, past the driver and every queue.

        A start that was ordered and has not gone out never does. False where the model cannot be stopped or
        the port is lost.
        """
        with self._writing:
            self._commands.clear()
            return bool(self._model.stop_with) and self._say(self._model.stop_with)

    def _say(self, data: bytes) -> bool:
        if self._port is None:
            return False
        try:
            self._port.write(data)
        except _LOST:
            return False
        self._wire.said(data, time.monotonic())
        return True

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            trace = _trace(self._url)
            if self._connect():
                pause = FIRST_PAUSE
                self._converse()
            else:
                self._wait(pause, trace)
                pause = min(pause * 2, LONGEST_URL_PAUSE if "://" in self._url else LONGEST_PAUSE)

    def _connect(self) -> bool:
        try:
            port = _opened(self._url, self._model)
            port.reset_input_buffer()
        except _LOST:
            self._tell_lost()
            return False
        with self._writing:
            self._port = port
        self._told_lost = self._puzzled = False
        self._tell(Found(self.instrument, time.monotonic()))
        return True

    def _converse(self) -> None:
        session = Session(self._model.driver, self._model.framer, self._wire)
        try:
            self._carry(session.start(time.monotonic()))
            while not self._stopping.is_set():
                self._turn(session)
        except _LOST:
            self._tell_lost()
        except Exception as error:  # noqa: BLE001 - the edge of this thread: one driver down, not the station
            # Only the kind is logged: the message may hold what an instrument said of a person.
            log.warning(
                "The driver of %s fell over (%s) and starts again.", self.instrument, type(error).__name__
            )
            self._tell_lost()
            self._stopping.wait(FIRST_PAUSE)
        finally:
            session.close()
            self._drop_port()

    def _turn(self, session: Session) -> None:
        port = self._port
        if port is None:
            raise OSError("The port is closed.")
        data = port.read(1)
        if data:
            waiting = port.in_waiting
            data += port.read(waiting) if waiting else b""
            self._carry(session.receive(data, time.monotonic()))
        self._obey(session)
        due = session.deadline
        if due is not None and time.monotonic() >= due:
            self._carry(session.tick(time.monotonic()))
        self._wonder(session.puzzled_since, time.monotonic())

    def _wonder(self, since: float | None, now: float) -> None:
        """Tells when nothing has been understood for too long, and when something is again."""
        if since is None and self._puzzled:
            self._puzzled = False
            self._tell(Understood(self.instrument, now))
        elif since is not None and not self._puzzled and now - since >= PUZZLED_SECONDS:
            self._puzzled = True
            self._tell(NotUnderstood(self.instrument, now, self._wire.tail()))

    def _obey(self, session: Session) -> None:
        """What a command says goes out in one piece with taking it up, so that no stop comes in between."""
        with self._writing:
            while self._commands:
                self._carry(session.command(self._commands.popleft(), time.monotonic()))

    def _carry(self, steps: tuple[Say | Tell, ...]) -> None:
        for step in steps:
            if isinstance(step, Tell):
                self._tell(_event(self.instrument, step.what, time.monotonic()))
            elif self._port is not None:
                with self._writing:
                    self._port.write(step.data)
                self._wire.said(step.data, time.monotonic())

    def _drop_port(self) -> None:
        with self._writing:
            port, self._port = self._port, None
            self._commands.clear()
        if port is not None:
            try:
                port.close()
            except _LOST:
                return

    def _tell_lost(self) -> None:
        if not self._told_lost:
            self._told_lost = True
            self._tell(Lost(self.instrument, time.monotonic()))

    def _wait(self, seconds: float, trace: _Trace | None) -> None:
        """Until it is time for another try, or a device file that was not there has come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._stopping.wait(LOOK_SECONDS):
            seen = _trace(self._url)
            if seen is not None and seen != trace:
                return


def _trace(url: str) -> _Trace | None:
    try:
        found = os.stat(url)
    except OSError:
        return None
    return _Trace(found.st_dev, found.st_ino, found.st_rdev, found.st_ctime_ns)


def _opened(url: str, model: Model) -> serial.Serial:
    """The port as the model's settings say. A device is taken for this process alone."""
    port = serial.serial_for_url(url, do_not_open=True)
    port.baudrate = model.port.baud
    port.bytesize = model.port.bytesize
    port.parity = model.port.parity
    port.stopbits = model.port.stopbits
    port.timeout = READ_SECONDS
    port.write_timeout = WRITE_SECONDS
    if "://" not in url:
        port.exclusive = True
    port.open()
    return port


def _event(instrument: str, told: Told, at: float) -> LineEvent:
    if isinstance(told, Reading):
        return Heard(instrument, told, at)
    if isinstance(told, Card):
        return CardHeard(instrument, told, at)
    if isinstance(told, Code):
        return CodeHeard(instrument, told, at)
    if isinstance(told, Unread):
        return Refused(instrument, told.reason, told.size, at, told.detail)
    if isinstance(told, Complaint):
        return Trouble(instrument, told.code, at)
    return Progress(instrument, told.step, at)
