"""A real station for journey tests: simulators on ptys, real drivers, ledger, paper; only time is quick."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from health.assessment import Assessment
from health.visit import Visit
from kiosk.flow.steps import Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.settings import DEMO, KioskSettings, read_settings
from kiosk.views import GapView, GripView, IdentifyView, PressureView, RestView, StandView, View
from kiosk.visit_run import CLOSED
from kiosk.voice.announcing import Speaks
from tests.kiosk.ledgers import lay_empty_ledger

SPEED = 100.0
LONGEST_S = 120.0
"""A visit takes three seconds; on a machine that does ten other things it takes half a minute."""
LOOKS_S = 0.02
"""As often as a screen looks; four times as often took a fifth more of the machine and saw nothing more."""


def settings_with(
    scenarios: Mapping[str, str], *, pressure: str = "quick", models: Mapping[str, str] | None = None
) -> KioskSettings:
    """The demonstration's settings, with some instruments in a scenario, by the id of the instrument.

    ``models`` fits other models in their place.
    """
    demo = read_settings(DEMO)
    fitted = models or {}
    parts = tuple(
        msgspec.structs.replace(
            one,
            model=fitted.get(one.id, one.model),
            port=f"simulated:{scenarios.get(one.id, 'default')}",
        )
        for one in demo.instrument
    )
    return msgspec.structs.replace(demo, instrument=parts, pressure=pressure)


@contextmanager
def station(
    data: Path,
    scenarios: Mapping[str, str] | None = None,
    *,
    speed: float = SPEED,
    clinic: str = "none",
    pressure: str = "quick",
    models: Mapping[str, str] | None = None,
    mouth: Speaks | None = None,
) -> Iterator[RunningStation]:
    """An open station whose instruments are all found; ``mouth`` is its voice, none by default."""
    settings = settings_with(scenarios or {}, pressure=pressure, models=models)
    lay_empty_ledger(data)
    with opened(settings, data, speed, clinic, mouth=mouth) as running:
        until(running.station, running.station.bench.all_there)
        yield running.station


def until(running: RunningStation, done: Callable[[], bool], seconds: float = LONGEST_S) -> None:
    """Tick until ``done``; fails the test after ``seconds``."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"it stood still at {running.attendant.step}"
        running.tick()
        time.sleep(LOOKS_S)


@dataclass(frozen=True, slots=True)
class Walk:
    """Every different view she saw, in order, and the visit as it was closed."""

    views: list[View]
    visit: Visit
    assessment: Assessment

    @property
    def steps(self) -> set[Step]:
        """The steps she came through."""
        return {view.step for view in self.views}


def trouble_of(view: View) -> str | None:
    """The sentence that asks her to do something again, None where nothing is wrong."""
    body = view.body
    if isinstance(body, IdentifyView | StandView | RestView | PressureView | GapView | GripView):
        return body.trouble
    return None


def walk(running: RunningStation, persona: str, seconds: float = LONGEST_S) -> Walk:
    """Let ``persona`` go through the whole visit."""
    seen: list[View] = []
    closed: list[tuple[Visit, Assessment]] = []
    running.send(persona, presses=True)

    def gone() -> bool:
        view = running.view()
        if not seen or seen[-1] != view:
            seen.append(view)
        if view.step in CLOSED:
            closed[:] = [(running.attendant.visit, running.attendant.assessment)]
        return bool(closed) and view.step is Step.IDLE

    until(running, gone, seconds)
    return Walk(seen, *closed[0])
