"""Whatever happens, in whatever order, at whatever screen: somebody who reads nothing finds her way out.

Drawn at random and made small where it fails: cards, badges, keys that are on no screen, plugs pulled, noise
on a wire, bodies on the scale, blood of nobody, calls of before, fingers beside every key, hours of waiting.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.model import Role
from devices.simulators.acts import Act, Hand, InsertSample, LayCard, Squeeze, StepOff, StepOn, TakePressure
from kiosk.events import CallStoodOpen
from kiosk.flow.steps import Choice
from kiosk.flow.table import TABLE
from kiosk.personas import people
from kiosk.screens.face import Face
from tests.kiosk.novice.eyes import Eyes
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.novice.someone import Novice

pytestmark = pytest.mark.long

EVERYBODY = people()
PLACES = (Role.STAND, Role.PRESSURE, Role.GRIP, Role.BLOOD, Role.CARD)
DETAILS = ("", "1", "walk", "rested", "no such thing")


@dataclass(frozen=True)
class Pressed:
    choice: Choice
    detail: str

    def __call__(self, house: HandMovedStation) -> None:
        house.attendant.choose(self.choice, self.detail)


@dataclass(frozen=True)
class Done:
    role: Role
    act: Act

    def __call__(self, house: HandMovedStation) -> None:
        found = house.bench.simulated(self.role)
        assert found is not None
        found.act(self.act)


@dataclass(frozen=True)
class Broken:
    role: Role
    how: str

    def __call__(self, house: HandMovedStation) -> None:
        found = house.bench.simulated(self.role)
        assert found is not None
        found.fault(self.how)


@dataclass(frozen=True)
class Waited:
    seconds: float

    def __call__(self, house: HandMovedStation) -> None:
        house.go_on(self.seconds)


def called_before(house: HandMovedStation) -> None:
    """A call for a value of before the last start is taken up."""
    house.attendant.hear(CallStoodOpen(house.time.wall()))


def touched(house: HandMovedStation) -> None:
    """A finger misses every key."""
    house.attendant.touched()


CARDS = [one.card.card() for one in EVERYBODY.persona if one.card is not None]
ACTS: list[tuple[Role, Act]] = [
    *((Role.CARD, LayCard(card)) for card in (*CARDS[:2], EVERYBODY.staff.card())),
    (Role.STAND, StepOn(Decimal("51.3"), Decimal("152.4"))),
    (Role.STAND, StepOn(Decimal("118.0"), Decimal("171.0"))),
    (Role.STAND, StepOff()),
    (Role.PRESSURE, TakePressure(138, 76, 70)),
    (Role.PRESSURE, TakePressure(191, 114, 90)),
    (Role.GRIP, Squeeze(Hand.LEFT, Decimal("16.0"))),
    (Role.GRIP, Squeeze(Hand.RIGHT, Decimal("17.0"))),
    (
        Role.BLOOD,
        InsertSample("K00000000001", Decimal("5.3"), Decimal("1.4"), Decimal("1.4"), Decimal("3.3")),
    ),
]
HAPPENS: st.SearchStrategy[Callable[[HandMovedStation], None]] = st.one_of(
    st.builds(Pressed, st.sampled_from(Choice), st.sampled_from(DETAILS)),
    st.sampled_from([Done(*each) for each in ACTS]),
    st.builds(Broken, st.sampled_from(PLACES), st.sampled_from(["unplug", "replug", "garbage", "silent"])),
    st.sampled_from([called_before, touched]),
    st.builds(Waited, st.sampled_from([0.5, 3.0, 20.0, 70.0, 200.0, 700.0])),
)


@pytest.fixture(scope="module")
def eyes(module_face: Face) -> Eyes:
    return Eyes(module_face)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=st.integers(0, 560),
    guideline=st.booleans(),
    events=st.lists(HAPPENS, max_size=14),
)
def test_whatever_happens_she_finds_the_way_out(
    eyes: Eyes, before: int, guideline: bool, events: list[Callable[[HandMovedStation], None]]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        hand_moved(Path(folder), Circumstances(guideline=guideline)) as house,
    ):
        Novice(house, eyes, EVERYBODY.called("shen")).goes_on(before)
        for happens in events:
            happens(house)
            house.go_on(0.2)
            assert house.view().step in TABLE
        for place in PLACES:
            Broken(place, "clear")(house)
            Broken(place, "replug")(house)
        Novice(house, eyes, EVERYBODY.called("shen")).comes_and_goes()
