"""The sheet of a record, and the printer this station has."""

from health.record import Record
from health.words import words_of
from printouts.printer import Printer, PrinterState, PrintsPaper


def printer_of(ipp: str) -> PrintsPaper | None:
    """The printer at ``ipp``, None without an address: no sheet of a resident ever becomes a file here."""
    return Printer(ipp) if ipp else None


def printer_trouble(ipp: str) -> str | None:
    """One sentence for staff when the printer at ``ipp`` is not ready, else None."""
    state = Printer(ipp).state()
    return None if state is PrinterState.READY else words_of("en").text(f"printer.{state}")


def sheet_of(record: Record, *, copy: bool = False) -> bytes:
    """The A4 report of ``record`` as PDF, marked where it is a ``copy``."""
    from printouts.report import Report, build  # noqa: PLC0415 - reportlab stays off the start-up path

    return build(
        Report(
            visit=record.visit,
            assessment=record.assessment,
            history=record.history,
            station=record.station,
            words=words_of(record.language),
            closed_at=record.visit.closed_at,
            software=record.software,
            copy=copy,
        )
    )
