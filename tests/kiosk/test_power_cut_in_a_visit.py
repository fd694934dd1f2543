"""Killed at any step: what was accepted is on disk, and reaches the clinic as far as it went."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.demo_clinic import DemoClinic
from kiosk.jobs import Count
from kiosk.opening import opened
from tests.house.tree import ROOT
from tests.kiosk.ports import quiet_port
from tests.kiosk.walk import SPEED, settings_with, until, walk

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoClinic]:
    """A real clinic on loopback; each test has a station of its own there."""
    running = DemoClinic(tmp_path_factory.mktemp("clinic"))
    yield running
    running.close()


def ask(clinic: DemoClinic, path: str) -> Any:  # noqa: ANN401 - JSON
    """What the clinic answers to its staff."""
    headers = {"Authorization": f"Bearer {clinic.told.token}"}
    answer = requests.get(clinic.told.url + path, headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.json()


def killed_at(step: str, data: Path, clinic: str, persona: str = "shen", memory: str = "") -> dict[str, Any]:
    """Run a visit in a child process and kill it (-9) as ``step`` begins; what it had accepted by then.

    Step ``kept`` is when the closed visit is in the ledger.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.kiosk.child_visit", str(data), clinic, persona, step, memory],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        for line in child.stdout:
            said: dict[str, Any] = json.loads(line)
            if said["step"] == step:
                return said
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    raise AssertionError(f"the child never came to {step}")


def values_at(clinic: DemoClinic, visit: str) -> dict[str, str]:
    """The values the clinic has of one visit."""
    return {k: v["value"] for k, v in ask(clinic, f"/api/visits/{visit}")["observations"].items()}


OFTEN = ("stand_done", "gap", "urgent", "result", "kept")
SELDOM = ("question", "rest", "pressure", "grip")


@pytest.mark.parametrize("step", [*OFTEN, *(pytest.param(one, marks=pytest.mark.whole) for one in SELDOM)])
def test_a_visit_killed_at_any_step_reaches_the_clinic_as_far_as_it_went(
    tmp_path: Path, clinic: DemoClinic, step: str
) -> None:
    data = tmp_path / "station"
    said = killed_at(step, data, clinic.told.url, "shen+urgent" if step == "urgent" else "shen")
    assert said["values"]
    with opened(settings_with({}), data, SPEED, clinic.told.url) as again:
        station = again.station
        until(station, lambda: station.desk.submit(Count()).result(30).counts.waiting == 0)
    assert values_at(clinic, said["visit"]) == said["values"]
    assert ask(clinic, f"/api/visits/{said['visit']}")["incomplete"] is (step != "kept")


def test_a_visit_made_while_the_clinic_is_away_is_delivered_by_the_next_run(tmp_path: Path) -> None:
    port = quiet_port()
    first = DemoClinic(tmp_path / "clinic", port)
    url = first.told.url
    first.close()
    data = tmp_path / "station"
    with opened(settings_with({}), data, SPEED, url) as offline:
        walk(offline.station, "lin")
        until(offline.station, lambda: bool(offline.station.kept))
        (visit,) = offline.station.kept
        assert not offline.station.arrived
    clinic = DemoClinic(tmp_path / "clinic", port)
    try:
        with opened(settings_with({}), data, SPEED, url) as online:
            walk(online.station, "chen")
            until(online.station, lambda: len(online.station.arrived) == 2)
        assert values_at(clinic, str(visit))["body_weight"] == "57.8"
    finally:
        clinic.close()


def test_a_guest_leaves_nothing_at_the_clinic_and_nothing_on_disk(tmp_path: Path, clinic: DemoClinic) -> None:
    data = tmp_path / "station"
    with opened(settings_with({}), data, SPEED, clinic.told.url) as running:
        done = walk(running.station, "guest")
        until(running.station, lambda: running.station.desk.submit(Count()).result(30).counts.waiting == 0)
        counts = running.station.desk.submit(Count()).result(30).counts
    assert counts.drafts == counts.waiting == counts.done == 0
    with pytest.raises(requests.HTTPError):
        ask(clinic, f"/api/visits/{done.visit.id}")
