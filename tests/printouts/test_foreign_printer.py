"""The client against an IPP printer that others wrote: it understands us, and we understand it."""

import socket
import threading
import time
from pathlib import Path

from printouts.printer import Printer, PrinterState, PrintOutcome
from printouts.report import build
from tests.printouts.cases import old
from tests.printouts.foreign_printer import Foreign, foreign_printer

FAULTS = {
    "media-empty-error": PrinterState.PAPER_OUT,
    "media-jam-error": PrinterState.JAM,
    "cover-open-error": PrinterState.DOOR,
    "toner-empty-error": PrinterState.TONER_OUT,
}
PATIENCE_S = 30.0


def test_a_printer_of_others_takes_the_sheet_tells_its_faults_and_may_vanish(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with foreign_printer(tmp_path, port) as foreign:
        sheet, printer = build(old()), Printer(foreign.url, limit_s=60.0)
        assert printer.send(sheet).printed
        assert (foreign.tray / "sheet.pdf").read_bytes() == sheet
        for reason, state in FAULTS.items():
            assert comes_out_once_mended(foreign, reason, state, sheet).printed
        foreign.switch_off()
        assert printer.state() is PrinterState.OFFLINE
        assert printer.send(sheet).key == "printer.offline"
        foreign.switch_on()
        assert printer.state() is PrinterState.READY
        assert printer.send(sheet).printed


def comes_out_once_mended(foreign: Foreign, reason: str, state: PrinterState, sheet: bytes) -> PrintOutcome:
    """Holds a sheet back with ``reason`` until the printer was heard to say it."""
    foreign.held.write_text(reason, "utf-8")
    came: list[PrintOutcome] = []
    sending = threading.Thread(
        target=lambda: came.append(Printer(foreign.url, limit_s=60.0).send(sheet)), daemon=True
    )
    sending.start()
    watching, until = Printer(foreign.url), time.monotonic() + PATIENCE_S
    while (said := watching.state()) is not state and time.monotonic() < until:
        time.sleep(0.05)
    foreign.held.unlink()
    assert said is state
    sending.join(60)
    return came[0]
