"""Run as its own process: the real station, with simulated instruments, for many visits in one folder.

Its temporary files, its home and what it logs lie on the same disk. Each visit is told on standard output, a
pipe, as what must not be found afterwards; nothing is said before the visit is over.
"""

import base64
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.thief.canaries import Canary, canaries_of
from health.visit import Visit
from kiosk.demo_clinic import DemoClinic
from kiosk.opening import opened
from kiosk.personas import people
from kiosk.settings import DEMO, PrinterPart, read_settings
from kiosk.visit_run import run_visit
from printouts.simulated_printer import SimulatedPrinter

SPEED = 250.0


def main(disk: str, elsewhere: str, visits: int) -> None:
    """So many ``visits`` at a station whose disk is ``disk``; the clinic's data lie ``elsewhere``."""
    os.environ |= {"TMPDIR": os.fspath(Path(disk, "tmp")), "HOME": os.fspath(Path(disk, "home"))}
    printer, clinic = SimulatedPrinter(), DemoClinic(Path(elsewhere))
    printer.start()
    settings = msgspec.structs.replace(
        read_settings(DEMO), pressure="quick", printer=PrinterPart(ipp=printer.url)
    )
    everybody = people().persona
    try:
        with opened(settings, Path(disk, "data"), SPEED, clinic.told.url) as running:
            for number in range(visits):
                one = everybody[number % len(everybody)]
                run = run_visit(running.station, one.name, SPEED)
                _tell(run.visit, canaries_of(run.visit, one.phone))
    finally:
        clinic.close()
        printer.stop()


def _tell(visit: Visit, canaries: Iterable[Canary]) -> None:
    told = [[one.of, base64.b64encode(one.raw).decode()] for one in canaries]
    sys.stdout.write(json.dumps({"visit": str(visit.id), "canaries": told}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
