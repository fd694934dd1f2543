"""Somebody who walks off: asked aloud, what is hers covered, kept for ten minutes, forgotten here."""

from pathlib import Path

import pytest

from devices.model import Role
from devices.reading import Quantity
from devices.simulators.acts import StepOff
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import FORM_IDLE, GOODBYE_SECONDS, LEFT, RESULT_IDLE, STAFF_IDLE, TABLE, WARNING
from kiosk.jobs import Count
from kiosk.person import SimulatedPerson
from kiosk.personas import people
from kiosk.show import PERSONAL
from kiosk.views import Overlay, Theme
from kiosk.voice.saying import saying
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.screens.test_novice import slip
from tests.kiosk.test_couples_and_other_cards import goes_to, lay

WAITS_BY_ITSELF = None
LIMITS: dict[Step, int | None] = {
    Step.IDLE: WAITS_BY_ITSELF,
    Step.WELCOME: FORM_IDLE,
    Step.IDENTIFY: FORM_IDLE,
    Step.PHONE: FORM_IDLE,
    Step.CONFIRM: FORM_IDLE,
    Step.CONSENT: FORM_IDLE,
    Step.SAFETY: FORM_IDLE,
    Step.BLOOD: WAITS_BY_ITSELF,
    Step.SAMPLE: STAFF_IDLE,
    Step.BLOOD_RUNNING: FORM_IDLE,
    Step.STAND: WAITS_BY_ITSELF,
    Step.TALL: FORM_IDLE,
    Step.WEIGHT_ASK: FORM_IDLE,
    Step.STAND_DONE: FORM_IDLE,
    Step.REMEMBERED: FORM_IDLE,
    Step.QUESTION: FORM_IDLE,
    Step.TELEPHONE: FORM_IDLE,
    Step.TELEPHONE_CHECK: FORM_IDLE,
    Step.REST: WAITS_BY_ITSELF,
    Step.PRESSURE: WAITS_BY_ITSELF,
    Step.GAP: WAITS_BY_ITSELF,
    Step.GRIP: WAITS_BY_ITSELF,
    Step.BLOOD_AGAIN: WAITS_BY_ITSELF,
    Step.BLOOD_WAIT: WAITS_BY_ITSELF,
    Step.NOT_TODAY: FORM_IDLE,
    Step.URGENT: WAITS_BY_ITSELF,
    Step.ANSWERED: WAITS_BY_ITSELF,
    Step.RESULT: RESULT_IDLE,
    Step.TRENDS: RESULT_IDLE,
    Step.TEACH: RESULT_IDLE,
    Step.TAKE: RESULT_IDLE,
    Step.PAPER: RESULT_IDLE,
    Step.GOODBYE: WAITS_BY_ITSELF,
}
"""Seconds without a touch until it is asked: 60 on a form, 120 on a result, none while one measures."""

REST, GAP, CUFF, SCALE, GRIP, STAFF = 300, 60, 150, 90, 60, 60
ASKED = WARNING + GOODBYE_SECONDS
FORM = FORM_IDLE + ASKED
ALONE: dict[Step, int] = {
    Step.WELCOME: FORM_IDLE + WARNING,
    Step.IDENTIFY: FORM_IDLE + WARNING,
    Step.CONFIRM: FORM_IDLE + WARNING,
    Step.CONSENT: FORM,
    Step.BLOOD: STAFF + 2 * SCALE + ASKED,
    Step.SAMPLE: STAFF_IDLE + ASKED,
    Step.STAND: 2 * SCALE + ASKED,
    Step.QUESTION: FORM,
    Step.REST: REST + 2 * CUFF + ASKED,
    Step.PRESSURE: 2 * CUFF + ASKED,
    Step.GAP: GAP + 2 * CUFF + ASKED,
    Step.GRIP: 2 * GRIP + ASKED,
    Step.RESULT: RESULT_IDLE + ASKED,
    Step.TAKE: RESULT_IDLE + ASKED,
    Step.GOODBYE: GOODBYE_SECONDS,
}
"""Seconds after which the screen is nobody's when everybody walked off at that step."""
SLACK = 15
"""Seconds by which the looks of a station at its clock may add up."""


def test_every_step_waits_as_long_as_the_rules_of_the_interface_say() -> None:
    assert {step: row.idle for step, row in TABLE.items()} == LIMITS
    assert {step: row.left for step, row in TABLE.items() if row.left} == {Step.WEIGHT_ASK: LEFT}
    assert (LEFT, LEFT + WARNING) == (15, 45)


@pytest.mark.parametrize("step", ALONE)
def test_left_alone_at_any_step_the_kiosk_asks_and_is_nobodys_again_in_good_time(
    tmp_path: Path, step: Step
) -> None:
    with hand_moved(tmp_path) as house:
        _comes_to(house, step)
        house.go_on(ALONE[step] - SLACK)
        assert house.view().step is not Step.IDLE
        house.go_on(2 * SLACK)
        assert house.view().step is Step.IDLE
        assert house.attendant.visit.resident.name is None
        assert house.attendant.visit.observations == ()


def _comes_to(house: HandMovedStation, step: Step) -> None:
    if step in (Step.WELCOME, Step.IDENTIFY):
        house.attendant.choose(Choice.START)
        if step is Step.IDENTIFY:
            house.attendant.choose(Choice.START)
        return
    lay(house, "shen")
    if step is not Step.CONFIRM:
        goes_to(house, "shen", step)


@pytest.mark.parametrize("step", [Step.STAND, Step.PRESSURE, Step.GRIP])
def test_nobody_is_sent_on_from_an_instrument_that_stays_silent_before_she_was_asked_whether_she_is_there(
    tmp_path: Path, step: Step
) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as house:
        _comes_to(house, step)
        _until_asked(house)
        assert house.view().step is step
        house.attendant.choose(Choice.STAY)
        house.go_on(2.0)
        assert house.view().step not in (step, Step.GOODBYE, Step.IDLE)
        assert house.view().overlay is None


def _until_asked(house: HandMovedStation) -> None:
    end = house.time.seconds + 2 * CUFF + SLACK
    while house.view().overlay is not Overlay.STILL_THERE:
        assert house.time.seconds < end, house.view().step
        house.go_on(1.0)


def test_a_value_says_that_she_is_there_and_the_question_goes(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as house:
        _comes_to(house, Step.GRIP)
        _until_asked(house)
        body = SimulatedPerson(people().called("shen"), people(), house.clock, house.bench.simulated)
        for role, act in body._measured(house.view()):
            body._do(role, act)
        house.go_on(6.0)
        assert (house.view().step, house.view().overlay) == (Step.GRIP, None)
        assert house.attendant.visit.value_of(Quantity.GRIP_LEFT) or house.attendant.visit.value_of(
            Quantity.GRIP_RIGHT
        )


def odd(weight: str) -> Circumstances:
    """She weighed so much last time; her scale tells when nobody stands on it."""
    return Circumstances(models={"scale": "pelstar-live"}, slip=slip(weight), guideline=False)


def test_who_steps_off_and_goes_while_it_asks_about_her_weight_is_asked_after_15_and_gone_after_45_seconds(
    tmp_path: Path,
) -> None:
    with hand_moved(tmp_path, odd("48.0")) as house:
        _comes_to(house, Step.WEIGHT_ASK)
        _steps_off(house)
        house.go_on(LEFT - 3)
        assert house.view().overlay is None
        house.go_on(6)
        view = house.view()
        assert (view.overlay, view.personal) == (Overlay.STILL_THERE, True)
        house.go_on(WARNING + 1)
        assert house.view().step in (Step.GOODBYE, Step.IDLE)


def test_who_steps_off_and_answers_is_not_hurried(tmp_path: Path) -> None:
    with hand_moved(tmp_path, odd("48.0")) as house:
        _comes_to(house, Step.WEIGHT_ASK)
        _steps_off(house)
        house.go_on(10)
        house.attendant.choose(Choice.LARGE)
        house.go_on(FORM_IDLE - 5)
        assert (house.view().step, house.view().overlay) == (Step.WEIGHT_ASK, None)


def test_while_staff_shall_look_at_her_weight_she_may_sit_down(tmp_path: Path) -> None:
    with hand_moved(tmp_path, odd("80.0")) as house:
        _comes_to(house, Step.WEIGHT_ASK)
        _steps_off(house)
        house.go_on(LEFT + 10)
        assert (house.view().step, house.view().overlay) == (Step.WEIGHT_ASK, None)


def _steps_off(house: HandMovedStation) -> None:
    scale = house.bench.simulated(Role.STAND)
    assert scale is not None
    scale.act(StepOff())
    house.go_on(1.0)


def test_what_she_did_is_kept_for_ten_minutes_and_closed_is_only_what_was_whole(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as house:
        _comes_to(house, Step.GRIP)
        house.go_on(2 * GRIP + ASKED + SLACK)
        counts = house.desk.submit(Count()).result().counts
        assert (house.view().step, counts.drafts, counts.waiting) == (Step.IDLE, 1, 0)
        lay(house, "shen")
        goes_to(house, "shen", Step.RESULT)
        house.go_on(RESULT_IDLE + ASKED + SLACK)
        counts = house.desk.submit(Count()).result().counts
        assert (house.view().step, counts.drafts, counts.waiting) == (Step.IDLE, 0, 1)


def test_the_question_is_asked_aloud_and_covers_every_step_that_shows_what_is_hers(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as house:
        _comes_to(house, Step.PRESSURE)
        _until_asked(house)
        assert saying(house.view()).itself != ()
        assert house.view().personal
    assert {Step.STAND, Step.PRESSURE, Step.GRIP, Step.RESULT, Step.CONFIRM} <= PERSONAL


def test_who_changes_the_idle_screen_and_goes_leaves_it_to_the_next_as_it_was(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances()) as house:
        for choice in (Choice.LANGUAGE, Choice.CONTRAST, Choice.LARGE):
            house.attendant.choose(choice)
        house.go_on(FORM_IDLE - 5)
        view = house.view()
        assert (view.language, view.theme, view.large) == ("en", Theme.DARK, True)
        house.go_on(10)
        view = house.view()
        assert (view.step, view.language, view.theme, view.large) == (Step.IDLE, "zh_CN", Theme.LIGHT, False)
