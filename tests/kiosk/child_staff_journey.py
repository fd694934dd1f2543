"""Run as a child process: the real window, unseen, and a finger that goes through the staff area by touches.

Badge, PIN, the scale calibrated with three masses, out; then the badge again and a wrong PIN. Every key is
pressed where it is drawn; what was seen is told as one line of JSON.
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import KeypadView, PointView, StaffView
from kiosk.demo_faults import BADGE
from kiosk.opening import opened
from kiosk.theme import load_look
from kiosk.upkeep.demo import PIN
from kiosk.upkeep.reading_trail import ReadTrail
from kiosk.widgets.boot import Pane, prepare
from tests.kiosk.paced import pace
from tests.kiosk.walk import settings_with

if TYPE_CHECKING:
    from kiosk.running import RunningStation

SPEED = 100.0
LONGEST_S = 240.0
ROUND_S = 0.05
LAID_OUT_S = 1.0
WRONG = "918273"
KEYS = {
    StaffStep.INSTRUMENT: (Press.CALIBRATE, "body_weight"),
    StaffStep.PREPARE: (Press.BEGIN, ""),
    StaffStep.CALIBRATED: (Press.BACK, ""),
}


class StaffJourney:
    """What the finger presses next, and what the window showed."""

    def __init__(self, running: "RunningStation", language: str) -> None:
        self.running = running
        self.steps: list[str] = []
        self.titles: list[str] = []
        self.calibrated = self.refused = self.over = False
        self._language = language
        self._badge_laid = False

    def note(self) -> None:
        """Remember the step if it is a new one."""
        view = self.running.staff.view()
        step = StaffStep.OUT if view is None else view.step
        if not self.steps or self.steps[-1] != step:
            self.steps.append(step.value)
            self.calibrated = self.calibrated or step is StaffStep.CALIBRATED
            self._badge_laid = self._badge_laid and step is StaffStep.OUT
            self.over = self.refused and step is StaffStep.OUT
        if view is not None and view.heading not in self.titles:
            self.titles.append(view.heading)

    def wanted(self) -> tuple[Press, str] | None:
        """The key to press now, None while a screen is awaited."""
        view = self.running.staff.view()
        if view is None:
            if not self._badge_laid and not self.over:
                self._badge_laid = True
                self.running.toggle_fault(BADGE)
            return None
        if isinstance(view.body, KeypadView):
            return self._at_keypad(view.body)
        if isinstance(view.body, PointView):
            return (Press.TAKE, "") if view.body.can_take else None
        return self._inside(view)

    def _at_keypad(self, body: KeypadView) -> tuple[Press, str] | None:
        if body.trouble is not None:
            self.refused = True
            return Press.LEAVE, ""
        if body.complete:
            return Press.CONFIRM, ""
        pin = WRONG if self.calibrated else PIN
        return (Press.DIGIT, pin[body.typed]) if body.typed < len(pin) else None

    def _inside(self, view: StaffView) -> tuple[Press, str] | None:
        if view.step is StaffStep.HOME and view.language != self._language:
            return Press.MORE, ""
        if view.step is StaffStep.MORE:
            return (Press.BACK, "") if view.language == self._language else (Press.LANGUAGE, "")
        if view.step is StaffStep.HOME:
            return (Press.LEAVE, "") if self.calibrated else (Press.OPEN, "scale")
        return KEYS.get(view.step)


def main(data: str, language: str) -> None:
    """Go the whole way by touches."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    look = load_look()
    with opened(settings_with({}), Path(data), SPEED, "none") as open_station:
        prepare(look, Pane(960, strip=True, offscreen=True))
        pace()
        running = open_station.station
        running.send_first()
        journey = StaffJourney(running, language)
        _touch_through(running, journey)
        lines = running.desk.submit(ReadTrail("demo", 200)).result(30)
        said = {
            "steps": journey.steps,
            "titles": journey.titles,
            "trail": [[line.act, line.result] for line in reversed(lines)],
        }
    sys.stdout.write(json.dumps(said) + "\n")


def _touch_through(running: "RunningStation", journey: StaffJourney) -> None:
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.tests.common import UnitTestTouch

    from kiosk.app import StationApp
    from kiosk.widgets.key import Key

    app = StationApp(running)
    down: list[UnitTestTouch] = []

    def look(_: float) -> None:
        journey.note()
        if journey.over:
            app.stop()

    def finger(_: float) -> None:
        if down:
            down.pop().touch_up()
            return
        wanted = journey.wanted()
        keys = [k for w in Window.children for k in w.walk() if isinstance(k, Key)]
        shown = [
            k
            for k in keys
            if k.shown and k.get_parent_window() is not None and (k.choice, k.detail) == wanted
        ]
        if shown:
            touch = UnitTestTouch(*shown[0].to_window(*shown[0].center))
            touch.touch_down()
            down.append(touch)

    Clock.schedule_interval(look, 0)
    Clock.schedule_once(lambda _: Clock.schedule_interval(finger, ROUND_S), LAID_OUT_S)
    Clock.schedule_once(lambda _: app.stop(), LONGEST_S)
    app.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
