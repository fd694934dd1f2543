"""Whatever happens, at whatever screen: somebody who reads nothing finds her way out.

Every row of ``happenings`` happens at every step, to a whole station. A walk goes on with the next row as
long as she is where she was, and takes up the others when somebody comes to that step again. What happens in
whatever order is ``test_no_dead_end``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from devices.events import CardHeard, Found, Heard, LineEvent, Lost
from kiosk.errors import FlowError
from kiosk.events import DeskEvent
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import TABLE
from kiosk.personas import people
from kiosk.screens.face import Face
from tests.kiosk.novice.eyes import Eyes
from tests.kiosk.novice.happenings import Happens, desk_events, happenings, line_events
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.novice.someone import Novice, StuckError
from tests.kiosk.screens.test_novice import NEEDS_HER_HEIGHT, slip

pytestmark = pytest.mark.long

LONGEST = 7200.0
"""Seconds in which something happens, or she is stuck."""
BY_BODY_AND_PLUG = {Heard, CardHeard, Lost, Found}
"""What rows say that lay a card, squeeze, and pull a plug."""


@dataclass(frozen=True)
class World:
    """Who comes, and to which station; ``presses`` what she presses there once, to come where few come."""

    name: str = "lin"
    around: Circumstances = field(default_factory=Circumstances)
    staff: bool = True
    presses: dict[Step, Choice] = field(default_factory=dict)


WORLDS = [
    World(),
    World("guest"),
    World("zhao"),
    World("shen", Circumstances(slip=slip("51.0")), presses={Step.RESULT: Choice.EARLIER}),
    World("shen", Circumstances(slip=slip("80.0"))),
    World("shen", Circumstances(models=NEEDS_HER_HEIGHT), presses={Step.SAFETY: Choice.NO}),
    World("shen", Circumstances(absent=("analyser",))),
    World("shen", Circumstances(scenarios={"analyser": "silent"}, guideline=False)),
    World(staff=False),
]
"""Together they come to every step."""


@dataclass
class Tried:
    """What is still to happen at each step, and what happened in this walk."""

    rows: dict[str, Happens]
    patience: float = LONGEST
    left: dict[Step, list[str]] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many are to happen yet at the steps that somebody came to."""
        return sum(map(len, self.left.values()))

    def at(self, step: Step, house: HandMovedStation) -> None:
        """Let happen what is left of ``step``, as long as she stays there."""
        left = self.left.setdefault(step, list(self.rows))
        while left and house.attendant.step is step:
            name = left.pop(0)
            self.happened.append(f"{step}: {name}")
            self.rows[name](house)
            house.go_on(0.2)
            if house.view().overlay is not None and house.attendant.step is step:
                house.attendant.choose(Choice.CLOSE)
                house.attendant.choose(Choice.STAY)

    def walk(self, house: HandMovedStation, she: Novice, presses: Mapping[Step, Choice]) -> None:
        """From the idle screen to the idle screen behind a goodbye. Raises ``StuckError``."""
        still = dict(presses)
        last, been = self._now(house), False
        while not (been and house.attendant.step is Step.IDLE):
            if house.time.seconds > last[1] + self.patience:
                raise StuckError(f"She is stuck at {house.attendant.step} behind {self.happened[-5:]}.")
            she.goes_on(1.0)
            been = been or house.attendant.step is Step.GOODBYE
            self.at(house.attendant.step, house)
            if (choice := still.pop(house.attendant.step, None)) is not None:
                house.attendant.choose(choice)
            if len(self.happened) > last[0]:
                last = self._now(house)

    def _now(self, house: HandMovedStation) -> tuple[int, float]:
        return len(self.happened), house.time.seconds


@pytest.fixture(scope="module")
def eyes(module_face: Face) -> Eyes:
    return Eyes(module_face)


def test_the_table_of_happenings_has_every_kind_of_event(tmp_path: Path) -> None:
    with hand_moved(tmp_path) as house:
        assert {type(event) for event in desk_events(house.visit, house)} == set(get_args(DeskEvent))
        assert {type(event) for event in line_events("scale", 0.0)} | BY_BODY_AND_PLUG == set(
            get_args(LineEvent)
        )


def goes_all_ways(tried: Tried, folder: Path, eyes: Eyes, world: World) -> None:
    """As many visits as it takes for everything to happen at every step that this world comes to."""
    folder.mkdir()
    with hand_moved(folder, world.around) as house:
        before = (-1, -1)
        while (now := (len(tried.left), tried.open)) != before:
            before = now
            she = Novice(house, eyes, people().called(world.name), staff=world.staff)
            tried.walk(house, she, world.presses)
            if not tried.open:
                break


def test_whatever_happens_at_whatever_step_she_finds_the_way_out(tmp_path: Path, eyes: Eyes) -> None:
    tried = Tried(happenings())
    for number, world in enumerate(WORLDS):
        goes_all_ways(tried, tmp_path / str(number), eyes, world)
    assert set(Step) - set(tried.left) == set()
    assert {step: rows for step, rows in tried.left.items() if rows} == {}


@pytest.mark.parametrize("step", [Step.CONSENT, Step.GRIP])
def test_a_step_that_nothing_leads_out_of_is_found(
    tmp_path: Path, eyes: Eyes, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    planted = dict(TABLE) | {step: replace(TABLE[step], leads={})}
    monkeypatch.setattr("kiosk.flow.table.TABLE", planted)
    with pytest.raises((StuckError, FlowError), match=f"(stuck|round) at {step}"):
        goes_all_ways(Tried({}, patience=600.0), tmp_path / "planted", eyes, World())


def test_a_happening_that_leaves_the_attendant_deaf_is_found(
    tmp_path: Path, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deafens(house: HandMovedStation) -> None:
        if house.attendant.step is Step.CONSENT:
            for ear in ("choose", "hear", "tick"):
                monkeypatch.setattr(house.attendant, ear, lambda *_: None)

    with pytest.raises(StuckError, match=r"stuck at consent behind .*'consent: a planted one'"):
        goes_all_ways(Tried({"a planted one": deafens}, patience=600.0), tmp_path / "planted", eyes, World())
