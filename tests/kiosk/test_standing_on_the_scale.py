"""At the scale, over a real line: what she does there, what the screen says, and what is filed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from devices.model import Role
from devices.reading import Quantity, Remark
from devices.simulators.acts import Act, LayCard, StepOff, StepOn
from health.slip import Slip
from health.visit import Answer, Observation, PastVisit, Skip
from health.words import words_of
from kiosk.care.platform import Ground
from kiosk.courier.events import SlipTold
from kiosk.flow.steps import Choice, Step
from kiosk.personas import people
from kiosk.running import RunningStation
from kiosk.views import NotTodayView, StandDoneView, StandView, WeightAskView
from tests.kiosk.walk import station, trouble_of, until

LIN = StepOn(Decimal("57.8"), Decimal("160.5"))
QUICK, SLOW = 100.0, 8.0


class AtTheScale:
    """A guest who has come as far as the scale, and does there what a test says."""

    def __init__(self, running: RunningStation) -> None:
        self.running = running

    def does(self, act: Act) -> None:
        simulated = self.running.bench.simulated(Role.STAND)
        assert simulated is not None
        simulated.act(act)

    def comes(self, pacemaker: Answer = Answer.NO) -> None:
        safety = {Answer.NO: Choice.NO, Answer.YES: Choice.YES, Answer.UNKNOWN: Choice.UNKNOWN}
        for choice in (
            Choice.START, Choice.START, Choice.AS_GUEST, Choice.PRINT_ONLY, safety[pacemaker], Choice.SKIP
        ):  # fmt: skip
            self.running.choose(choice)

    def waits(self, step: Step) -> None:
        until(self.running, lambda: self.running.attendant.step is step)

    def reads(self, key: str) -> None:
        words = words_of("zh_CN").text(key)
        until(self.running, lambda: trouble_of(self.running.view()) == words)

    def weight(self) -> Observation | None:
        return self.running.visit.value_of(Quantity.BODY_WEIGHT)


@contextmanager
def at_the_scale(
    data: Path, model: str = "sma", scenario: str = "default", speed: float = SLOW
) -> Iterator[AtTheScale]:
    with station(data, {"scale": scenario}, models={"scale": model}, speed=speed) as running:
        yield AtTheScale(running)


def last_time(kg: str) -> tuple[PastVisit, ...]:
    return (PastVisit(date(2026, 8, 20), (Observation(Quantity.BODY_WEIGHT, Decimal(kg), "kg"),)),)


def test_who_stands_there_already_is_asked_to_step_down_and_up_again(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=QUICK) as she:
        she.does(StepOn(Decimal("80.0"), Decimal("170")))
        until(she.running, lambda: she.running.attendant.ground is Ground.TAKEN)
        she.comes()
        she.reads("say.stand.step_down")
        assert she.weight() is None
        she.does(StepOff())
        until(she.running, lambda: trouble_of(she.running.view()) is None)
        she.does(LIN)
        she.waits(Step.STAND_DONE)
        assert str(she.weight().value) == "57.8"  # type: ignore[union-attr]


def test_stepping_off_too_early_is_said_in_one_sentence_and_nothing_is_filed(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, scenario="unsteady", speed=4.0) as she:
        she.comes()
        she.does(LIN)
        until(she.running, lambda: _on(she.running))
        she.does(StepOff())
        she.reads("say.stand.off_early")
        assert she.weight() is None
        assert she.running.attendant.step is Step.STAND


def test_who_cannot_stand_still_is_told_how_and_then_offered_another_try(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, scenario="unsteady", speed=3.5) as she:
        she.comes()
        she.does(LIN)
        she.reads("say.stand.steady")
        until(she.running, lambda: _offers(she.running))
        assert she.weight() is None
        she.running.choose(Choice.AGAIN)
        assert not _offers(she.running)
        assert she.running.attendant.step is Step.STAND


def _on(running: RunningStation) -> bool:
    body = running.view().body
    return isinstance(body, StandView) and body.on


def _offers(running: RunningStation) -> bool:
    body = running.view().body
    return isinstance(body, StandView) and body.offers


def test_a_scale_that_rests_below_zero_is_zeroed_before_she_steps_on(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, scenario="zero_drift", speed=QUICK) as she:
        she.does(StepOff())
        until(she.running, lambda: she.running.attendant.ground is Ground.OFF_ZERO)
        she.comes()
        until(she.running, lambda: she.running.attendant.ground is Ground.EMPTY)
        assert she.running.attendant.step is Step.STAND
        she.does(LIN)
        she.waits(Step.STAND_DONE)
        assert str(she.weight().value) == "57.8"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("scenario", "key"), [("overload", "say.stand.one"), ("out_of_range", "say.stand.again")]
)
def test_what_the_scale_cannot_weigh_is_a_fault_and_no_finding(
    tmp_path: Path, scenario: str, key: str
) -> None:
    with at_the_scale(tmp_path, scenario=scenario, speed=QUICK) as she:
        she.comes()
        she.does(LIN)
        she.reads(key)
        assert she.weight() is None


def test_a_weight_much_like_last_time_is_filed_without_a_question(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=QUICK) as she:
        _come_with_a_card(she.running, last_time("58.0"))
        she.does(LIN)
        she.waits(Step.STAND_DONE)
        assert she.weight().samples[0].remarks == ()  # type: ignore[union-attr]


def test_six_per_cent_more_than_last_time_is_asked_before_it_is_filed(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=QUICK) as she:
        _come_with_a_card(she.running, last_time("54.5"))
        she.does(LIN)
        she.waits(Step.WEIGHT_ASK)
        assert she.weight() is None
        body = she.running.view().body
        assert body == WeightAskView("57.8", "54.5", "3.3", more=True, staff=False, not_me=True)
        she.running.choose(Choice.YES)
        she.waits(Step.STAND_DONE)
        assert she.weight().samples[0].remarks == (Remark.CONFIRMED,)  # type: ignore[union-attr]


def test_twelve_per_cent_less_is_for_staff_and_she_cannot_confirm_it_herself(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=QUICK) as she:
        _come_with_a_card(she.running, last_time("66.0"))
        she.does(LIN)
        she.waits(Step.WEIGHT_ASK)
        assert she.running.view().help_called
        she.running.choose(Choice.YES)
        assert she.weight() is None
        _staff_hold_their_card(she.running)
        she.waits(Step.STAND_DONE)
        assert she.weight().samples[0].remarks == (Remark.CHECKED,)  # type: ignore[union-attr]
        assert not she.running.view().help_called


def test_an_odd_weight_may_be_weighed_again_or_left_out(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=QUICK) as she:
        _come_with_a_card(she.running, last_time("54.5"))
        she.does(StepOn(Decimal("64.0"), Decimal("160.5")))
        she.waits(Step.WEIGHT_ASK)
        she.running.choose(Choice.AGAIN)
        she.does(StepOff())
        until(she.running, lambda: trouble_of(she.running.view()) is None)
        she.does(LIN)
        she.waits(Step.WEIGHT_ASK)
        she.running.choose(Choice.SKIP)
        assert she.weight() is None
        assert {m.reason for m in she.running.visit.missing if m.quantity is Quantity.BODY_WEIGHT} == {
            Skip.DECLINED
        }


def _staff_hold_their_card(running: RunningStation) -> None:
    reader = running.bench.simulated(Role.CARD)
    assert reader is not None
    reader.act(LayCard(people().staff.card()))


def test_the_way_on_is_held_back_until_she_is_down(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, speed=10.0) as she:
        she.comes()
        she.does(LIN)
        she.waits(Step.STAND_DONE)
        assert not _ready(she.running)
        she.running.choose(Choice.NEXT)
        assert she.running.attendant.step is Step.STAND_DONE
        she.does(StepOff())
        until(she.running, lambda: _ready(she.running))
        she.running.choose(Choice.NEXT)
        she.waits(Step.QUESTION)


def _ready(running: RunningStation) -> bool:
    body = running.view().body
    return isinstance(body, StandDoneView) and body.ready


@pytest.mark.parametrize("answer", [Answer.YES, Answer.UNKNOWN])
@pytest.mark.parametrize("model", ["tanita", "tanita-pc"])
def test_no_current_goes_through_a_pacemaker_or_where_nobody_knows(
    tmp_path: Path, model: str, answer: Answer
) -> None:
    with at_the_scale(tmp_path, model, speed=QUICK) as she:
        she.comes(pacemaker=answer)
        body = she.running.view().body
        assert isinstance(body, NotTodayView)
        assert body.sentence == words_of("zh_CN").text("say.stand.not_safe")
        assert {m.reason for m in she.running.visit.missing if m.quantity is Quantity.BODY_WEIGHT} == {
            Skip.NOT_SAFE
        }


def test_a_guest_is_told_that_this_scale_must_know_her_age_and_height(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, "tanita-pc", speed=QUICK) as she:
        she.comes()
        body = she.running.view().body
        assert isinstance(body, NotTodayView)
        assert body.sentence == words_of("zh_CN").text("say.stand.no_body")


def test_the_height_she_says_goes_to_the_scale_and_is_never_filed(tmp_path: Path) -> None:
    with at_the_scale(tmp_path, "tanita-pc", speed=QUICK) as she:
        _come_with_a_card(she.running)
        she.waits(Step.TALL)
        for digit in "987":
            she.running.choose(Choice.DIGIT, digit)
        she.running.choose(Choice.CONFIRM)
        assert she.running.attendant.step is Step.TALL
        for digit in "160":
            she.running.choose(Choice.DIGIT, digit)
        she.running.choose(Choice.CONFIRM)
        she.waits(Step.STAND)
        she.does(LIN)
        she.waits(Step.STAND_DONE)
        assert str(she.weight().value) == "57.8"  # type: ignore[union-attr]
        assert she.running.visit.value_of(Quantity.BODY_HEIGHT) is None


def test_a_height_of_last_time_is_not_asked_again(tmp_path: Path) -> None:
    seen = Observation(Quantity.BODY_HEIGHT, Decimal("160.5"), "cm")
    with at_the_scale(tmp_path, "tanita-pc", speed=QUICK) as she:
        _come_with_a_card(she.running, (PastVisit(date(2026, 8, 20), (seen,)),))
        she.waits(Step.STAND)


def _come_with_a_card(running: RunningStation, history: tuple[PastVisit, ...] = ()) -> None:
    card = people().called("lin").card
    reader = running.bench.simulated(Role.CARD)
    assert reader is not None
    assert card is not None
    reader.act(LayCard(card.card()))
    until(running, lambda: running.attendant.step is Step.CONFIRM)
    running.choose(Choice.YES)
    until(running, lambda: running.attendant.step is Step.CONSENT)
    running.attendant.remember(SlipTold(card.card().number, Slip(history)))
    for choice in (Choice.AGREE, Choice.NO, Choice.SKIP):
        running.choose(choice)
