"""The staff area is loaded when somebody wants in: no visit waits for it, and what is broken is told."""

import shutil
import threading
from pathlib import Path

import pytest

from devices.model import Role
from kiosk.backroom import reception
from kiosk.backroom.backroom import Backroom
from kiosk.backroom.reception import Surroundings
from kiosk.backroom.steps import StaffStep
from kiosk.demo_faults import BADGE
from kiosk.flow.steps import Choice, Step
from kiosk.staff_area import backroom_of
from kiosk.staff_check import area_opens
from kiosk.theme import FIRST_SCREEN, load_look
from tests.house.tree import ROOT
from tests.kiosk.backroom.hand import at_station
from tests.kiosk.walk import until


class Slow:
    """The door as a slow machine opens it: nothing is loaded before the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may = threading.Event(), threading.Event()
        monkeypatch.setattr(reception, "backroom_of", self)

    def __call__(self, station: Surroundings) -> Backroom:
        self.begun.set()
        assert self.may.wait(60)
        return backroom_of(station)


def test_whoever_lays_a_badge_comes_in_once_the_area_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    with at_station(tmp_path) as hand:
        hand.running.toggle_fault(BADGE)
        until(hand.running, slow.begun.is_set)
        assert hand.step is StaffStep.OUT
        slow.may.set()
        hand.wait(StaffStep.PIN)


def test_a_person_who_begins_while_it_is_loaded_is_not_disturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    with at_station(tmp_path) as hand:
        running = hand.running
        running.toggle_fault(BADGE)
        until(running, slow.begun.is_set)
        running.choose(Choice.START)
        slow.may.set()
        until(running, lambda: running.staff._backroom is not None)
        running.tick()
        assert hand.step is StaffStep.OUT
        assert running.view().step is Step.WELCOME


def test_who_holds_the_fixed_place_finds_the_area_loaded(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        running = hand.running
        reader = running.bench.simulated(Role.CARD)
        assert reader is not None
        reader.fault("unplug")
        until(running, lambda: not running.bench.there(Role.CARD))
        loaded: list[str] = []
        running.staff.before_drawn(lambda: loaded.append(threading.current_thread().name))
        running.staff.make_ready()
        until(running, lambda: running.staff._backroom is not None)
        assert loaded == ["aside_0"], "not on the thread that draws"
        assert running.staff.view() is None
        running.staff.knock()
        assert hand.step is StaffStep.NUMBER


def test_an_area_that_is_broken_is_told_where_the_window_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Surroundings) -> Backroom:
        raise ImportError("no such name")

    monkeypatch.setattr(reception, "backroom_of", broken)
    with at_station(tmp_path) as hand:
        hand.running.staff.make_ready()
        with pytest.raises(ImportError, match="no such name"):
            until(hand.running, lambda: False)


def test_the_doctor_finds_that_the_area_opens_on_every_way_to_lay_it() -> None:
    ways = {panel.face.rules: name for name, panel in load_look().screen.items()}
    for screen in ways.values():
        assert area_opens(screen).ok, area_opens(screen).words


@pytest.mark.parametrize(
    ("file", "damaged", "said"),
    [
        ("kiosk/staff/home.kv", "<HomeScreen>:\n  nothing of a rule", "home.kv"),
        ("kiosk/backroom/lots.py", "from kiosk.backroom.page import no_such_name", "no_such_name"),
    ],
)
def test_the_doctor_finds_a_damaged_file_of_the_area(
    tmp_path: Path, file: str, damaged: str, said: str
) -> None:
    shutil.copytree(ROOT / "kiosk", tmp_path / "kiosk", ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("assets", "devices", "health", "printouts"):
        (tmp_path / part).symlink_to(ROOT / part)
    (tmp_path / file).write_text(damaged, encoding="utf-8")
    found = area_opens(FIRST_SCREEN, tmp_path)
    assert (found.check, found.ok) == ("staff_area", False)
    assert said in found.words
