"""Run as a child process by tests that kill it: one visit, each step told on standard output as it begins.

At the step it is to be killed at, the visit stands still, so nothing more is accepted before the kill comes.
"""

import functools
import json
import sys
import threading
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from kiosk.daykey import DayKey
from kiosk.demo_faults import URGENT
from kiosk.opening import opened
from kiosk.running import RunningStation
from tests.kiosk.walk import settings_with, until

SPEED = 250.0
KEPT = "kept"
"""Told like a step: the closed visit is in the ledger."""


def main(data: str, clinic: str, persona: str, last: str, memory: str = "") -> None:
    """Walk through one visit as far as ``last`` and say, at each new step, what was accepted so far.

    A ``persona`` with ``+urgent`` has a pressure that cannot wait.
    ``memory``: the folder that stands for the one in memory, where the day key outlives the program.
    """
    if memory:
        patch("kiosk.opening.DayKey", functools.partial(_day_key_in, Path(memory))).start()
    with opened(settings_with({}, pressure="guideline"), Path(data), SPEED, clinic) as running:
        station = running.station
        until(station, station.bench.all_there)
        who, _, in_danger = persona.partition("+")
        if in_danger:
            station.toggle_fault(URGENT)
        station.send(who, presses=True)
        told = ""
        while told != last:
            station.tick()
            step = KEPT if station.visit.id in station.kept else station.attendant.step
            if step != told:
                told = step
                _tell(station, step)
            threading.Event().wait(0.003)
        threading.Event().wait()


def _day_key_in(memory: Path, boot: UUID, _folder: Path | None) -> DayKey:
    return DayKey(boot, memory)


def _tell(station: RunningStation, step: str) -> None:
    visit = station.visit
    values = {o.quantity: str(o.value) for o in visit.observations}
    sys.stdout.write(json.dumps({"step": step, "visit": str(visit.id), "values": values}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
