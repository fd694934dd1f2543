"""A plug pulled and put back on a pseudo-terminal: how soon the line is open again, of its two seconds."""

import time
from collections.abc import Iterator

from benchmarks.measure import Figure, p95
from devices.catalogue import model_of
from devices.events import Found, LineEvent, Lost
from devices.line import Line
from devices.simulators.bench import SimulatedInstrument

ALLOWED_S = 2.0
AWAY_S = 1.2
LONGEST_S = 15.0
ROUNDS = 5


def run() -> Iterator[Figure]:
    """From the plug put back to the port open, away for longer than the first pauses of the line."""
    instrument = SimulatedInstrument(model_of("shanghe-sh"))
    instrument.start()
    events: list[LineEvent] = []
    line = Line("scale", model_of("shanghe-sh"), instrument.port, events.append)
    line.open()
    _until(events, Found, 1)
    taken = []
    for number in range(1, ROUNDS + 1):
        instrument.fault("unplug")
        _until(events, Lost, number)
        time.sleep(AWAY_S)
        begun = time.perf_counter()
        instrument.fault("replug")
        _until(events, Found, number + 1)
        taken.append(time.perf_counter() - begun)
    line.close()
    instrument.stop()
    slowest = p95(sorted(taken))
    yield Figure("reconnect p95", f"{slowest:.2f} s", f"{ALLOWED_S:.0f} s allowed", ALLOWED_S / slowest)


def _until(events: list[LineEvent], kind: type[LineEvent], many: int) -> None:
    end = time.monotonic() + LONGEST_S
    while sum(isinstance(event, kind) for event in events) < many:
        if time.monotonic() > end:
            raise SystemExit("The line did not come back; there is no figure.")
        time.sleep(0.002)
