"""A station whose meters a test chooses, and people who come as far as a step."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import msgspec

from devices.model import Role
from devices.simulators.bench import SimulatedInstrument
from kiosk.flow.steps import Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.settings import InstrumentPart
from tests.kiosk.walk import SPEED, settings_with, until


@contextmanager
def with_meters(data: Path, *meters: tuple[str, str, str]) -> Iterator[RunningStation]:
    """An open station with these meters (id, model, scenario) in place of the analyser."""
    demo = settings_with({})
    parts = tuple(InstrumentPart(i, model, f"simulated:{scenario}") for i, model, scenario in meters)
    others = tuple(one for one in demo.instrument if one.id != "analyser")
    settings = msgspec.structs.replace(demo, instrument=(*others, *parts))
    with opened(settings, data, SPEED, "none") as running:
        until(running.station, running.station.bench.all_there)
        yield running.station


def simulated(running: RunningStation, name: str) -> SimulatedInstrument:
    found = next(f.simulated for f in running.bench._fitted if f.id == name)
    assert found is not None
    return found


def comes_to(running: RunningStation, persona: str, step: Step, *, sampled: bool = True) -> UUID:
    """Let ``persona`` come as far as ``step``; unless ``sampled``, her drop does not reach the instrument."""
    running.send(persona, presses=True)
    person = running.demo.person
    assert person is not None
    if not sampled:
        person._find = lambda role: None if role is Role.BLOOD else running.bench.simulated(role)
    until(running, lambda: running.attendant.step is step)
    return running.visit.id
