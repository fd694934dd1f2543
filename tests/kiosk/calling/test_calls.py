"""A call rings at once and each minute until a badge; it belongs to the place and not to who made it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kiosk.calling.calls import AGAIN_S, LASTS_S, UNANSWERED_S, Calls, Reason
from kiosk.clock import Clock

HERS = uuid4()


class Place:
    """A station whose time is held, and all that rang there."""

    def __init__(self, speed: float = 1.0) -> None:
        self.now = 1000.0
        self.rang: list[Reason] = []
        clock = Clock(
            monotonic=lambda: self.now, wall=lambda: datetime(2026, 11, 23, tzinfo=UTC), speed=speed
        )
        self.calls = Calls(clock, self.rang.append)

    def wait(self, seconds: float) -> None:
        """Whole seconds go by, a tick each."""
        for _ in range(round(seconds)):
            self.now += 1
            self.calls.tick()


@pytest.mark.parametrize("reason", [Reason.HELP, Reason.URGENT])
@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_it_rings_at_once_and_each_minute_whatever_the_speed(reason: Reason, speed: float) -> None:
    place = Place(speed)
    place.calls.call(reason, HERS, "urgent")
    assert place.rang == [reason]
    place.wait(3 * AGAIN_S)
    assert place.rang == [reason] * 4


def test_after_three_minutes_without_an_answer_it_is_unanswered_and_rings_on() -> None:
    place = Place()
    place.calls.call(Reason.URGENT, HERS, "urgent")
    place.wait(UNANSWERED_S - 1)
    assert not place.calls.unanswered
    place.wait(1)
    assert place.calls.unanswered
    place.wait(AGAIN_S)
    assert len(place.rang) == 5


def test_an_answer_ends_it_and_says_what_it_was() -> None:
    place = Place()
    place.calls.call(Reason.URGENT, HERS, "urgent")
    call = place.calls.answered()
    assert call is not None
    assert (call.reason, call.visit) == (Reason.URGENT, HERS)
    place.wait(10 * AGAIN_S)
    assert len(place.rang) == 1
    assert place.calls.answered() is None


def test_a_value_takes_the_place_of_a_call_for_help_and_never_the_other_way() -> None:
    place = Place()
    place.calls.call(Reason.HELP, HERS, "stand")
    assert place.calls.call(Reason.URGENT, HERS, "urgent").reason is Reason.URGENT
    assert place.calls.call(Reason.HELP, HERS, "urgent").reason is Reason.URGENT


def test_who_goes_on_by_herself_is_not_rung_for_any_more_and_staff_still_see_it() -> None:
    place = Place()
    place.calls.call(Reason.HELP, HERS, "stand")
    place.calls.hush()
    place.wait(5 * AGAIN_S)
    assert place.rang == [Reason.HELP]
    assert place.calls.standing is not None
    place.calls.left()
    assert place.calls.standing is None


def test_who_walked_off_without_being_helped_is_called_for_ten_minutes_more() -> None:
    place = Place()
    place.calls.call(Reason.HELP, HERS, "stand")
    place.calls.left()
    place.wait(LASTS_S - 1)
    assert place.calls.standing is not None
    place.wait(1)
    assert place.calls.standing is None
    rang = len(place.rang)
    place.wait(AGAIN_S)
    assert len(place.rang) == rang


def test_a_call_for_a_value_outlasts_whoever_it_was_for() -> None:
    place = Place()
    place.calls.call(Reason.URGENT, HERS, "urgent")
    place.calls.left()
    place.wait(2 * LASTS_S)
    assert place.calls.standing is not None
    assert len(place.rang) == 1 + round(2 * LASTS_S / AGAIN_S)


@pytest.mark.parametrize("reason", [Reason.BLOOD, Reason.TROUBLE])
def test_what_only_the_visit_needed_ends_with_it(reason: Reason) -> None:
    place = Place()
    place.calls.call(reason, HERS, "blood")
    place.calls.left()
    assert place.calls.standing is None
