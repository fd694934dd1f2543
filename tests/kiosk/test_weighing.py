"""What a weighing accepts, when a weight is at rest, and what is asked about before it is filed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.stepping_on import trace
from benchmarks.weighing import called, wrong
from devices.model import Weighs
from devices.reading import Quantity, Reading, Remark
from health.visit import Observation, PastVisit
from kiosk.measuring.doubt import doubt_of
from kiosk.measuring.weighing import Weighing

WHEN = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
STREAMS = Weighs(marks_still=False, tells_empty=True)
WEIGHT_ONLY = (Quantity.BODY_WEIGHT,)


def kg(value: str, *, stable: bool | None = False) -> Reading:
    return Reading(Quantity.BODY_WEIGHT, Decimal(value), "kg", stable=stable)


def streamed(*said: str, every: float = 0.1, weighing: Weighing | None = None) -> Weighing:
    made = weighing or Weighing(since=0.0, expects=WEIGHT_ONLY, weighs=STREAMS)
    for number, value in enumerate(said, start=1):
        made = made.with_reading(kg(value), number * every, WHEN, "scale")
    return made


@pytest.mark.parametrize("seed", range(60))
def test_no_swaying_trembling_or_held_up_person_is_given_a_wrong_weight(seed: int) -> None:
    person = trace(seed)
    call = called(person)
    assert call is not None
    assert not wrong(person, call[1])


def test_a_weight_at_rest_is_taken_as_the_scale_said_it() -> None:
    taken = streamed(*["51.3", "51.4"] * 6)
    assert taken.complete
    assert taken.observations[0].value in (Decimal("51.3"), Decimal("51.4"))


@pytest.mark.parametrize(
    "said",
    [
        [str(Decimal("40.0") + Decimal("0.1") * n) for n in range(60)],
        ["48.0", "54.0"] * 30,
        ["51.3"] * 7,
        ["51.3"] * 6 + ["63.7"] + ["51.3"] * 6,
    ],
    ids=["it rises slowly", "she sways", "too few to tell", "one weight between is damaged"],
)
def test_a_weight_that_is_not_at_rest_is_not_taken(said: list[str]) -> None:
    assert not streamed(*said).observations


@given(st.lists(st.sampled_from(["50.1", "51.3", "52.5", "19.9", "301"]), max_size=40))
def test_whatever_is_streamed_only_a_weight_that_was_said_is_ever_taken(said: list[str]) -> None:
    taken = streamed(*said)
    assert {str(o.value) for o in taken.observations} <= set(said) - {"19.9", "301"}


def test_who_stood_there_before_the_step_is_not_weighed_until_the_platform_was_empty() -> None:
    stood = replace(Weighing(since=0.0, expects=WEIGHT_ONLY), fresh=False)
    settled = stood.with_reading(kg("51.3", stable=True), 1.0, WHEN, "scale")
    assert not settled.observations
    assert settled.emptied().with_reading(kg("51.3", stable=True), 2.0, WHEN, "scale").complete


def test_stepping_off_before_it_settles_voids_what_moved_and_keeps_a_weight_already_taken() -> None:
    moved = streamed("51.3", "51.4", "51.3")
    assert moved.on_since is not None
    assert moved.emptied().on_since is None
    assert not moved.emptied().stillness.said
    both = Weighing(since=0.0).with_reading(kg("51.3", stable=True), 1.0, WHEN, "scale")
    assert both.emptied().value_of(Quantity.BODY_WEIGHT) is not None


def test_somebody_who_joins_her_on_the_scale_is_noticed() -> None:
    alone = streamed(*["50.0", "51.5"] * 15)
    assert not alone.company
    assert alone.with_reading(kg("94.6"), 3.1, WHEN, "scale").company


def test_stepping_up_foot_by_foot_is_nobody_else() -> None:
    assert not streamed("22.0", "25.0", "30.1", *["51.3"] * 30).company


def past(weight: str, on: date = date(2026, 8, 20)) -> PastVisit:
    return PastVisit(on, (Observation(Quantity.BODY_WEIGHT, Decimal(weight), "kg"),))


@pytest.mark.parametrize(
    ("now", "asked", "staff"),
    [("52.5", False, False), ("52.6", True, False), ("47.4", True, False), ("55.0", True, False),
     ("55.1", True, True), ("45.0", True, False), ("44.9", True, True)],
)  # fmt: skip
def test_more_than_five_per_cent_against_last_time_is_asked_and_more_than_ten_is_for_staff(
    now: str, asked: bool, staff: bool
) -> None:
    weight = Observation(Quantity.BODY_WEIGHT, Decimal(now), "kg")
    doubt = doubt_of(weight, (past("60.0", date(2026, 1, 1)), past("50.0")), company=False)
    assert (doubt is not None) is asked
    assert (doubt is not None and doubt.staff) is staff


def test_without_a_last_time_only_company_is_asked_about() -> None:
    weight = Observation(Quantity.BODY_WEIGHT, Decimal("94.6"), "kg")
    assert doubt_of(weight, (), company=False) is None
    asked = doubt_of(weight, (), company=True)
    assert asked is not None
    assert asked.last is None


def test_the_answer_stays_with_the_weight_and_only_with_it() -> None:
    made = Weighing(since=0.0).with_reading(kg("51.3", stable=True), 1.0, WHEN, "scale")
    tall = Reading(Quantity.BODY_HEIGHT, Decimal("152.4"), "cm", stable=True)
    both = made.with_reading(tall, 1.0, WHEN, "scale").remarked(Remark.CHECKED)
    assert {o.quantity: o.samples[0].remarks for o in both.observations} == {
        Quantity.BODY_WEIGHT: (Remark.CHECKED,),
        Quantity.BODY_HEIGHT: (),
    }


def test_of_a_scale_that_repeats_itself_a_weight_counts_once_it_was_repeated() -> None:
    repeating = Weighing(since=0.0, expects=WEIGHT_ONLY, weighs=Weighs(tells_empty=True, repeats=True))
    damaged = repeating.with_reading(kg("59.3", stable=True), 1.0, WHEN, "scale")
    true = damaged.with_reading(kg("51.3", stable=True), 2.0, WHEN, "scale")
    assert not true.observations
    assert str(true.repeated(WHEN, "scale").observations[0].value) == "51.3"
    assert not damaged.emptied().repeated(WHEN, "scale").observations
