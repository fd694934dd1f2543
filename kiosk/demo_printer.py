"""The printer of the demonstration: a real one by its protocol, simulated, whose sheets are kept as files."""

from pathlib import Path

from printouts.printer import FolderPrinter, Printer, PrinterState, PrintOutcome
from printouts.printer_fault import Fault


class DemoPrinter:
    """Prints over IPP to a simulated printer, then keeps the sheet in a folder."""

    def __init__(self, folder: Path) -> None:
        from printouts.simulated_printer import SimulatedPrinter  # noqa: PLC0415 - a server; no real station has it

        self._simulated = SimulatedPrinter()
        self._simulated.start()
        self._printer = Printer(self._simulated.url, limit_s=10.0)
        self._folder = FolderPrinter(folder)

    def state(self) -> PrinterState:
        """What the simulated printer says of itself."""
        return self._printer.state()

    def send(self, pdf: bytes) -> PrintOutcome:
        """Print, then keep the sheet as a file."""
        outcome = self._printer.send(pdf)
        if outcome.printed:
            self._folder.send(pdf)
        return outcome

    def path_of(self, pdf: bytes) -> Path:
        """Where this sheet lies or will lie."""
        return self._folder.path_of(pdf)

    def fault(self, fault: Fault | None) -> None:
        """Break it in one way, or mend it."""
        self._simulated.fault(fault)

    def close(self) -> None:
        """Switch it off."""
        self._simulated.stop()
