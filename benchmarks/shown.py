"""How soon a weight on the wire stands in the view of the screen, of the time its frame and one picture take.

The bytes come one by one as at 9600 8N1 over a pseudo-terminal, through the real line, its driver, the real
attendant and the view. As the window does, the station looks at what came when the next picture of sixty a
second is due. What drawing the picture takes is not in it.
"""

import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec

from benchmarks.measure import Figure, median, p95
from devices.catalogue import model_of
from devices.codecs.and_scale import build
from devices.codecs.load import Load
from devices.events import LineEvent
from devices.line import Line
from devices.simulators.terminal import Terminal
from kiosk.flow.steps import Choice, Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.settings import DEMO, read_settings
from kiosk.views import StandView

MODEL = "and-scale"
BYTE_S = 10 / 9600
PICTURE_S = 1 / 60
ALLOWED = 1.2
ROUNDS = 100
LONGEST_S = 2.0
TO_THE_SCALE = (Choice.START, Choice.START, Choice.AS_GUEST, Choice.PRINT_ONLY, Choice.NO, Choice.SKIP)


class _Wire:
    """A scale on a paced line, and the events that came of it."""

    def __init__(self) -> None:
        self._terminal = Terminal(MODEL)
        self._terminal.plug()
        self.events: deque[LineEvent] = deque()
        self._line = Line("scale", model_of(MODEL), self._terminal.port, self.events.append)
        self._line.open()

    def says(self, kg: Decimal, *, stable: bool) -> tuple[float, float]:
        """How long the frame took, and when its last byte was on the wire."""
        begun = due = time.perf_counter()
        for byte in build(Load(kg, "kg", stable)):
            due += BYTE_S
            time.sleep(max(0.0, due - time.perf_counter()))
            self._terminal.write(bytes((byte,)))
        said = time.perf_counter()
        return said - begun, said

    def close(self) -> None:
        self._line.close()
        self._terminal.close()


def run() -> Iterator[Figure]:
    """The ratio for live weights, one after another."""
    demo = read_settings(DEMO)
    parts = tuple(
        msgspec.structs.replace(one, model=MODEL) if one.id == "scale" else one for one in demo.instrument
    )
    settings = msgspec.structs.replace(demo, instrument=parts)
    with tempfile.TemporaryDirectory() as folder, opened(settings, Path(folder), 1.0, "none") as whole:
        wire = _Wire()
        try:
            _come_to_the_scale(whole.station)
            ratios = sorted(_ratios(whole.station, wire))
        finally:
            wire.close()
    middle, slow = median(ratios), p95(ratios)
    against = f"{ALLOWED} allowed"
    yield Figure("shown median", f"{middle:.2f} × frame+picture", against, ALLOWED / middle)
    yield Figure("shown p95", f"{slow:.2f} × frame+picture", against, ALLOWED / slow)


def _come_to_the_scale(station: RunningStation) -> None:
    end = time.monotonic() + LONGEST_S
    while not station.bench.all_there():
        station.tick()
        time.sleep(PICTURE_S)
        if time.monotonic() > end:
            raise SystemExit("An instrument did not answer; there is no figure.")
    for choice in TO_THE_SCALE:
        station.choose(choice)
    if station.attendant.step is not Step.STAND:
        raise SystemExit("The visit did not come to the scale; there is no figure.")


def _ratios(station: RunningStation, wire: _Wire) -> Iterator[float]:
    wire.says(Decimal("0.00"), stable=True)
    for number in range(ROUNDS):
        weight = Decimal("50.0") + Decimal(number % 9)
        told: list[tuple[float, float]] = []

        def say(told: list[tuple[float, float]] = told, weight: Decimal = weight) -> None:
            told.append(wire.says(weight, stable=False))

        speaking = threading.Thread(target=say)
        speaking.start()
        shown = _shown(station, wire, str(weight))
        speaking.join()
        took, said = told[0]
        yield max(0.0, shown - said) / (took + PICTURE_S)


def _shown(station: RunningStation, wire: _Wire, weight: str) -> float:
    """When the picture that shows ``weight`` was due."""
    end = time.perf_counter() + LONGEST_S
    picture = time.perf_counter()
    while picture < end:
        picture += PICTURE_S
        time.sleep(max(0.0, picture - time.perf_counter()))
        while wire.events:
            station.attendant.hear(wire.events.popleft())
        station.tick()
        body = station.view().body
        if isinstance(body, StandView) and body.weight == weight:
            return time.perf_counter()
    raise SystemExit("A weight was said and never shown; there is no figure.")
