"""A finger that missed every key has answered nothing, but it is hers: she is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.model import Role
from devices.simulators.acts import StepOff
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import FORM_IDLE, LEFT, WARNING
from kiosk.views import Overlay
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.screens.test_novice import slip
from tests.kiosk.test_couples_and_other_cards import act, goes_to, lay


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        lay(made, "lin")
        yield made


def test_a_form_that_is_touched_asks_nobody_whether_she_is_there(house: HandMovedStation) -> None:
    goes_to(house, "lin", Step.QUESTION)
    before = house.view().body
    for _ in range(4):
        house.go_on(FORM_IDLE - 5)
        house.attendant.touched()
    assert (house.view().body, house.view().overlay) == (before, None)
    house.go_on(FORM_IDLE + 2)
    assert house.view().overlay is Overlay.STILL_THERE


@pytest.mark.parametrize("overlay", [Overlay.STILL_THERE, Overlay.OTHER_CARD])
def test_who_misses_the_key_of_a_question_has_all_the_time_for_it_again_and_it_stays(
    house: HandMovedStation, overlay: Overlay
) -> None:
    goes_to(house, "lin", Step.QUESTION)
    if overlay is Overlay.OTHER_CARD:
        lay(house, "chen")
    else:
        house.go_on(FORM_IDLE + 2)
    for _ in range(4):
        assert (house.view().step, house.view().overlay) == (Step.QUESTION, overlay)
        house.go_on(WARNING - 5)
        house.attendant.touched()
    assert house.view().overlay_seconds == WARNING
    house.attendant.choose(Choice.STAY)
    assert (house.view().step, house.view().overlay) == (Step.QUESTION, None)


def test_who_stepped_off_the_scale_and_touches_has_not_gone(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(slip=slip("54.5"), guideline=False)) as house:
        lay(house, "lin")
        goes_to(house, "lin", Step.WEIGHT_ASK)
        act(house, Role.STAND, StepOff())
        house.go_on(LEFT - 5)
        house.attendant.touched()
        house.go_on(LEFT)
        assert house.view().overlay is None


def test_nobody_is_there_behind_a_touch_that_never_came(house: HandMovedStation) -> None:
    goes_to(house, "lin", Step.QUESTION)
    house.attendant.touched()
    house.go_on(FORM_IDLE + WARNING + 5)
    assert house.view().step in (Step.GOODBYE, Step.IDLE)
