"""Run as a child process: the real window, unseen, and a finger that touches keys from idle to goodbye.

The simulated person acts at the instruments only; everything on the screen is pressed here, by where it is
drawn. What was seen is told as one line of JSON.
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.care import blood
from kiosk.flow.steps import Choice, Step
from kiosk.opening import opened
from kiosk.theme import load_look
from kiosk.views import PaperState, PaperView
from kiosk.widgets.boot import Pane, prepare
from tests.house.tree import ROOT
from tests.kiosk.paced import pace
from tests.kiosk.walk import settings_with, until

if TYPE_CHECKING:
    from kiosk.running import RunningStation

OF_OTHERS = {"cryptography", "http_message_signatures", "reportlab", "babel", "requests", "jinja2"}
"""Libraries of the clinic, and of the process that makes the paper."""
SPEED = 40.0
LONGEST_S = 240.0
ROUND_S = 0.05
PATIENT_STAFF_S = 3600
"""Seconds of the visit's own time staff have: a machine that stumbles must not make them come too late."""
LAID_OUT_S = 1.0
"""The first second is for the window to find its size; nobody touches a kiosk that is not drawn yet."""

FINGER = {
    Step.IDLE: Choice.START,
    Step.WELCOME: Choice.START,
    Step.CONFIRM: Choice.YES,
    Step.CONSENT: Choice.AGREE,
    Step.SAFETY: Choice.NO,
    Step.SAMPLE: Choice.YES,
    Step.QUESTION: Choice.NO,
    Step.TELEPHONE: Choice.SKIP,
    Step.NOT_TODAY: Choice.NEXT,
    Step.URGENT: Choice.CALM,
    Step.RESULT: Choice.NEXT,
    Step.TAKE: Choice.BOTH,
    Step.GOODBYE: Choice.DONE,
}


class Journey:
    """What the finger did and what the window showed."""

    def __init__(self, running: "RunningStation", language: str) -> None:
        self.running = running
        self.language = language
        self.steps: list[str] = []
        self.languages: set[str] = set()
        self.taps = 0

    def wanted(self) -> Choice | None:
        """What to press next, None while the person measures or waits."""
        view = self.running.view()
        if view.overlay is not None:
            return Choice.STAY
        if view.step is Step.IDLE and view.language != self.language:
            return Choice.LANGUAGE
        if isinstance(view.body, PaperView):
            return None if view.body.paper is PaperState.PRINTING else Choice.DONE
        return FINGER.get(view.step)

    def note(self) -> None:
        """Remember the step if it is a new one."""
        view = self.running.view()
        if not self.steps or self.steps[-1] != view.step:
            self.steps.append(view.step)
        if view.step is not Step.IDLE:
            self.languages.add(view.language)

    @property
    def over(self) -> bool:
        """Whether she said goodbye and the screen is nobody's again."""
        return Step.GOODBYE in self.steps and self.steps[-1] == Step.IDLE


def main(data: str, language: str, persona: str, screen: str) -> None:
    """Go the whole way by touches on ``screen``."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    read: set[str] = set()
    sys.addaudithook(lambda event, args: _note_catalogue(read, event, args))
    blood.STAFF_SECONDS = PATIENT_STAFF_S
    look = load_look()
    settings = msgspec.structs.replace(settings_with({}, pressure="guideline"), screen=screen)
    with opened(settings, Path(data), SPEED, "own") as open_station:
        prepare(look, Pane(960, screen, strip=True, offscreen=True))
        pace()
        running = open_station.station
        running.send(persona, presses=False)
        journey = Journey(running, language)
        rules = _touch_through(running, journey, screen)
        until(running, lambda: len(running.arrived) == 1)
        arrived = len(running.arrived)
    said = {
        "steps": journey.steps,
        "languages": sorted(journey.languages),
        "taps": journey.taps,
        "arrived": arrived,
        "sheets": len(running.sheets),
        "of_others": sorted(OF_OTHERS & set(sys.modules)),
        "loaded": sorted(sys.modules),
        "rules": rules,
        "catalogues": sorted(read),
    }
    sys.stdout.write(json.dumps(said) + "\n")


def _note_catalogue(read: set[str], event: str, args: tuple[object, ...]) -> None:
    if event == "open" and str(args[0]).endswith(".po"):
        read.add(Path(str(args[0])).stem)


def _touch_through(running: "RunningStation", journey: Journey, screen: str) -> list[str]:
    """Go the whole way; returns the files of rules that were read for it."""
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.lang import Builder
    from kivy.tests.common import UnitTestTouch

    from kiosk.app import StationApp
    from kiosk.widgets.key import Key

    app = StationApp(running, screen=screen)
    down: list[UnitTestTouch] = []

    tick = running.tick

    def ticked() -> None:
        """Round every tick, for at this speed a slow machine draws a screen less often than it changes."""
        journey.note()
        tick()
        journey.note()

    vars(running)["tick"] = ticked

    def look(_: float) -> None:
        if journey.over:
            app.stop()

    def finger(_: float) -> None:
        if down:
            down.pop().touch_up()
            return
        choice = journey.wanted()
        keys = [k for w in Window.children for k in w.walk() if isinstance(k, Key) and k.choice == choice]
        shown = [k for k in keys if k.shown and k.get_parent_window() is not None]
        if shown:
            touch = UnitTestTouch(*shown[0].to_window(*shown[0].center))
            touch.touch_down()
            down.append(touch)
            journey.taps += 1

    Clock.schedule_interval(look, 0)
    Clock.schedule_once(lambda _: Clock.schedule_interval(finger, ROUND_S), LAID_OUT_S)
    Clock.schedule_once(lambda _: app.stop(), LONGEST_S)
    app.run()
    return [str(Path(file).relative_to(ROOT)) for file in Builder.files if Path(file).is_relative_to(ROOT)]


if __name__ == "__main__":
    main(*sys.argv[1:])
