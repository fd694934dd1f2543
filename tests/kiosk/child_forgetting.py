"""Run as a child process: a real station with its real window, unseen, and a visit that is led through it.

It presses whatever leads on, from idle to a printed sheet and goodbye, and then stands idle while whoever
started it looks into its memory. Nothing of the person is in this file: her card comes over the wire, and the
number that her doctor calls stands in a file of the test.
"""

import os
import sys
from pathlib import Path

from kiosk.opening import opened
from kiosk.settings import read_settings
from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, prepare
from tests.kiosk.paced import pace

STEADY_S = 0.8
GO_ON = "go-on"
"""The file that lets her consent, and the number she types."""


def say(words: str) -> None:
    """A line to the test."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main(data: str, settings: str) -> None:
    """Lead one visit through and stay."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    look = load_look()
    with opened(read_settings(Path(settings)), Path(data), 1.0, "own") as running:
        prepare(look, Pane(960, offscreen=True))
        pace()
        from kivy.clock import Clock

        from kiosk.app import StationApp
        from kiosk.flow.steps import Choice, Step

        room, told, go_on = running.station, ["idle"], Path(data) / GO_ON

        def lead(_: float) -> None:
            step = room.attendant.step
            if step.value != told[-1]:
                told.append(step.value)
                say(step.value)
            if len(told) > 2 and step is Step.IDLE:
                return
            if step is Step.IDENTIFY:
                return  # her card is awaited
            if step is Step.CONSENT and not go_on.exists():
                return  # whoever started it looks whether she is there
            if step is Step.TELEPHONE:
                for digit in go_on.read_text(encoding="ascii"):
                    room.choose(Choice.DIGIT, digit)
                room.choose(Choice.CONFIRM, "")
                return
            leads = {
                Step.IDLE: Choice.START,
                Step.WELCOME: Choice.START,
                Step.CONFIRM: Choice.YES,
                Step.CONSENT: Choice.AGREE,
                Step.SAFETY: Choice.NO,
                Step.QUESTION: Choice.NO,
                Step.TELEPHONE_CHECK: Choice.YES,
                Step.NOT_TODAY: Choice.NEXT,
                Step.RESULT: Choice.NEXT,
                Step.TAKE: Choice.PRINT,
                Step.GOODBYE: Choice.DONE,
            }
            room.choose(leads.get(step, Choice.SKIP), "")

        Clock.schedule_interval(lead, STEADY_S / 4)
        StationApp(room, look).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
