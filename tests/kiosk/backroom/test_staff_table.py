"""The staff area has no dead end, always lets itself out, and keeps what is done often within three taps."""

from collections import deque
from collections.abc import Mapping

import pytest

from kiosk.backroom.page import staff_flow_page
from kiosk.backroom.steps import StaffHappening, StaffStep
from kiosk.backroom.table import IDLE, STAFF_TABLE, TAPS, draw, next_staff_step
from tests.house.tree import ROOT

INSIDE = [step for step in StaffStep if step is not StaffStep.OUT]
BEHIND_THE_PIN = [step for step in INSIDE if step not in (StaffStep.NUMBER, StaffStep.PIN)]
OFTEN = {
    "begin a calibration": (StaffStep.PREPARE, StaffHappening.BEGIN),
    "check a mass or a rod": (StaffStep.CHECK, StaffHappening.TAKE),
    "run a control": (StaffStep.CONTROL, StaffHappening.CHOOSE),
    "look at the chart": (StaffStep.CONTROL, StaffHappening.CHART),
    "look at the lots": (StaffStep.HOME, StaffHappening.LOTS),
    "see the live frames": (StaffStep.INSTRUMENT, StaffHappening.FRAMES),
    "send what waits": (StaffStep.DELIVERY, StaffHappening.SEND_NOW),
    "print a copy": (StaffStep.VISIT, StaffHappening.REPRINT),
    "begin to void a visit": (StaffStep.VISIT, StaffHappening.VOID),
    "begin to move a visit": (StaffStep.VISIT, StaffHappening.MOVE),
    "file the one result without a person": (StaffStep.STRAY, StaffHappening.CONFIRM),
    "release a meter": (StaffStep.STRAYS, StaffHappening.RELEASE),
    "test the touch": (StaffStep.MORE, StaffHappening.TOUCH),
    "set the sound": (StaffStep.MORE, StaffHappening.SOUND),
    "check network and clock": (StaffStep.MORE, StaffHappening.STATION),
}


def taps_from_home() -> Mapping[StaffStep, int]:
    """How many presses each step is away from home; what comes of itself costs none."""
    far = {StaffStep.HOME: 0}
    left = deque([StaffStep.HOME])
    while left:
        step = left.popleft()
        for happening, to in STAFF_TABLE[step].leads.items():
            cost = far[step] + (happening in TAPS)
            if to in INSIDE and cost < far.get(to, 99):
                far[to] = cost
                left.append(to)
    return far


def reachable(start: StaffStep) -> set[StaffStep]:
    found, left = {start}, [start]
    while left:
        for to in STAFF_TABLE[left.pop()].leads.values():
            if to not in found:
                found.add(to)
                if to is not StaffStep.OUT:
                    left.append(to)
    return found


def test_every_step_has_a_row_and_out_is_none() -> None:
    assert set(STAFF_TABLE) == set(INSIDE)


@pytest.mark.parametrize("step", INSIDE)
def test_every_step_can_be_left_by_one_press_and_by_nobody_at_all(step: StaffStep) -> None:
    assert next_staff_step(step, StaffHappening.LEAVE) is StaffStep.OUT
    assert next_staff_step(step, StaffHappening.GONE) is StaffStep.OUT
    assert STAFF_TABLE[step].idle > 0


@pytest.mark.parametrize("step", INSIDE)
def test_going_back_again_and_again_comes_to_an_end(step: StaffStep) -> None:
    seen = []
    while step is not StaffStep.OUT:
        assert step not in seen
        seen.append(step)
        step = next_staff_step(step, StaffHappening.BACK)


def test_every_step_behind_the_pin_is_reached_from_home_and_comes_home() -> None:
    assert set(BEHIND_THE_PIN) <= reachable(StaffStep.HOME)
    assert all(StaffStep.HOME in reachable(step) for step in BEHIND_THE_PIN)


def test_nothing_behind_the_pin_is_reached_before_it() -> None:
    doors = {step for step in INSIDE for to in STAFF_TABLE[step].leads.values() if to is StaffStep.HOME}
    before = doors - set(BEHIND_THE_PIN)
    assert before == {StaffStep.PIN}
    leads = set(STAFF_TABLE[StaffStep.NUMBER].leads.values())
    assert leads == {StaffStep.OUT, StaffStep.PIN}
    assert set(STAFF_TABLE[StaffStep.PIN].leads.values()) == {StaffStep.OUT, StaffStep.HOME}


@pytest.mark.parametrize("what", OFTEN)
def test_what_is_done_often_takes_three_taps_at_most(what: str) -> None:
    step, happening = OFTEN[what]
    assert happening in STAFF_TABLE[step].leads
    assert taps_from_home()[step] + 1 <= 3


def test_an_area_that_nobody_touches_is_closed_within_three_minutes_unless_an_analyser_works() -> None:
    assert {step for step, row in STAFF_TABLE.items() if row.idle > IDLE} == {StaffStep.RUN}


def test_what_a_step_does_not_list_moves_nothing() -> None:
    for step in INSIDE:
        for happening in set(StaffHappening) - set(STAFF_TABLE[step].leads):
            assert next_staff_step(step, happening) is step


def test_the_drawing_shows_every_arrow_but_leaving() -> None:
    arrows = sum(len(row.leads) - 2 for row in STAFF_TABLE.values())
    assert len(draw().splitlines()) == arrows + 3


def test_the_page_of_the_flow_is_up_to_date() -> None:
    assert (ROOT / "docs" / "staff-flow.md").read_text(encoding="utf-8") == staff_flow_page()
