"""The real app, unseen, driven by touches: staff calibrate the simulated scale, go, and mistype a PIN."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.long


def test_touches_lead_from_a_badge_to_a_kept_calibration_and_a_wrong_pin_leads_nowhere(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.child_staff_journey", str(tmp_path), "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    wandered = ["home", "more", "home"]
    inside = ["instrument", "prepare", "point", "calibrated", "home"]
    assert said["steps"] == ["out", "pin", *wandered, *inside, "out", "pin", "out"]
    assert any("Calibrate" in title for title in said["titles"])
    kept = [act for act, result in said["trail"]]
    assert ["calibrate", "passed"] in said["trail"]
    assert kept[-3:] == ["sign_out", "try", "try"]
    assert said["trail"][-1] == ["try", "wrong"]
