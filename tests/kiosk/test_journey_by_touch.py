"""The real app, unseen, driven by touches from idle to goodbye, simulators on ptys, on every panel."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from health.words import SELDOM
from tests.house.tree import ROOT

pytestmark = pytest.mark.long

WAY = [
    "idle",
    "welcome",
    "identify",
    "confirm",
    "consent",
    "blood",
    "sample",
    "blood_running",
    "stand",
    "stand_done",
    "question",
    "telephone",
    "rest",
    "pressure",
    "gap",
    "pressure",
    "grip",
]
NOT_FOR_A_VISIT = {
    "devices.drivers.terumo",
    "devices.simulators.taidoc",
    "kiosk.demo_hands",
    "kiosk.doctor",
    "kiosk.upkeep.checkup",
    "kiosk.upkeep.controlling",
    "kiosk.upkeep.signing_in",
}
END = ["result", "take", "paper", "goodbye", "idle"]


@pytest.mark.parametrize(
    ("language", "screen"),
    [
        ("zh_CN", "portrait-21"),
        pytest.param("zh_CN", "landscape-15", marks=pytest.mark.whole),
        pytest.param("en", "table-10", marks=pytest.mark.whole),
    ],
)
def test_touches_lead_from_idle_to_goodbye(tmp_path: Path, language: str, screen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.child_journey", str(tmp_path), language, "lin", screen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["steps"][: len(WAY)] == WAY
    assert said["steps"][-len(END) :] == END
    assert set(said["steps"][len(WAY) : -len(END)]) <= {"blood_wait"}
    assert said["languages"] == [language]
    assert (said["arrived"], said["sheets"]) == (1, 1)
    assert said["of_others"] == [], "what the clinic needs, and paper, is held by no station"
    of_staff = {name for name in said["loaded"] if name.startswith(("kiosk.backroom.", "kiosk.staff."))}
    assert of_staff == {"kiosk.backroom.reception", "kiosk.backroom.references"}
    assert [file for file in said["rules"] if file.startswith("kiosk/staff/")] == []
    assert SELDOM.isdisjoint(said["catalogues"])
    assert {"kiosk", "health"} <= set(said["catalogues"])
    assert NOT_FOR_A_VISIT.isdisjoint(said["loaded"])
