"""Run as a child process by tests that kill it: one visit, each step told on standard output as it begins."""

import json
import sys
import time
from pathlib import Path

from kiosk.opening import opened
from tests.kiosk.walk import settings_with, until

SPEED = 250.0


def main(data: str, clinic: str, persona: str) -> None:
    """Walk through one visit and say, at each new step, what was accepted so far."""
    with opened(settings_with({}, pressure="guideline"), Path(data), SPEED, clinic) as running:
        station = running.station
        until(station, station.bench.all_there)
        station.send(persona, presses=True)
        last = ""
        while True:
            station.tick()
            step = station.attendant.step
            if step != last:
                last = step
                visit = station.visit
                values = {o.quantity: str(o.value) for o in visit.observations}
                said = {"step": step, "visit": str(visit.id), "values": values}
                sys.stdout.write(json.dumps(said) + "\n")
                sys.stdout.flush()
            time.sleep(0.003)


if __name__ == "__main__":
    main(*sys.argv[1:])
