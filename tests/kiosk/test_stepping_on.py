"""Stepping on the scale begins a visit by itself, and what the scale said then is nobody's value."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from devices.model import Role
from devices.reading import Quantity
from devices.simulators.acts import StepOff, StepOn
from health.words import languages, words_of
from kiosk.events import RoomTold
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import FORM_IDLE, WARNING
from kiosk.jobs import Count
from kiosk.views import IdleView, StandView, WelcomeView
from kiosk.voice.saying import saying
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.walk import settings_with, station, until

SHE = StepOn(Decimal("57.8"), Decimal("160.5"))
SOMEBODY = StepOn(Decimal("81.0"), Decimal("172.0"))
BAG = StepOn(Decimal("6.0"), Decimal("0"))
TELLS_WHEN_EMPTY, SAYS_ONLY_A_WEIGHT = "pelstar-live", "shanghe-sh"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(models={"scale": TELLS_WHEN_EMPTY}, guideline=False)) as made:
        yield made


def does(house: HandMovedStation, act: StepOn | StepOff) -> None:
    """Somebody does this on the scale, and a few seconds go by."""
    scale = house.bench.simulated(Role.STAND)
    assert scale is not None
    scale.act(act)
    house.go_on(8.0)


def goes_to_the_scale_as_a_guest(house: HandMovedStation) -> None:
    for choice in (Choice.AS_GUEST, Choice.PRINT_ONLY, Choice.NO, Choice.SKIP):
        house.attendant.choose(choice)


def weight(house: HandMovedStation) -> str | None:
    found = house.attendant.visit.value_of(Quantity.BODY_WEIGHT)
    return None if found is None else str(found.value)


@pytest.mark.parametrize(
    ("model", "wakes"), [(TELLS_WHEN_EMPTY, True), (SAYS_ONLY_A_WEIGHT, True), ("tanita-pc", False)]
)
def test_the_idle_screen_says_so_where_the_scale_can_do_it(
    tmp_path: Path, model: str, *, wakes: bool
) -> None:
    with hand_moved(tmp_path, Circumstances(models={"scale": model})) as house:
        body = house.view().body
        assert isinstance(body, IdleView)
        assert body.scale is wakes
        does(house, SHE)
        assert (house.view().step is Step.WELCOME) is wakes


@pytest.mark.parametrize("model", [TELLS_WHEN_EMPTY, SAYS_ONLY_A_WEIGHT])
def test_who_steps_on_is_greeted_without_a_touch_and_nothing_of_her_is_kept(
    tmp_path: Path, model: str
) -> None:
    with hand_moved(tmp_path, Circumstances(models={"scale": model})) as house:
        does(house, SHE)
        view = house.view()
        assert view.step is Step.WELCOME
        assert view.body == WelcomeView(view.body.clock, stepped_on=True)  # type: ignore[union-attr]
        assert house.attendant.visit.observations == ()
        counts = house.desk.submit(Count()).result().counts
        assert (counts.drafts, counts.waiting) == (0, 0)


def test_she_hears_that_she_may_step_down_and_beside_the_scale_what_will_be_done(
    house: HandMovedStation,
) -> None:
    does(house, SHE)
    for language in languages():
        words = words_of(language)
        while house.view().language != language:
            house.attendant.choose(Choice.LANGUAGE)
        assert words.text("screen.stepped_on") in saying(house.view()).itself
    does(house, StepOff())
    assert saying(house.view()).itself[1] == words_of(house.view().language).text("screen.welcome.sentence")


def test_stepping_on_at_the_greeting_goes_on_to_who_she_is_and_never_past_what_must_be_asked(
    house: HandMovedStation,
) -> None:
    house.attendant.choose(Choice.START)
    does(house, SHE)
    assert house.view().step is Step.IDENTIFY
    for _ in range(3):
        does(house, StepOff())
        does(house, SHE)
    assert house.view().step is Step.IDENTIFY
    assert house.attendant.visit.consent is None
    assert house.attendant.visit.observations == ()


def test_who_stood_there_at_the_greeting_is_weighed_anew_from_an_empty_scale(house: HandMovedStation) -> None:
    does(house, SOMEBODY)
    house.attendant.choose(Choice.START)
    goes_to_the_scale_as_a_guest(house)
    house.go_on(10.0)
    body = house.view().body
    assert isinstance(body, StandView)
    assert body.trouble == words_of("zh_CN").text("say.stand.step_down")
    assert weight(house) is None
    does(house, StepOff())
    does(house, SHE)
    until_weighed(house)
    assert weight(house) == "57.8"


def until_weighed(house: HandMovedStation) -> None:
    end = house.time.seconds + 120
    while weight(house) is None:
        assert house.time.seconds < end, house.view().step
        house.go_on(1.0)


def test_who_stays_on_the_scale_and_does_nothing_more_does_not_wake_it_again_and_again(
    house: HandMovedStation,
) -> None:
    does(house, SHE)
    house.go_on(FORM_IDLE + WARNING + 5)
    assert house.view().step is Step.IDLE
    house.go_on(600)
    assert house.view().step is Step.IDLE
    does(house, StepOff())
    does(house, SHE)
    assert house.view().step is Step.WELCOME


def test_a_bag_on_the_scale_is_no_visitor_and_whoever_lifts_it_up_there_is_one(
    house: HandMovedStation,
) -> None:
    does(house, BAG)
    assert house.view().step is Step.IDLE
    does(house, SHE)
    assert house.view().step is Step.WELCOME


def test_nobody_is_greeted_while_no_visit_may_begin(house: HandMovedStation) -> None:
    house.attendant.hear(RoomTold(enough=False))
    does(house, SHE)
    assert house.view().step is Step.IDLE


def test_a_test_weight_of_staff_is_no_visitor(house: HandMovedStation) -> None:
    house.attendant.leave_to_staff(staff=True)
    does(house, StepOn(Decimal("50.0"), Decimal("0")))
    assert house.view().step is Step.IDLE
    house.attendant.leave_to_staff(staff=False)
    house.go_on(5.0)
    assert house.view().step is Step.IDLE


def test_over_a_real_line_somebody_steps_on_and_the_station_greets_her(tmp_path: Path) -> None:
    assert settings_with({}).instrument
    with station(tmp_path, models={"scale": TELLS_WHEN_EMPTY}) as running:
        scale = running.bench.simulated(Role.STAND)
        assert scale is not None
        scale.act(SHE)
        until(running, lambda: running.attendant.step is Step.WELCOME)
        assert running.visit.observations == ()
