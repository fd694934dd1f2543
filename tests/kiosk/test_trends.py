"""The pictures of the last visits hold the slip's own numbers and days, and are not there without a slip."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from devices.reading import Quantity
from health.quantity import MEASURES
from health.slip import Slip
from health.visit import Observation, PastVisit
from health.words import words_of
from kiosk.flow.steps import Choice, Step
from kiosk.trends import trends, trends_page, worth_drawing
from kiosk.views import Trend, TrendsView
from kiosk.voice.saying import saying
from tests.health.people import HEALTHY, assessed, visit
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to, lay

Q = Quantity
WORDS = words_of("en")
TODAY = visit(
    {
        Q.BODY_HEIGHT: "160.0",
        Q.BODY_WEIGHT: "57.0",
        Q.SYSTOLIC: "132",
        Q.DIASTOLIC: "76",
        Q.TOTAL_CHOLESTEROL: "5.10",
        Q.GRIP_LEFT: "19.0",
        Q.GRIP_RIGHT: "21.5",
    },
    age="66",
    answers=HEALTHY,
)


def past(on: str, **values: str) -> PastVisit:
    return PastVisit(
        date.fromisoformat(on),
        tuple(Observation(Q(name), Decimal(value), MEASURES[Q(name)].unit) for name, value in values.items()),
    )


SLIP = (
    past("2025-11-20", systolic="158", diastolic="82", body_weight="58.3", grip_left="22.5", grip_right="20"),
    past("2025-06-03", systolic="149", diastolic="80", body_weight="59.1", grip_left="18", grip_right="23.5"),
    past("2025-02-11", systolic="141", body_weight="60.2"),
    past("2024-09-09", systolic="139", diastolic="79", total_cholesterol="5.40"),
)
"""Newest first, as a slip is; cholesterol stands in one visit alone."""
SLIP_OF_SHEN = (
    past("2026-08-20", systolic="138", diastolic="76", body_weight="51.0"),
    past("2026-05-18", systolic="142", diastolic="78", body_weight="51.4"),
)


def drawn(history: Sequence[PastVisit]) -> dict[str, Trend]:
    return {one.name: one for one in trends(TODAY, assessed(TODAY), history, WORDS)}


def told(trend: Trend) -> list[tuple[str, str]]:
    return [(dot.day.replace("\n", " "), dot.shown) for dot in trend.dots]


def test_the_numbers_and_days_are_those_of_the_slip_oldest_first_and_today_last() -> None:
    made = drawn(SLIP)
    assert told(made["Blood pressure"]) == [
        ("11 Feb 2025", "141"),
        ("3 Jun 2025", "149/80"),
        ("20 Nov 2025", "158/82"),
        ("Today", "132/76"),
    ]
    assert told(made["Weight"]) == [
        ("11 Feb 2025", "60.2"),
        ("3 Jun 2025", "59.1"),
        ("20 Nov 2025", "58.3"),
        ("Today", "57.0"),
    ]


def test_of_two_hands_the_stronger_one_of_each_visit_is_drawn() -> None:
    shown = [dot.value for dot in drawn(SLIP)["Grip"].dots]
    assert shown == [Decimal("23.5"), Decimal("22.5"), Decimal("21.5")]


def test_a_value_with_one_earlier_visit_is_not_drawn() -> None:
    assert "Cholesterol" not in drawn(SLIP)
    assert drawn(SLIP[:1]) == {}


@pytest.mark.parametrize("most", [1, 2, 4])
def test_a_screen_with_less_room_shows_them_one_after_another_pressure_first(most: int) -> None:
    made = trends(TODAY, assessed(TODAY), SLIP, WORDS)
    turned = [trends_page(made, page, most) for page in range(4)]
    pages = turned[0].pages
    assert turned[0].trends[0].name == "Blood pressure"
    assert [one for page in turned[:pages] for one in page.trends] == list(made)
    assert trends_page(made, pages, most) == turned[0]
    assert [page.page for page in turned[:pages]] == list(range(1, pages + 1))


def test_in_range_is_what_the_card_of_the_same_value_says() -> None:
    finding = next(
        f for f in assessed(TODAY).findings if f.rule == "body_weight/bmi" or f.quantity is Q.BODY_WEIGHT
    )
    weight = drawn(SLIP)["Weight"]
    normal = [zone for zone in finding.zones if zone.level == 0]
    assert (weight.low, weight.high) == (normal[0].low, normal[-1].high)


@pytest.mark.parametrize("history", [(), SLIP[:1]], ids=["no link or a guest", "one earlier visit"])
def test_without_two_earlier_visits_nothing_is_drawn_and_no_way_leads_there(
    history: tuple[PastVisit, ...],
) -> None:
    assert not worth_drawing(TODAY, history)
    assert trends(TODAY, assessed(TODAY), history, WORDS) == ()


def test_where_a_way_leads_there_something_is_drawn() -> None:
    for many in range(len(SLIP) + 1):
        assert worth_drawing(TODAY, SLIP[:many]) is bool(drawn(SLIP[:many]))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HandMovedStation]:
    around = Circumstances(slip=Slip((*SLIP_OF_SHEN,), ()), guideline=False)
    with hand_moved(tmp_path, around) as made:
        lay(made, "shen")
        yield made


def test_she_looks_back_from_the_first_page_and_comes_back_to_it(house: HandMovedStation) -> None:
    goes_to(house, "shen", Step.RESULT)
    first = house.view()
    assert first.right is Choice.EARLIER
    house.attendant.choose(Choice.EARLIER)
    view = house.view()
    assert isinstance(view.body, TrendsView)
    assert [one.name for one in view.body.trends] == ["血压", "体重"]
    assert view.personal
    house.attendant.choose(Choice.NEXT)
    assert house.view() == view
    house.attendant.choose(Choice.BACK)
    assert house.view() == first


def test_on_the_pages_behind_it_no_key_leads_there(house: HandMovedStation) -> None:
    goes_to(house, "shen", Step.RESULT)
    house.attendant.choose(Choice.NEXT)
    assert (house.view().step, house.view().right) == (Step.RESULT, Choice.NOT_ME)
    house.attendant.choose(Choice.EARLIER)
    assert house.view().step is Step.RESULT


def test_a_guest_has_no_way_there(tmp_path: Path) -> None:
    with hand_moved(tmp_path, Circumstances(guideline=False)) as house:
        goes_to(house, "guest", Step.RESULT)
        assert house.view().right is None
        house.attendant.choose(Choice.EARLIER)
        assert house.view().step is Step.RESULT


def test_aloud_the_numbers_come_only_when_she_asks(house: HandMovedStation) -> None:
    goes_to(house, "shen", Step.RESULT)
    house.attendant.choose(Choice.EARLIER)
    said = saying(house.view())
    assert not any("138" in text for text in said.itself)
    assert any("138" in text for text in said.asked)
