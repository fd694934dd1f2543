"""A start: a face stands at once, what is pressed on it is not lost, and trouble is said."""

import json
import os
import socket
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest

from health.words import languages, words_of
from kiosk.lifeline import ADDRESS
from kiosk.theme import load_look
from tests.house.tree import ROOT
from tests.kiosk.child_start import WORDS

LEAST_INK = 1_000
"""Pixels of a line of words that stand out from the page."""


def after(mode: str, **more: str) -> dict[str, Any]:
    """What a start in ``mode`` came to."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.child_start", mode],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_a_press_before_the_station_is_open_shows_at_once_and_leads_on_when_it_is() -> None:
    said = after("press")
    assert said["first"] == "Doorstep"
    assert said["pressed"]
    assert said["heard"] == ["start"]
    assert (said["chosen"], said["step"]) == (["start"], "identify")


def test_who_waits_for_a_slow_station_is_asked_for_a_moment_once() -> None:
    said = after("moment")
    assert said["asked"] == 1
    assert said["step"] == "identify"


def test_a_face_that_takes_the_place_of_its_own_picture_hears_a_finger_at_once() -> None:
    said = after("nothing")
    assert (said["chosen"], said["step"]) == ([], "idle")
    assert not said["deaf"]


def test_a_station_that_cannot_be_opened_says_whom_to_ask_and_then_ends_with_its_reason() -> None:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(f"\0kangyi-{uuid4().hex}")
    said = after("shut", **{ADDRESS: "@" + line.getsockname().decode().lstrip("\0")})
    assert said["seen"][-1] == "SafeBoard"
    assert said["said"] == WORDS
    assert line.recv(100) == b"READY=1"
    line.close()


def test_where_nobody_starts_it_anew_a_station_that_cannot_be_opened_ends_at_once() -> None:
    said = after("ends", **{ADDRESS: ""})
    assert "SafeBoard" not in said["seen"]
    assert said["said"] == WORDS


def test_the_face_that_stands_first_is_the_idle_face_but_for_the_hour() -> None:
    said = after("keeps")
    assert said["as_kept"], "it is drawn as it was kept"
    assert said["keys"] == dict.fromkeys(("help", "large", "contrast", "language", "start"), True)
    assert said["moment"]
    (left, below, wide, high), size = said["differs"]
    assert left > size[0] / 2, "left of the hour all is the same"
    assert below > size[1] * 0.88, "below the hour all is the same"
    assert wide > 10
    assert high > 10


def test_the_very_first_start_shows_at_once_its_name_and_that_it_is_getting_ready() -> None:
    said = after("first")
    assert said["first"] == "FirstSight"
    assert said["lines"] == ["康驿 Kangyi", *(words_of(each).text("start.ready") for each in languages())]
    assert said["fits"]
    assert f"#{said['corner']}" == load_look().color.light.page
    assert min(said["inked"]) > LEAST_INK


@pytest.fixture(scope="module")
def rested() -> dict[str, Any]:
    """What was seen of a whole station that stands idle."""
    return after("rests")


def test_at_rest_no_picture_is_drawn_again_that_stands_already(rested: dict[str, Any]) -> None:
    assert rested["step"] == "idle"
    assert rested["alike"] == 0


def test_a_station_at_rest_holds_no_library_of_the_clinic_or_of_paper(rested: dict[str, Any]) -> None:
    assert rested["of_others"] == []


@pytest.mark.parametrize("module", ["kiosk.window", "kiosk.entrance"])
def test_the_first_picture_waits_for_nothing_of_the_station(module: str) -> None:
    slow = {"babel", "devices.catalogue", "devices.line", "kiosk.app", "kiosk.running", "nacl"}
    slow |= {"kiosk.views", "pyrage", "reportlab", "serial", "sqlalchemy", "urllib3"}
    asked = (
        "import sys; from kiosk.theme import load_look; from kiosk.widgets.boot import pane_for, prepare; "
        "look = load_look(); prepare(look, pane_for(look, offscreen=True)); "
        f"import {module}; print(sorted({slow} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "KIVY_GL_BACKEND": "mock"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_real_station_loads_nothing_that_only_a_demonstration_or_staff_need() -> None:
    asked = "import sys, kiosk.opening; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "kiosk.running" in loaded
    assert loaded.isdisjoint({"argon2", "http.server", "kiosk.doctor", "printouts.simulated_printer"})
    assert [one for one in loaded if one.startswith(("devices.codecs.", "devices.drivers."))] == []
    shared = {f"devices.simulators.{name}" for name in ("acts", "bench", "stage", "terminal")}
    assert {one for one in loaded if one.startswith("devices.simulators.")} <= shared
