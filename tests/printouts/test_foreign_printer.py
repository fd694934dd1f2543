"""The client against an IPP printer that others wrote: it understands us, and we understand it."""

import socket
import threading
import time
from pathlib import Path

from printouts.printer import Printer, PrinterState, PrintOutcome
from printouts.report import build
from tests.printouts.cases import old
from tests.printouts.foreign_printer import foreign_printer


def test_a_printer_of_others_takes_the_sheet_and_says_that_its_paper_is_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with foreign_printer(tmp_path, port) as foreign:
        sheet, printer = build(old()), Printer(foreign.url, limit_s=60.0)
        assert printer.send(sheet).printed
        assert (foreign.tray / "sheet.pdf").read_bytes() == sheet

        foreign.held.write_text("media-empty-error", "utf-8")
        came: list[PrintOutcome] = []
        sending = threading.Thread(target=lambda: came.append(printer.send(sheet)))
        sending.start()
        watching = Printer(foreign.url)
        until = time.monotonic() + 30
        while (state := watching.state()) is PrinterState.READY and time.monotonic() < until:
            time.sleep(0.05)
        assert state is PrinterState.PAPER_OUT
        foreign.held.unlink()
        sending.join(60)
        assert came
        assert came[0].printed
