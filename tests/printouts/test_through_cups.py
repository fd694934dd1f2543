"""Through a real CUPS: the sheet comes byte for byte, a fault is told, what was given up never comes."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from printouts.printer import Printer, PrinterState
from printouts.printer_fault import Fault
from printouts.report import build
from printouts.simulated_printer import SimulatedPrinter
from tests.printouts.cases import old, tool

FILES = """ErrorLog {0}/error_log
AccessLog {0}/access_log
PageLog {0}/page_log
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
ServerRoot {0}/etc
TempDir {0}/tmp
SystemGroup root
User lp
Group lp
"""
DAEMON = """Listen 127.0.0.1:{port}
DefaultAuthType None
WebInterface No
Browsing No
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
# What a queue is without a driver: the file goes to the printer as it is.
QUEUE = """<Printer kiosk>
DeviceURI {}
State Idle
Accepting Yes
ErrorPolicy retry-job
</Printer>
"""
PATIENCE_S = 30.0


@contextmanager
def spooler(printer: str) -> Iterator[str]:
    """A CUPS of its own with one queue that leads to ``printer``; gives the address of the queue."""
    daemon = tool("cupsd")
    # Its helpers run as another user, who must be able to come here.
    place = Path(tempfile.mkdtemp(prefix="kangyi-cups-"))
    place.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    for folder in ("spool", "cache", "state", "etc", "tmp"):
        (place / folder).mkdir()
    (place / "files.conf").write_text(FILES.format(place), "utf-8")
    (place / "cupsd.conf").write_text(DAEMON.format(port=port), "utf-8")
    (place / "etc" / "printers.conf").write_text(QUEUE.format(printer), "utf-8")
    words = [daemon, "-f", "-c", str(place / "cupsd.conf"), "-s", str(place / "files.conf")]
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"ipp://127.0.0.1:{port}/printers/kiosk"
    try:
        until = time.monotonic() + PATIENCE_S
        while Printer(url, answer_s=1.0).state() is PrinterState.OFFLINE:
            if running.poll() is not None or time.monotonic() > until:
                pytest.skip("needs a cupsd that can run here")
            time.sleep(0.1)
        yield url
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(place, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: a cupsd of its own")
def test_cups_in_between_brings_the_sheet_tells_the_fault_and_forgets_what_was_given_up() -> None:
    machine, sheet = SimulatedPrinter(), build(old())
    machine.start()
    with spooler(machine.url) as url:
        assert Printer(url, limit_s=PATIENCE_S).send(sheet).printed
        assert list(machine.sheets) == [sheet]
        machine.fault(Fault.PAPER_OUT)
        outcome = Printer(url, limit_s=6.0).send(sheet)
        assert not outcome.printed
        assert outcome.key == "printer.paper_out"
        # The client is told at once, the printer by CUPS a moment later.
        until = time.monotonic() + PATIENCE_S
        while machine.waiting and time.monotonic() < until:
            time.sleep(0.05)
        machine.fault(None)
        assert Printer(url, limit_s=PATIENCE_S).send(sheet).printed
        assert list(machine.sheets) == [sheet, sheet]
    machine.stop()
