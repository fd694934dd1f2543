"""The program is killed in the middle of a visit and started anew: her card goes on where she was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kiosk import opening
from kiosk.daykey import DayKey
from kiosk.flow.steps import Step
from kiosk.jobs import Count
from kiosk.running import RunningStation
from tests.kiosk.test_power_cut_in_a_visit import killed_at
from tests.kiosk.walk import SPEED, Walk, settings_with, walk

BEHIND_HER = {Step.CONSENT, Step.SAFETY, Step.BLOOD, Step.STAND, Step.STAND_DONE}


class Place:
    """A data folder, and what stands for the folder in memory that outlives the program."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.data, self.memory = home / "data", home / "memory"
        self.memory.mkdir()
        monkeypatch.setattr(opening, "DayKey", self._day_key)

    def _day_key(self, boot: UUID, _folder: Path | None) -> DayKey:
        return DayKey(boot, self.memory)

    def killed_at(self, step: str) -> dict[str, Any]:
        """What Lin had done when the program was killed."""
        return killed_at(step, self.data, "none", "lin", str(self.memory))

    @contextmanager
    def started_anew(self) -> Iterator[RunningStation]:
        with opening.opened(settings_with({}), self.data, SPEED, "none") as again:
            yield again.station


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(tmp_path, monkeypatch)


def values(done: Walk) -> dict[str, str]:
    return {one.quantity: str(one.value) for one in done.visit.observations}


def test_the_same_card_goes_on_with_the_same_visit_and_every_value_it_had(place: Place) -> None:
    had = place.killed_at("grip")
    with place.started_anew() as station:
        done = walk(station, "lin")
        counts = station.desk.submit(Count()).result(30).counts
    assert str(done.visit.id) == had["visit"]
    assert not (BEHIND_HER | {Step.REST, Step.PRESSURE}) & done.steps
    assert {"body_weight", "systolic"} <= had["values"].keys()
    assert had["values"].items() <= values(done).items()
    assert len(values(done)) == len(done.visit.observations)
    assert (counts.drafts, counts.waiting) == (0, 1)


def test_another_card_in_between_gets_nothing_of_it_and_hers_goes_on_behind(place: Place) -> None:
    had = place.killed_at("question")
    with place.started_anew() as station:
        other = walk(station, "chen")
        between = station.desk.submit(Count()).result(30).counts
        hers = walk(station, "lin")
    assert str(other.visit.id) != had["visit"]
    assert values(other)["body_weight"] != had["values"]["body_weight"]
    assert (between.drafts, between.waiting) == (1, 1)
    assert str(hers.visit.id) == had["visit"]
    assert not BEHIND_HER & hers.steps
    assert had["values"].items() <= values(hers).items()
