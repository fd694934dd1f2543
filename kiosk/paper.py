"""The sheet of a record, and the printer this station has."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from health.record import Record, write
from health.words import words_of
from kiosk import papermaker
from kiosk.errors import KioskError
from kiosk.papermaker import COPY, FIRST, Form
from printouts.printer import Printer, PrinterState, PrintsPaper

LONGEST_S = 15.0
"""Seconds the paper of a record may take to be made; it takes one, on a slow machine a few.

With what a printer may take it must end before she is told that no sheet comes (``care.leaving``)."""
_KIND = re.compile(r"(?:[a-z_][a-z0-9_]*\.)*[A-Z][A-Za-z]*(?:Error|Exception)")
"""How a kind of error is called; a name of somebody is not called so."""
_HOUSE = Path(__file__).resolve().parent.parent


class PaperError(KioskError):
    """The paper of a record could not be made."""


def printer_of(ipp: str, slip: str = "") -> PrintsPaper | None:
    """The printer at ``ipp``, else the slip printer at ``slip``.

    None without an address: no sheet of a resident ever becomes a file here.
    """
    if ipp:
        return Printer(ipp)
    if not slip:
        return None
    from printouts.thermal import ThermalPrinter  # noqa: PLC0415 - only where a slip printer is set

    return ThermalPrinter(slip)


def printer_trouble(ipp: str, slip: str = "") -> str | None:
    """One sentence for staff when the printer at ``ipp`` or ``slip`` is not ready, else None."""
    printer = printer_of(ipp, slip)
    state = PrinterState.AWAY if printer is None else printer.state()
    return None if state is PrinterState.READY else words_of("en").text(f"printer.{state}")


def building_for(ipp: str, slip: str) -> Callable[..., bytes]:
    """What makes the paper for ``printer_of`` the same addresses: the A4 report, or the slip as dots."""
    return slip_of if slip and not ipp else sheet_of


def sheet_of(record: Record, *, copy: bool = False) -> bytes:
    """The A4 report of ``record`` as PDF, marked where it is a ``copy``. Raises ``PaperError``."""
    return _made_apart(record, Form.SHEET, copy=copy)


def slip_of(record: Record, *, copy: bool = False) -> bytes:
    """The slip of ``record`` as dots, marked where it is a ``copy``. Raises ``PaperError``."""
    return _made_apart(record, Form.SLIP, copy=copy)


def _made_apart(record: Record, form: Form, *, copy: bool) -> bytes:
    """What ``papermaker`` makes of the record in a process that takes its fonts along when it ends."""
    asked = [sys.executable, "-m", papermaker.__name__, form, COPY if copy else FIRST]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the record on its standard input
            asked, input=write(record), capture_output=True, timeout=LONGEST_S, check=False, cwd=_HOUSE
        )
    except subprocess.TimeoutExpired:
        raise PaperError("The paper was not made in time; print it again.") from None
    except OSError as wrong:
        raise PaperError(f"The paper could not be begun ({type(wrong).__name__}); print it again.") from None
    if done.returncode or not done.stdout:
        raise PaperError(f"The paper could not be made ({_kind(done.stderr)}); print it again.")
    return done.stdout


def _kind(said: bytes) -> str:
    """The kind of the error in the last of what a process ``said``: its sentence could hold a name."""
    kind = said.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
    return kind if _KIND.fullmatch(kind) else "no reason told"
