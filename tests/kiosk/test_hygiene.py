"""Nothing a hand can do to a kiosk leads out of it: no key, no button, no gesture, no window manager."""

import json
import subprocess
import sys
from typing import Any

from tests.house.tree import ROOT


def after_everything(kind: str) -> dict[str, Any]:
    """What is left of the window after every event there is."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.child_hostile", kind],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_no_key_button_finger_or_close_leaves_a_kiosk_or_opens_what_lies_behind_it() -> None:
    said = after_everything("real")
    assert said["refused_to_close"], "the window was closed"
    assert not said["fell"]
    assert said["window"] == ["Stand"], "something else stands in the window"
    assert sorted(said["stand"]) == ["Face", "HeldPlace"]
    assert said["dark_corners"] == []
    assert said["modules"] == {}, "no inspector, no touch ring"
    assert said["inputs"] == {"mouse": "mouse,disable_multitouch"}, "one provider, or a press counts twice"
    assert (said["chosen_before"], said["knocks"]) == (0, 0)
    assert said["chosen"] == ["start"], "and it still hears a finger"


def test_a_demonstration_may_be_closed() -> None:
    said = after_everything("demo")
    assert not said["refused_to_close"]
    assert not said["fell"]
