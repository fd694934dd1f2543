"""Help can be called at every step; it rings, stays on the screen until staff clear it, and stops nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.events import CardHeard
from kiosk.calling.bell import Bell
from kiosk.calling.calls import AGAIN_S, LASTS_S, UNANSWERED_S, Reason
from kiosk.flow.steps import Choice, Step
from kiosk.flow.table import FORM_IDLE, RESULT_IDLE, WARNING
from kiosk.jobs import NextToSend
from kiosk.personas import people
from kiosk.views import Overlay
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to, lay


class Rung(list[Reason]):
    """What rang, as a bell is told it."""

    def ring(self, reason: Reason) -> None:
        self.append(reason)


@pytest.fixture
def rung() -> Rung:
    return Rung()


@pytest.fixture
def house(tmp_path: Path, rung: Rung) -> Iterator[HandMovedStation]:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as made:
        made.attendant._at.calls._ring = rung.ring
        yield made


def lay_badge(house: HandMovedStation) -> None:
    """A member of staff lays a card on the reader."""
    house.attendant.hear(CardHeard("reader", people().staff.card(), house.time.monotonic()))


@pytest.mark.parametrize(
    "step", [Step.IDLE, Step.CONSENT, Step.STAND, Step.QUESTION, Step.PRESSURE, Step.GRIP, Step.RESULT]
)
def test_it_rings_wherever_she_is_and_a_badge_clears_it_and_she_is_where_she_was(
    house: HandMovedStation, rung: Rung, step: Step
) -> None:
    if step is not Step.IDLE:
        lay(house, "lin")
        goes_to(house, "lin", step)
    rung.clear()
    house.attendant.choose(Choice.HELP)
    assert rung == [Reason.HELP]
    view = house.view()
    assert (view.step, view.overlay, view.help_called) == (step, Overlay.HELP, True)
    lay_badge(house)
    view = house.view()
    assert (view.step, view.overlay, view.help_called) == (step, None, False)


def test_it_is_called_from_the_question_whether_she_is_still_there(
    house: HandMovedStation, rung: Rung
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    house.go_on(FORM_IDLE + 2)
    assert house.view().overlay is Overlay.STILL_THERE
    rung.clear()
    house.attendant.choose(Choice.HELP)
    house.go_on(WARNING + 5)
    view = house.view()
    assert (view.step, view.overlay, view.help_called) == (Step.QUESTION, Overlay.HELP, True)
    assert rung == [Reason.HELP]


def test_it_is_called_from_the_question_whose_turn_it_is_and_she_goes_on(
    house: HandMovedStation, rung: Rung
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    lay(house, "chen")
    assert house.view().overlay is Overlay.OTHER_CARD
    rung.clear()
    house.attendant.choose(Choice.HELP)
    house.go_on(WARNING + 5)
    view = house.view()
    assert (view.step, view.overlay, view.other) == (Step.QUESTION, Overlay.HELP, None)
    assert rung == [Reason.HELP]


def test_who_wants_to_hear_the_question_again_has_all_the_time_for_it_again(house: HandMovedStation) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    house.go_on(FORM_IDLE + 2)
    for _ in range(3):
        house.go_on(WARNING - 5)
        house.attendant.choose(Choice.SAY)
    assert (house.view().step, house.view().overlay) == (Step.QUESTION, Overlay.STILL_THERE)
    house.go_on(WARNING + 5)
    assert house.view().step is not Step.QUESTION


def test_after_three_minutes_it_says_what_else_to_do_and_no_envelope_leaves_for_it(
    house: HandMovedStation, rung: Rung
) -> None:
    house.attendant.choose(Choice.HELP)
    house.go_on(UNANSWERED_S - 5)
    assert house.view().whom is None
    house.go_on(10)
    assert "120" in (house.view().whom or "")
    assert len(rung) == 1 + int(UNANSWERED_S // AGAIN_S)
    assert house.desk.submit(NextToSend(50)).result().envelopes == ()


def test_who_goes_on_by_herself_is_not_rung_for_and_staff_still_see_the_key(
    house: HandMovedStation, rung: Rung
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    house.attendant.choose(Choice.HELP)
    house.attendant.choose(Choice.CLOSE)
    rang = len(rung)
    house.go_on(AGAIN_S - 5)
    assert (house.view().overlay, house.view().help_called) == (None, True)
    house.go_on(10)
    assert len(rung) == rang


def test_who_called_and_walked_off_gives_the_kiosk_free_and_is_still_called_for_ten_minutes(
    house: HandMovedStation, rung: Rung
) -> None:
    lay(house, "lin")
    goes_to(house, "lin", Step.QUESTION)
    house.attendant.choose(Choice.HELP)
    house.go_on(UNANSWERED_S + RESULT_IDLE + 5)
    assert house.view().overlay is Overlay.STILL_THERE
    house.go_on(WARNING + 10)
    assert house.view().step is Step.IDLE
    rang = len(rung)
    house.go_on(AGAIN_S)
    assert house.view().help_called
    assert len(rung) == rang + 1
    house.go_on(LASTS_S)
    assert not house.view().help_called


def test_a_bell_without_a_relay_plays_the_call() -> None:
    played: list[str] = []
    Bell(lambda sound: played.append(sound.value), None).ring(Reason.HELP)
    assert played == ["call"]
