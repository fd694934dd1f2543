"""Run as a child process: the real window, unseen, on an open station whose drawing thread falls or hangs.

``raise`` and ``hang`` happen once a weight was accepted; ``look`` goes on as long as it is let. What stands
on the screen is told on standard output as it changes.
"""

import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import msgspec

from kiosk import window
from kiosk.falls import Falls, tell_only_where
from kiosk.flow.steps import Step
from kiosk.jobs import Count
from kiosk.lifeline import Lifeline
from kiosk.opening import opened
from kiosk.opening_behind import Opening
from kiosk.running import RunningStation
from kiosk.stationtime import boot_id
from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, prepare
from tests.kiosk.paced import pace
from tests.kiosk.walk import settings_with

SPEED = 40.0
FITTED = ("reader", "scale")
"""Nothing is waited for but her card and her weight."""
WORDS = "王小𠮷 110101194003021224"
COVERED_S = 0.3


def say(words: str) -> None:
    """A line to the test."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main(data: str, mode: str) -> None:
    """Open the station and draw it until it falls, or is ended."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    window._say_only_trouble()
    tell_only_where()
    look = load_look()
    whole = settings_with({})
    few = msgspec.structs.replace(whole, instrument=tuple(p for p in whole.instrument if p.id in FITTED))
    with opened(few, Path(data), SPEED, "none") as running:
        station = running.station
        say(f"waiting {station.desk.submit(Count()).result(30).counts.waiting}")
        prepare(look, Pane(960, offscreen=True))
        pace()
        if mode == "look":
            watch(station)
        else:
            station.send("shen", presses=True)
            spoil(station, mode)
        opening = Opening(lambda: nullcontext(running))
        code = window._run(opening, look, few, Lifeline(), Falls(running.data, boot_id()))
    sys.exit(code)


def spoil(station: RunningStation, mode: str) -> None:
    """Let the tick that comes after a weight was accepted raise, or never return."""
    from kiosk import app

    app.COVERED_S = COVERED_S
    watch(station)
    ticking = station.tick

    def tick() -> None:
        ticking()
        if station.attendant.step is not Step.STAND_DONE:
            return
        until_kept(station)
        say(mode)
        if mode == "raise":
            raise ValueError(WORDS)
        time.sleep(600)

    station.tick = tick  # type: ignore[method-assign]


def until_kept(station: RunningStation) -> None:
    """The desk does one job after another, so what was accepted before this one is on disk now."""
    station.desk.submit(Count()).result(30)


def watch(station: RunningStation) -> None:
    """Tell what stands on the screen whenever it changes, and press the key of the board."""
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.tests.common import UnitTestTouch

    from kiosk.screens.window_stand import Stand
    from kiosk.widgets.key import Key

    told: list[str] = []
    down: list[UnitTestTouch] = []

    def look(_: float) -> None:
        stand = next((each for each in Window.children if isinstance(each, Stand)), None)
        if stand is None:
            return
        board = stand.board.parent is stand
        seen = f"board {len(stand.children)}" if board else f"step {stand.face.step}"
        if told[-1:] != [seen]:
            told.append(seen)
            say(seen)
        if down:
            down.pop().touch_up()
        elif board and stand.board.may_leave:
            key = next(each for each in stand.board.walk() if isinstance(each, Key))
            touch = UnitTestTouch(*key.center)
            touch.touch_down()
            down.append(touch)

    Clock.schedule_interval(look, 0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
