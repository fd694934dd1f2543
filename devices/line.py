"""One open instrument: a port, a thread, and a driver in between. The only importer of ``serial``.

The thread opens the port, hands bytes to the session, tells what comes of them, and opens again when the port
is lost. It judges nothing and keeps nothing. What it tells is frozen, and told from its own thread.
"""

import logging
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

import serial
from serial.tools.list_ports import comports

from devices.errors import DeviceError
from devices.events import Found, LineEvent, Lost, NotUnderstood, TwoAlike, Understood
from devices.model import Model, PortSettings
from devices.ports import AbsentPortError, AmbiguousPortError, Port, Trace, check, find, trace
from devices.session import Command, Say, Session, Tell
from devices.telling import event
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


def present() -> tuple[Port, ...]:
    """The serial ports that are plugged in now; a walk of a millisecond or two through the system's files.

    Empty where a plug was pulled in mid walk: pyserial then reads numbers from files that are gone.
    """
    try:
        found = comports()
    except (OSError, TypeError, ValueError):
        return ()
    return tuple(Port(one.device, one.vid, one.pid, one.serial_number, one.location) for one in found)


class Line:
    """Opens ``url`` (a name of ``devices.ports``), keeps it open, tells what the driver hears.

    ``tell`` and ``keep`` are called on the line's own thread and must be quick; ``keep`` is for captures.
    ``listing`` says what is plugged in; it is asked before each try of a name that a listing can resolve.
    Raises ``PortNameError`` for a name that can be none.
    """

    def __init__(
        self,
        instrument: str,
        model: Model,
        url: str,
        tell: Callable[[LineEvent], None],
        keep: Callable[[Piece], None] | None = None,
        listing: Callable[[], Sequence[Port]] = present,
    ) -> None:
        self.instrument = instrument
        self._model = model
        self._url = check(url)
        self._tell = tell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line-{instrument}", daemon=True)
        self._port: serial.Serial | None = None
        self._writing = threading.RLock()
        self._commands: deque[Command] = deque()
        self._wire = Wire(model.blank, hidden=model.reads_identity, keep=keep)
        self._listing = listing
        self._told_lost = False
        self._puzzled = False
        self._doubted: tuple[str, ...] = ()

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
            seen = trace(self._place() or "")
            if self._connect():
                pause = FIRST_PAUSE
                self._converse()
            else:
                self._wait(pause, seen)
                pause = min(pause * 2, LONGEST_URL_PAUSE if "://" in self._url else LONGEST_PAUSE)

    def _connect(self) -> bool:
        place = self._place()
        if place is None:
            self._tell_lost()
            return False
        try:
            port = _opened(place, self._model.port)
            port.reset_input_buffer()
        except _LOST:
            self._tell_lost()
            return False
        with self._writing:
            self._port = port
        self._told_lost = self._puzzled = False
        self._tell(Found(self.instrument, time.monotonic()))
        return True

    def _place(self) -> str | None:
        """Where the port is now. Of two that answer to its name neither is opened, and that is told once."""
        try:
            place = find(self._url, self._listing() if self._url.startswith(("usb:", "/dev/serial/")) else ())
        except AbsentPortError:
            return None
        except AmbiguousPortError as error:
            if error.paths != self._doubted:
                self._doubted = error.paths
                self._tell(TwoAlike(self.instrument, time.monotonic(), error.paths))
            return None
        self._doubted = ()
        return place

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
                self._tell(event(self.instrument, step.what, time.monotonic()))
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

    def _wait(self, seconds: float, before: Trace | None) -> None:
        """Until it is time for another try, or a device file that was not there has come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._stopping.wait(LOOK_SECONDS):
            seen = trace(self._place() or "")
            if seen is not None and seen != before:
                return


def lead(name: str, port: PortSettings) -> serial.Serial:
    """The port of that name, opened only to be told something, with both its outputs off.

    Raises ``OSError`` or ``termios.error`` where it cannot be opened, or where two answer to the name.
    """
    try:
        place = find(name, present())
    except DeviceError as wrong:
        raise OSError("No one port of that name is plugged in.") from wrong
    return _opened(place, port, off=True)


def _opened(url: str, settings: PortSettings, *, off: bool = False) -> serial.Serial:
    """The port, opened. A device is taken for this process alone. ``off``: RTS and DTR stay low."""
    port = serial.serial_for_url(url, do_not_open=True)
    port.baudrate = settings.baud
    port.bytesize = settings.bytesize
    port.parity = settings.parity
    port.stopbits = settings.stopbits
    port.timeout = READ_SECONDS
    port.write_timeout = WRITE_SECONDS
    if off:
        port.rts = port.dtr = False
    if "://" not in url:
        port.exclusive = True
    port.open()
    return port
