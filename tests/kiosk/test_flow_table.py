"""The flow as a table: nobody gets stuck, and the order overlaps waiting."""

from collections import deque

import pytest

from kiosk.flow.page import flow_page
from kiosk.flow.steps import Happening, Step
from kiosk.flow.table import FORM_IDLE, TABLE, WARNING, draw, next_step
from tests.house.tree import ROOT


def reachable(start: Step) -> set[Step]:
    """Every step that can follow ``start``, however long it takes."""
    seen, queue = {start}, deque([start])
    while queue:
        for step in TABLE[queue.popleft()].leads.values():
            if step not in seen:
                seen.add(step)
                queue.append(step)
    return seen


def test_every_step_is_in_the_table_and_can_be_reached_from_the_idle_screen() -> None:
    assert set(TABLE) == set(Step)
    assert reachable(Step.IDLE) == set(Step)


@pytest.mark.parametrize("step", Step)
def test_no_step_is_a_dead_end(step: Step) -> None:
    assert Step.IDLE in reachable(step)


@pytest.mark.parametrize("step", Step)
def test_no_happening_at_any_step_leads_into_a_part_of_the_flow_that_nothing_leads_out_of(step: Step) -> None:
    for happening in Happening:
        assert reachable(next_step(step, happening)) == set(Step), happening


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("happening", Happening)
def test_whatever_happens_the_flow_stays_on_known_steps(step: Step, happening: Happening) -> None:
    after = next_step(step, happening)
    assert after in TABLE
    assert (after is not step) or happening not in TABLE[step].leads or TABLE[step].leads[happening] is step


@pytest.mark.parametrize("step", [s for s in Step if TABLE[s].idle is not None])
def test_a_form_left_alone_ends_by_itself_and_clears_the_screen(step: Step) -> None:
    assert Happening.GONE in TABLE[step].leads
    assert TABLE[step].leads[Happening.GONE] in (Step.IDLE, Step.GOODBYE)
    assert (TABLE[step].idle or 0) >= FORM_IDLE
    assert WARNING >= 20


def test_blood_runs_while_she_stands_answers_rests_and_grips() -> None:
    way = [Step.BLOOD]
    for happening in (
        Happening.BADGE,
        Happening.SAMPLED,
        Happening.NEXT,
        Happening.MEASURED,
        Happening.NEXT,
        Happening.ALL_DONE,
        Happening.NEXT,
        Happening.ANOTHER,
        Happening.NEXT,
        Happening.MEASURED,
        Happening.BLOOD_PENDING,
        Happening.MEASURED,
    ):
        way.append(next_step(way[-1], happening))
    assert way == [
        Step.BLOOD,
        Step.SAMPLE,
        Step.BLOOD_RUNNING,
        Step.STAND,
        Step.STAND_DONE,
        Step.QUESTION,
        Step.REST,
        Step.PRESSURE,
        Step.GAP,
        Step.PRESSURE,
        Step.GRIP,
        Step.BLOOD_WAIT,
        Step.RESULT,
    ]


def test_no_question_is_asked_between_rest_and_the_last_reading() -> None:
    for step in (Step.REST, Step.PRESSURE, Step.GAP):
        assert Step.QUESTION not in TABLE[step].leads.values()


def test_behind_an_urgent_value_staff_say_what_was_done_and_no_time_limit_takes_it_away() -> None:
    assert TABLE[Step.URGENT].leads[Happening.BADGE] is Step.ANSWERED
    assert {step for step, row in TABLE.items() if Step.ANSWERED in row.leads.values()} == {
        Step.URGENT,
        Step.RESULT,
        Step.IDLE,
    }
    assert TABLE[Step.URGENT].idle is None
    assert TABLE[Step.ANSWERED].idle is None


def test_the_drawing_shows_every_arrow() -> None:
    drawing = draw()
    assert sum(len(row.leads) for row in TABLE.values()) + 2 == len(drawing.splitlines())


def test_the_page_of_the_flow_is_up_to_date() -> None:
    assert (ROOT / "docs" / "flow.md").read_text(encoding="utf-8") == flow_page()
