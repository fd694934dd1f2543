"""How often the kiosk ended lately without being asked to, and what may be told of such an end.

A mark in the data folder stands while the kiosk runs and is taken away when it ends in good order; the next
start that finds it knows of a fall. It holds times and no person. What is told of a fall is where it was and
of which kind: never the words of the error, for they may name somebody.
"""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from uuid import UUID

import msgspec

HOUSE = Path(__file__).resolve().parent.parent
FILE = "at-work.json"
LATELY_S = 600.0
OFTEN = 5
"""So many falls lately are no accident: nobody is asked to begin again at once."""
FELL = 70
"""Exit code after a fall: EX_SOFTWARE of sysexits.h."""
_LOG = logging.getLogger(__name__)


class _Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``falls`` in monotonic seconds of the machine's ``boot``."""

    boot: UUID
    running: bool
    falls: tuple[float, ...]


class Falls:
    """The mark in ``folder``. A power cut is no fall: it is another boot."""

    def __init__(self, folder: Path, boot: UUID) -> None:
        self._file = folder / FILE
        self._boot = boot
        self._falls: tuple[float, ...] = ()
        self.begun = False

    def fell(self) -> bool:
        """Whether the last run fell. To be asked before ``begin``."""
        left = self._left()
        return left is not None and left.boot == self._boot and left.running

    def begin(self, now: float) -> int:
        """The kiosk runs from monotonic ``now``.

        Returns the falls of the last ten minutes, 0 where the last run ended in good order.
        """
        left = self._left()
        if left is not None and left.boot == self._boot:
            fallen = (*left.falls, now) if left.running else left.falls
            self._falls = tuple(one for one in fallen if now - one < LATELY_S)
        fell = self.fell()
        self.begun = True
        self._write(running=True)
        return len(self._falls) if fell else 0

    def end(self) -> None:
        """The kiosk ends because it was asked to."""
        self._write(running=False)

    def _left(self) -> _Mark | None:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=_Mark)
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, *, running: bool) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_bytes(msgspec.json.encode(_Mark(self._boot, running, self._falls)))
            fresh.replace(self._file)
        except OSError as trouble:
            _LOG.warning("The mark of a running kiosk cannot be kept: %s", trouble.strerror)


def where(error: BaseException) -> str:
    """``ValueError at kiosk/running.py:141``: kind and place of ``error``, and nothing it says."""
    place, trace = "a place outside the house", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(HOUSE) and ".venv" not in file.parts:
            place = f"{file.relative_to(HOUSE)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def tell_only_where() -> None:
    """From now on an error that nobody caught is told by ``where`` alone, in whichever thread."""

    def in_the_program(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _LOG.critical("The kiosk fell: %s", where(error))

    def in_a_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            name = told.thread.name if told.thread is not None else "a thread"
            _LOG.critical("%s fell: %s", name, where(told.exc_value))

    sys.excepthook = in_the_program
    threading.excepthook = in_a_thread
