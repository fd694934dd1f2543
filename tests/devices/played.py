"""One simulated instrument on a pseudo-terminal with a line that listens to it."""

import time
from collections.abc import Callable

import pytest

from devices.catalogue import model_of
from devices.events import CardHeard, CodeHeard, Heard, LineEvent, Refused, Trouble
from devices.line import Line
from devices.reading import Reading
from devices.simulators.bench import SimulatedInstrument

SPEED = 50.0


def until(true: Callable[[], bool], seconds: float) -> float:
    """Waits until it is true; how long that took. Fails after ``seconds``."""
    start = time.monotonic()
    while not true():
        if time.monotonic() - start > seconds:
            pytest.fail(f"not within {seconds} s")
        time.sleep(0.005)
    return time.monotonic() - start


class Played:
    """One simulated instrument on a pty with a line that listens to it."""

    def __init__(self, slug: str, scenario: str = "default") -> None:
        self.model = model_of(slug)
        self.events: list[LineEvent] = []
        self.instrument = SimulatedInstrument(self.model, scenario, SPEED)
        self.line = Line(slug, self.model, self.instrument.port, self.events.append)
        self.instrument.start()
        self.line.open()

    def close(self) -> None:
        self.line.close()
        self.instrument.stop()

    def count(self, kind: type[LineEvent]) -> int:
        return sum(isinstance(event, kind) for event in list(self.events))

    def values(self) -> tuple[str, ...]:
        said = []
        for event in list(self.events):
            if isinstance(event, CardHeard):
                said.append("card")
            if isinstance(event, CodeHeard):
                said.append("code")
            if isinstance(event, Heard) and event.reading.stable is not False:
                said.append(_value(event.reading))
        return tuple(said)

    def refusals(self) -> frozenset[str]:
        reasons = [event.reason for event in list(self.events) if isinstance(event, Refused)]
        return frozenset(
            [*reasons, *(event.code for event in list(self.events) if isinstance(event, Trouble))]
        )


def _value(reading: Reading) -> str:
    sign = "" if reading.comparator is None else reading.comparator.value
    return f"{reading.kind} {sign}{reading.value} {reading.unit}"
