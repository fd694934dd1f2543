"""Before the window somebody real reads: only the machines and the simulated person are quick."""

import time
from pathlib import Path

from kiosk.clock import Clock
from kiosk.flow.steps import Choice, Step
from kiosk.opening import opened
from kiosk.running import RunningStation
from tests.kiosk.walk import settings_with, until

FAST = 200.0
"""At this speed a page would be gone after half a second."""


def _ticks_for(running: RunningStation, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        running.tick()
        time.sleep(0.01)


def test_a_page_in_a_quick_demonstration_waits_for_who_reads_it(tmp_path: Path) -> None:
    with opened(settings_with({}), tmp_path, FAST, "none", reader=1.0) as open_station:
        running = open_station.station
        running.choose(Choice.START)
        _ticks_for(running, 1.0)
        assert (running.attendant.step, running.view().overlay) == (Step.WELCOME, None)


def test_a_page_that_nobody_real_reads_is_as_quick_as_the_rest(tmp_path: Path) -> None:
    with opened(settings_with({}), tmp_path, FAST, "none") as open_station:
        running = open_station.station
        running.choose(Choice.START)
        until(running, lambda: running.idle)


def test_a_clock_divides_what_is_waited_for_and_not_what_is_read() -> None:
    now = [100.0]
    clock = Clock(monotonic=lambda: now[0], speed=20.0, reader=1.0)
    now[0] = 103.0
    assert (clock.since(100.0), clock.read_since(100.0)) == (60.0, 3.0)
