"""The sheet of a record, and the printer this station has."""

from collections.abc import Callable

from health.record import Record
from health.words import words_of
from printouts.content import Report
from printouts.printer import Printer, PrinterState, PrintsPaper


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
    """The A4 report of ``record`` as PDF, marked where it is a ``copy``."""
    from printouts.report import build  # noqa: PLC0415 - reportlab stays off the start-up path

    return build(_report(record, copy=copy))


def slip_of(record: Record, *, copy: bool = False) -> bytes:
    """The slip of ``record`` as dots, marked where it is a ``copy``."""
    from printouts.dots import slip_dots  # noqa: PLC0415 - reportlab stays off the start-up path

    return slip_dots(_report(record, copy=copy))


def _report(record: Record, *, copy: bool) -> Report:
    return Report(
        visit=record.visit,
        assessment=record.assessment,
        history=record.history,
        station=record.station,
        words=words_of(record.language),
        closed_at=record.visit.closed_at,
        software=record.software,
        copy=copy,
    )
