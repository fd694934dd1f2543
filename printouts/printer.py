"""The printer: what state it is in, and one sheet followed until it lies in the tray.

IPP over HTTP straight to the printer, because a spooler says "idle" of a printer that is switched off.
Every call ends within its time limit. It must not know what is printed, and sends no name of a person.
"""

import hashlib
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import certifi
import msgspec
import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOut

from printouts import ipp
from printouts.errors import PrintoutError
from printouts.ipp import Attribute, Message, Operation, Tag

_ANSWER_S = 4.0
_POLL_S = 0.5
# RFC 8011 section 5.3.7: canceled, aborted, completed.
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_STOPPED = 5


class PrinterState(StrEnum):
    """What the printer says of itself. The word for each is ``printer.<value>``."""

    READY = "ready"
    PAPER_OUT = "paper_out"
    JAM = "jam"
    DOOR = "door"
    TONER_OUT = "toner_out"
    STOPPED = "stopped"
    OFFLINE = "offline"
    AWAY = "away"


# RFC 8011 section 5.4.12. Printers add -error, -warning or -report, and say media-empty as a warning too:
# the beginning decides. A low supply is no fault.
_REASONS = (
    ("media-empty", PrinterState.PAPER_OUT),
    ("media-needed", PrinterState.PAPER_OUT),
    ("media-jam", PrinterState.JAM),
    ("door-open", PrinterState.DOOR),
    ("cover-open", PrinterState.DOOR),
    ("interlock-open", PrinterState.DOOR),
    ("toner-empty", PrinterState.TONER_OUT),
    ("marker-supply-empty", PrinterState.TONER_OUT),
)


class PrintOutcome(msgspec.Struct, frozen=True):
    """How a sheet ended. ``key`` is the sentence to show; ``state`` is what the printer said last."""

    printed: bool
    key: str
    state: PrinterState = PrinterState.READY
    job: int | None = None


class PrintsPaper(Protocol):
    """What takes a report: a printer, or a folder in the demonstration."""

    def state(self) -> PrinterState:
        """What it says of itself, within a few seconds."""
        ...

    def send(self, pdf: bytes) -> PrintOutcome:
        """Prints, and comes back when the sheet is out or will not come."""
        ...


class Printer:
    """A printer by its address, ``ipp://host:631/ipp/print`` (or http, https, ipps)."""

    def __init__(
        self,
        url: str,
        limit_s: float = 90.0,
        answer_s: float = _ANSWER_S,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._uri = url
        self._http = _http(url)
        self._limit_s, self._answer_s, self._pause = limit_s, answer_s, pause
        self._number = 0
        self._left: set[int] = set()

    def state(self) -> PrinterState:
        """What the printer says of itself; ``OFFLINE`` where it refuses, ``AWAY`` where nothing answers."""
        return self._look()[0]

    def send(self, pdf: bytes) -> PrintOutcome:
        """Prints ``pdf`` on both sides where the printer can, and follows it until it is out.

        A printer that stops is waited for until the time limit; then the job is cancelled, so that a sheet
        never comes out for the next person.
        """
        state, about = self._look()
        if about is None:
            return PrintOutcome(printed=False, key=_word(state), state=state)
        try:
            answer = self._ask(Operation.PRINT_JOB, _job_attributes(about), pdf, self._limit_s)
        except _NO_ANSWER as cause:
            lost = _lost(cause)
            return PrintOutcome(printed=False, key=_word(lost), state=lost)
        job = answer.whole("job-id")
        if not answer.accepted or job is None:
            return PrintOutcome(printed=False, key="printer.refused", state=state)
        return self._follow(job)

    def _follow(self, job: int) -> PrintOutcome:
        until = time.monotonic() + self._limit_s
        state = PrinterState.READY
        while time.monotonic() < until:
            try:
                said = self._ask(Operation.GET_JOB_ATTRIBUTES, (_job_id(job),)).whole("job-state")
            except _NO_ANSWER as cause:
                state, said = _lost(cause), None
            if said == _COMPLETED:
                return PrintOutcome(printed=True, key="printer.printed", job=job)
            if said in (_CANCELED, _ABORTED):
                return PrintOutcome(printed=False, key="printer.broken_off", state=self.state(), job=job)
            self._pause(_POLL_S)
            state = self.state()
        self._cancel(job)
        key = "printer.slow" if state is PrinterState.READY else _word(state)
        return PrintOutcome(printed=False, key=key, state=state, job=job)

    def _cancel(self, job: int) -> None:
        try:
            self._ask(Operation.CANCEL_JOB, (_job_id(job),))
        except _NO_ANSWER:
            self._left.add(job)
            return
        self._left.discard(job)

    def _cancel_what_was_left(self) -> None:
        """A printer that vanished may come back with the job of somebody who has gone."""
        for job in tuple(self._left):
            self._cancel(job)

    def _look(self) -> tuple[PrinterState, Message | None]:
        """The state, and the printer's attributes where it answered."""
        asked = ("printer-state", "printer-state-reasons", "sides-supported")
        wanted = Attribute(Tag.OPERATION, Tag.KEYWORD, "requested-attributes", asked)
        try:
            answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, (wanted,))
        except _NO_ANSWER as cause:
            return _lost(cause), None
        self._cancel_what_was_left()
        return _state_of(answer), answer

    def _ask(
        self,
        operation: Operation,
        more: tuple[Attribute, ...],
        document: bytes = b"",
        limit_s: float | None = None,
    ) -> Message:
        self._number += 1
        message = Message(operation, self._number, (*ipp.opening(self._uri), *more), document)
        with urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=certifi.where()) as lines:
            answer = lines.request(
                "POST",
                self._http,
                body=ipp.to_bytes(message),
                headers={"Content-Type": "application/ipp"},
                timeout=urllib3.Timeout(connect=self._answer_s, read=limit_s or self._answer_s),
                redirect=False,
                retries=False,
            )
        return ipp.from_bytes(answer.data)


class FolderPrinter:
    """Paper as a file, for a demonstration without a printer. A sheet's name is the digest of its bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self) -> PrinterState:
        """Ready where the folder is there or can be made."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return PrinterState.AWAY
        return PrinterState.READY

    def send(self, pdf: bytes) -> PrintOutcome:
        """Writes the sheet whole or not at all."""
        state = self.state()
        if state is not PrinterState.READY:
            return PrintOutcome(printed=False, key=_word(state), state=state)
        whole = self.path_of(pdf)
        part = whole.with_suffix(".part")
        try:
            part.write_bytes(pdf)
            part.replace(whole)
        except OSError:
            return PrintOutcome(printed=False, key="printer.refused", state=PrinterState.STOPPED)
        return PrintOutcome(printed=True, key="printer.in_folder")

    def path_of(self, pdf: bytes) -> Path:
        """Where this sheet lies or will lie."""
        return self._folder / f"{hashlib.sha256(pdf).hexdigest()[:16]}.pdf"


_NO_ANSWER = (HTTPError, PrintoutError)


def _lost(cause: Exception) -> PrinterState:
    """Refused or broken off: it is there but off. Silent or unknown: nobody is there."""
    refused = isinstance(cause, NewConnectionError)  # which the library counts among the late ones
    if isinstance(cause, PrintoutError) or (isinstance(cause, TimedOut) and not refused):
        return PrinterState.AWAY
    text = repr(cause)
    return PrinterState.AWAY if "NameResolution" in text or "unreachable" in text else PrinterState.OFFLINE


def _word(state: PrinterState) -> str:
    return f"printer.{state.value}"


def _http(url: str) -> str:
    for scheme, carrier in (("ipp://", "http://"), ("ipps://", "https://")):
        if url.startswith(scheme):
            rest = url.removeprefix(scheme)
            host, slash, path = rest.partition("/")
            # RFC 8010 section 4.2: an ipp address without a port means 631.
            port = "" if ":" in host.rpartition("]")[2] else ":631"
            return f"{carrier}{host}{port}{slash}{path}"
    if url.startswith(("http://", "https://")):
        return url
    raise PrintoutError(
        "The printer's address must begin with ipp:// or http://: check printer.url in the settings."
    )


def _state_of(answer: Message) -> PrinterState:
    reasons = answer.texts("printer-state-reasons")
    for start, state in _REASONS:
        if any(reason.startswith(start) for reason in reasons):
            return state
    return PrinterState.STOPPED if answer.whole("printer-state") == _STOPPED else PrinterState.READY


def _job_id(job: int) -> Attribute:
    return Attribute(Tag.OPERATION, Tag.INTEGER, "job-id", (job,))


def _job_attributes(about: Message) -> tuple[Attribute, ...]:
    job = (
        Attribute(Tag.OPERATION, Tag.NAME, "job-name", ("report",)),
        Attribute(Tag.OPERATION, Tag.MIME, "document-format", ("application/pdf",)),
    )
    both = "two-sided-long-edge"
    # A printer that cannot turn paper cancels a job that asks for it.
    if both not in about.texts("sides-supported"):
        return job
    return (*job, Attribute(Tag.JOB, Tag.KEYWORD, "sides", (both,)))
