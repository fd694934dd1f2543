"""Below a panel that asks something there is no other way on; only a cuff that runs can always be stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.model import Role
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import FORM_IDLE
from kiosk.views import Overlay
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to, lay


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        lay(made, "lin")
        yield made


def cover(house: HandMovedStation, overlay: Overlay) -> None:
    """Let ``overlay`` come up as it does for her."""
    if overlay is Overlay.HELP:
        house.attendant.choose(Choice.HELP)
    elif overlay is Overlay.OTHER_CARD:
        lay(house, "chen")
    elif overlay is Overlay.VOICE:
        house.attendant.choose(Choice.SAY)
    else:
        house.go_on(FORM_IDLE + 2)
    assert house.view().overlay is overlay


@pytest.mark.parametrize("overlay", [Overlay.HELP, Overlay.STILL_THERE, Overlay.OTHER_CARD])
def test_no_key_says_skip_where_it_would_only_take_a_panel_away(
    house: HandMovedStation, overlay: Overlay
) -> None:
    goes_to(house, "lin", Step.QUESTION)
    assert house.view().right is Choice.SKIP
    cover(house, overlay)
    assert house.view().right is None
    house.attendant.choose(Choice.CLOSE if overlay is Overlay.HELP else Choice.STAY)
    assert (house.view().step, house.view().right) == (Step.QUESTION, Choice.SKIP)


def test_the_panel_of_the_voice_asks_nothing_and_skip_beside_it_skips(house: HandMovedStation) -> None:
    goes_to(house, "lin", Step.STAND)
    cover(house, Overlay.VOICE)
    assert house.view().right is Choice.SKIP
    house.attendant.choose(Choice.SKIP)
    assert house.view().step is not Step.STAND


@pytest.mark.parametrize("overlay", [Overlay.HELP, Overlay.OTHER_CARD, Overlay.VOICE])
def test_a_cuff_that_squeezes_is_stopped_with_one_press_whatever_lies_above_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overlay: Overlay
) -> None:
    around = Circumstances(guideline=False, models={"cuff": "and-tm2655"})
    with hand_moved(tmp_path, around) as house:
        lay(house, "lin")
        goes_to(house, "lin", Step.PRESSURE)
        house.attendant.choose(Choice.START)
        stopped: list[Role] = []
        monkeypatch.setattr(house.bench, "stop", stopped.append)
        cover(house, overlay)
        assert house.view().right is Choice.STOP
        house.attendant.choose(Choice.STOP)
        assert stopped == [Role.PRESSURE]
        assert house.view().step is Step.GRIP
