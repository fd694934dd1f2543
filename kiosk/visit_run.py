"""One whole visit without a window: the simulated person does everything, on real lines.

The same station, attendant, desk and courier as behind the window; only nobody draws. It must not take a
short cut: what is printed here went over a pseudo-terminal, through the ledger and over HTTP.
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from health.assessment import Assessment
from health.visit import Visit
from health.words import languages
from kiosk.errors import KioskError
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Count
from kiosk.running import RunningStation

TICK = 0.02
READY_SECONDS = 10.0
"""How long the instruments may take to be found before the visit begins without them."""
LONGEST = 3600.0
"""Seconds of the visit's own time after which something must be stuck."""
LEAST_SECONDS = 120.0
"""Real seconds a visit may take however quick it is played: a busy machine is not stuck."""
DELIVERY_SECONDS = 15.0
"""How long to wait for the clinic's answer while its link is up."""
CLOSED = frozenset({Step.TAKE, Step.PAPER, Step.GOODBYE})


class VisitStuckError(KioskError):
    """The visit did not come to its end."""


class VisitRun(msgspec.Struct, frozen=True):
    """What came of it. ``sheet`` is the printed report, None where nothing was printed."""

    visit: Visit
    assessment: Assessment
    sheet: Path | None
    delivered: bool
    language: str


def run_visit(station: RunningStation, persona: str, speed: float, language: str = "") -> VisitRun:
    """Let ``persona`` go through one visit at the open ``station``, in ``language`` if one is named.

    Raises ``VisitStuckError``.
    """
    _until(station, station.bench.all_there, READY_SECONDS)
    for _ in languages():
        if language and station.view().language != language:
            station.choose(Choice.LANGUAGE)
    station.send(persona, presses=True)
    visit, assessment, spoken = _walk(station, max(LONGEST / speed, LEAST_SECONDS))
    delivered = _delivered(station, visit)
    return VisitRun(visit, assessment, station.sheets.get(visit.id), delivered, spoken)


def _walk(station: RunningStation, limit: float) -> tuple[Visit, Assessment, str]:
    """Tick until she has gone; what was closed is remembered before the screen is cleared."""
    last: tuple[Visit, Assessment, str] | None = None
    end = time.monotonic() + limit
    while time.monotonic() < end:
        station.tick()
        attendant = station.attendant
        if attendant.step in CLOSED:
            last = (attendant.visit, attendant.assessment, attendant.view().language)
        elif last is not None and station.idle:
            return last
        time.sleep(TICK)
    raise VisitStuckError(f"The visit stood still at {station.attendant.step}; report this with the log.")


def _delivered(station: RunningStation, visit: Visit) -> bool:
    """Whether the clinic has this visit, once everything that waits was tried."""
    if station.courier is None:
        return False
    _until(station, lambda: visit.id in station.kept, 2.0)
    if visit.id in station.kept:
        _until(station, lambda: station.link_up is False or _nothing_waits(station), DELIVERY_SECONDS)
    station.tick()
    return visit.id in station.arrived


def _nothing_waits(station: RunningStation) -> bool:
    return station.desk.submit(Count()).result(5.0).counts.waiting == 0


def _until(station: RunningStation, done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        station.tick()
        if done():
            return
        time.sleep(TICK)
