"""A cuff that the screen started lets go before the screen goes on, whichever way that is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.events import Found, Lost, Refused, Trouble
from devices.model import Role
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import WARNING
from kiosk.views import PressureView
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to, lay


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch, house: HandMovedStation) -> list[Step]:
    """The step that stood each time the cuff was told to let go."""
    told: list[Step] = []
    stop = house.bench.stop

    def stops(role: Role) -> bool:
        assert role is Role.PRESSURE
        told.append(house.attendant.step)
        return stop(role)

    monkeypatch.setattr(house.bench, "stop", stops)
    return told


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    """She sits with her arm in a cuff that the wire starts and stops, and it has begun to squeeze."""
    with hand_moved(tmp_path, Circumstances(guideline=False, models={"cuff": "and-tm2655"})) as made:
        lay(made, "lin")
        goes_to(made, "lin", Step.PRESSURE)
        made.attendant.choose(Choice.START)
        made.go_on(1.0)
        yield made


def skips(house: HandMovedStation) -> None:
    house.attendant.choose(Choice.SKIP)


def gives_way(house: HandMovedStation) -> None:
    lay(house, "chen")
    house.attendant.choose(Choice.CHANGE)


def gives_way_unasked(house: HandMovedStation) -> None:
    lay(house, "chen")
    house.go_on(WARNING + 1.0)


@pytest.mark.parametrize("goes", [skips, gives_way, gives_way_unasked])
def test_who_goes_on_while_it_squeezes_takes_no_squeezing_arm_along(
    house: HandMovedStation, stopped: list[Step], goes: Callable[[HandMovedStation], None]
) -> None:
    goes(house)
    assert len(stopped) == 1
    assert house.attendant.step is not Step.PRESSURE


def can_start(house: HandMovedStation) -> bool:
    """Whether its key starts it; else it stops it."""
    body = house.view().body
    assert isinstance(body, PressureView)
    return body.can_start


@pytest.mark.parametrize("said", [Refused("cuff", "checksum", 12, 0.0), Trouble("cuff", "no_answer", 0.0)])
def test_before_it_is_offered_to_start_anew_it_lets_go(
    house: HandMovedStation, stopped: list[Step], said: Refused | Trouble
) -> None:
    assert not can_start(house)
    house.post(said)
    house.go_on(0.1)
    assert can_start(house)
    assert stopped == [Step.PRESSURE]


def test_a_cuff_whose_plug_was_out_lets_go_when_it_is_back(
    house: HandMovedStation, stopped: list[Step]
) -> None:
    for said in (Lost("cuff", 0.0), Found("cuff", 0.0)):
        house.post(said)
        house.go_on(0.1)
    assert stopped == [Step.PRESSURE]
    assert house.attendant.step is Step.PRESSURE


def test_a_cuff_whose_run_is_over_is_told_nothing_more(house: HandMovedStation, stopped: list[Step]) -> None:
    goes_to(house, "lin", Step.GRIP)
    assert stopped == []
