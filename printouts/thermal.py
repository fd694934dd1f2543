"""A thermal printer of 80 mm that speaks ESC/POS, over the network, a serial line or USB.

The bytes are python-escpos's; this module asks the printer how it is before it prints, and waits until it
says that the last dot is out. It takes the slip as dots (``dots``) and must not know what is on it. Tried
against a simulated printer only, none of real hardware.
"""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from escpos.escpos import Escpos
from escpos.exceptions import Error as EscposError
from escpos.printer import Network, Serial, Usb
from PIL import Image

from printouts.errors import PrintoutError
from printouts.printer import PrinterState, PrintOutcome

# Epson ESC/POS: DLE EOT n (status at once), GS r 1 (status in turn, answered when all before it is done).
_WHY_OFFLINE, _PAPER, _DONE = b"\x10\x04\x02", b"\x10\x04\x04", b"\x1dr\x01"
_COVER, _NO_PAPER_STOP, _ERROR, _PAPER_END = 0x04, 0x20, 0x40, 0x60
_FIXED, _FIXED_SET = 0x93, 0x12
_BAUD = "115200"
_UNREACHABLE = (EscposError, OSError, AssertionError)


class ThermalPrinter:
    """A printer by its address: ``tcp://host:9100``, ``serial:///dev/ttyUSB0?baud=115200``, ``usb://04b8:0e15``."""

    def __init__(self, url: str, limit_s: float = 30.0, answer_s: float = 4.0) -> None:
        self._url, self._limit_s, self._answer_s = url, limit_s, answer_s
        _device(url, answer_s)

    def state(self) -> PrinterState:
        """What the printer says of itself: ``AWAY`` where nothing is there, ``OFFLINE`` when silent."""
        try:
            with self._open(self._answer_s) as device:
                return _state_of(device)
        except _UNREACHABLE:
            return PrinterState.AWAY

    def send(self, sheet: bytes) -> PrintOutcome:
        """Prints the dots (a PNG, one bit a dot), cuts, and comes back when the printer says it is done."""
        state = self.state()
        if state is not PrinterState.READY:
            return _not(state)
        dots = Image.open(io.BytesIO(sheet))
        try:
            with self._open(self._limit_s) as device:
                device.image(dots)
                device.cut()
                done = device.query_status(_DONE)
        except TimeoutError:
            return PrintOutcome(printed=False, key="printer.slow")
        except _UNREACHABLE:
            return _not(PrinterState.AWAY)
        if not done:
            return PrintOutcome(printed=False, key="printer.slow")
        state = self.state()
        return (
            PrintOutcome(printed=True, key="printer.printed") if state is PrinterState.READY else _not(state)
        )

    @contextmanager
    def _open(self, patience_s: float) -> Iterator[Escpos]:
        device = _device(self._url, patience_s)
        device.open()
        try:
            yield device
        finally:
            device.close()


def _not(state: PrinterState) -> PrintOutcome:
    return PrintOutcome(printed=False, key=f"printer.{state.value}", state=state)


def _state_of(device: Escpos) -> PrinterState:
    try:
        why = device.query_status(_WHY_OFFLINE)
        paper = device.query_status(_PAPER) if _is_status(why) else b""
    except TimeoutError:
        return PrinterState.OFFLINE
    if not _is_status(paper):
        return PrinterState.OFFLINE
    if why[0] & _COVER:
        return PrinterState.DOOR
    if why[0] & _NO_PAPER_STOP or paper[0] & _PAPER_END == _PAPER_END:
        return PrinterState.PAPER_OUT
    return PrinterState.STOPPED if why[0] & _ERROR else PrinterState.READY


def _is_status(answer: bytes) -> bool:
    """Two bits of every real-time status are always set and two never, so noise is told from an answer."""
    return len(answer) > 0 and answer[0] & _FIXED == _FIXED_SET


class _Socket(Network):  # type: ignore[misc]  # python-escpos has no types
    """The network printer of python-escpos, without the socket it forgets where nobody answers."""

    def open(self, raise_not_found: bool = True) -> None:  # noqa: FBT001, FBT002  # its own names
        """Connects. Raises ``OSError`` where nobody answers."""
        self.device = socket.create_connection((self.host, self.port), self.timeout)


class _Line(Serial):  # type: ignore[misc]  # python-escpos has no types
    """The serial printer of python-escpos, without its wait for sixteen bytes: one is the whole answer."""

    def _read(self) -> bytes:
        first: bytes = self.device.read(1)
        return first


def _device(url: str, patience_s: float) -> Escpos:
    """The device of python-escpos, not yet open. Raises ``PrintoutError`` for an address that is none."""
    parts = urlsplit(url)
    try:
        if parts.scheme == "tcp" and parts.hostname:
            return _Socket(parts.hostname, parts.port or 9100, timeout=patience_s)
        if parts.scheme == "serial" and parts.path:
            baud = int(parse_qs(parts.query).get("baud", [_BAUD])[0])
            return _Line(parts.path, baudrate=baud, timeout=patience_s, dsrdtr=False)
        if parts.scheme == "usb" and parts.netloc.count(":") == 1:
            maker, product = (int(part, 16) for part in parts.netloc.split(":"))
            return Usb(maker, product, timeout=int(patience_s * 1000))
    except (ValueError, RuntimeError) as wrong:
        raise PrintoutError(_HOW) from wrong
    raise PrintoutError(_HOW)


_HOW = (
    "The slip printer's address must be tcp://host:9100, serial:///dev/NAME or usb://VENDOR:PRODUCT: "
    "check printer.slip in the settings."
)
