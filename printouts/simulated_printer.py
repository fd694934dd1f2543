"""A printer from the other end of the wire: true IPP over HTTP on this machine, with faults to switch on.

It ships because the demonstration and the tests print on it. It keeps its sheets in memory; it must not
be reachable from another machine.
"""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec

from printouts import ipp
from printouts.ipp import Attribute, Message, Operation, Tag
from printouts.printer_fault import Fault

_OK, _NOT_FOUND, _NOT_SUPPORTED = 0x0000, 0x0406, 0x0501
_IDLE, _STOPPED = 3, 5
_PROCESSING, _CANCELED, _ABORTED, _COMPLETED = 5, 7, 8, 9


class _Tray(msgspec.Struct):
    """Sheets and jobs, shared by the threads of the server under ``lock``."""

    lock: threading.Lock = msgspec.field(default_factory=threading.Lock)
    fault: Fault | None = None
    sheets: list[bytes] = msgspec.field(default_factory=list)
    waiting: dict[int, bytes] = msgspec.field(default_factory=dict)
    canceled: set[int] = msgspec.field(default_factory=set)
    aborted: set[int] = msgspec.field(default_factory=set)
    jobs: int = 0
    both_sides: bool = True


class SimulatedPrinter:
    """The printer. ``url`` is its address after ``start``; ``sheets`` is what lies in its tray."""

    def __init__(self, *, both_sides: bool = True) -> None:
        self._tray = _Tray(both_sides=both_sides)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Its address. Only while it is started."""
        port = 0 if self._server is None else self._server.server_address[1]
        return f"ipp://127.0.0.1:{port}/ipp/print"

    @property
    def sheets(self) -> tuple[bytes, ...]:
        """The documents printed so far, oldest first."""
        with self._tray.lock:
            return tuple(self._tray.sheets)

    @property
    def waiting(self) -> int:
        """How many sheets it has taken that did not come out yet."""
        with self._tray.lock:
            return len(self._tray.waiting)

    def fault(self, fault: Fault | None) -> None:
        """Switches a fault on, or all off; then the waiting sheets come out.

        ``SLOW`` after another fault: it answers again, and its waiting sheets take their time.
        """
        with self._tray.lock:
            self._tray.fault = fault
            if fault is None:
                self._tray.sheets += self._tray.waiting.values()
                self._tray.waiting.clear()

    def start(self) -> None:
        """Listens on a free port of this machine."""
        self._server = _Server(self._tray)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Closes the port; the sheets stay."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tray: _Tray) -> None:
        self.tray = tray
        super().__init__(("127.0.0.1", 0), _Wire)


class _Wire(BaseHTTPRequestHandler):
    """Requests and answers on one connection, as a spooler keeps it."""

    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_POST(self) -> None:  # the name is that of http.server
        """Answers an IPP request; a printer that is off closes the connection."""
        server = self.server
        if not isinstance(server, _Server):
            return
        body = self._body()
        if server.tray.fault is Fault.OFFLINE:
            self.close_connection = True
            return
        answer = ipp.to_bytes(_answer(server.tray, ipp.from_bytes(body)))
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _body(self) -> bytes:
        """The whole of a request, in one piece or in chunks (RFC 9112, 7.1)."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        whole = bytearray()
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(whole)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is that of http.server
        """Says nothing: a sheet is nobody's business."""


def _answer(tray: _Tray, asked: Message) -> Message:
    with tray.lock:
        if asked.code == Operation.GET_PRINTER_ATTRIBUTES:
            return Message(_OK, asked.number, (*_opening(), *_about(tray)))
        if asked.code == Operation.PRINT_JOB:
            return _print(tray, asked)
        if asked.code in (Operation.GET_JOB_ATTRIBUTES, Operation.CANCEL_JOB):
            return _job(tray, asked)
    return Message(_NOT_SUPPORTED, asked.number, _opening())


def _opening() -> tuple[Attribute, ...]:
    return (
        Attribute(Tag.OPERATION, Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.OPERATION, Tag.LANGUAGE, "attributes-natural-language", ("en",)),
    )


def _about(tray: _Tray) -> tuple[Attribute, ...]:
    faulty = tray.fault not in (None, Fault.SLOW, Fault.BREAKS_OFF)
    reason = tray.fault.value if faulty and tray.fault else "none"
    sides = ("one-sided", "two-sided-long-edge") if tray.both_sides else ("one-sided",)
    return (
        Attribute(Tag.PRINTER, Tag.ENUM, "printer-state", (_STOPPED if faulty else _IDLE,)),
        Attribute(Tag.PRINTER, Tag.KEYWORD, "printer-state-reasons", (reason,)),
        Attribute(Tag.PRINTER, Tag.KEYWORD, "sides-supported", sides),
        Attribute(Tag.PRINTER, Tag.BOOLEAN, "printer-is-accepting-jobs", (True,)),
        Attribute(Tag.PRINTER, Tag.ENUM, "operations-supported", tuple(Operation)),
        Attribute(Tag.PRINTER, Tag.MIME, "document-format-supported", ("application/pdf",)),
        Attribute(Tag.PRINTER, Tag.KEYWORD, "ipp-versions-supported", ("1.1",)),
        Attribute(Tag.PRINTER, Tag.CHARSET, "charset-supported", ("utf-8",)),
    )


def _print(tray: _Tray, asked: Message) -> Message:
    wished = asked.texts("sides")
    if not tray.both_sides and any(side != "one-sided" for side in wished):
        return Message(_NOT_SUPPORTED, asked.number, _opening())
    tray.jobs += 1
    if tray.fault is None:
        tray.sheets.append(asked.document)
    elif tray.fault is Fault.BREAKS_OFF:
        tray.aborted.add(tray.jobs)
    else:
        tray.waiting[tray.jobs] = asked.document
    return Message(_OK, asked.number, (*_opening(), *_about_job(tray, tray.jobs)))


def _job(tray: _Tray, asked: Message) -> Message:
    job = asked.whole("job-id")
    if job is None or not 0 < job <= tray.jobs:
        return Message(_NOT_FOUND, asked.number, _opening())
    if asked.code == Operation.CANCEL_JOB and tray.waiting.pop(job, None) is not None:
        tray.canceled.add(job)
    return Message(_OK, asked.number, (*_opening(), *_about_job(tray, job)))


def _about_job(tray: _Tray, job: int) -> tuple[Attribute, ...]:
    ends = ((_CANCELED, tray.canceled), (_ABORTED, tray.aborted), (_PROCESSING, tray.waiting))
    state = next((state for state, jobs in ends if job in jobs), _COMPLETED)
    return (
        Attribute(Tag.JOB, Tag.INTEGER, "job-id", (job,)),
        Attribute(Tag.JOB, Tag.ENUM, "job-state", (state,)),
    )
