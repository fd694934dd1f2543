"""What counts as a grip and as a weighing, and what a blood value keeps."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from devices.reading import Comparator, Quantity, Reading
from kiosk.measuring.blood import observation_of, specimen_number
from kiosk.measuring.grip import GripPlan, Squeeze
from kiosk.measuring.printing import as_printed
from kiosk.measuring.weighing import Weighing

WHEN = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def grip(hand: Quantity, kg: str) -> Squeeze:
    return Squeeze(Reading(hand, Decimal(kg), "kg", stable=True), WHEN)


def test_left_comes_first_twice_then_right_and_the_best_of_each_counts() -> None:
    plan = GripPlan()
    for hand, kg in ((Quantity.GRIP_LEFT, "17.2"), (Quantity.GRIP_LEFT, "16.8")):
        assert plan.hand is hand
        plan = plan.with_squeeze(grip(hand, kg))
    assert plan.hand is Quantity.GRIP_RIGHT
    for kg in ("18.1", "18.9"):
        plan = plan.with_squeeze(grip(Quantity.GRIP_RIGHT, kg))
    assert plan.complete
    assert [(o.quantity, o.value) for o in plan.observations("handle")] == [
        (Quantity.GRIP_LEFT, Decimal("17.2")),
        (Quantity.GRIP_RIGHT, Decimal("18.9")),
    ]


def test_the_best_is_the_strongest_whatever_unit_was_said_and_off_scale_stays_off_scale() -> None:
    weak = Squeeze(Reading(Quantity.GRIP_LEFT, Decimal("44.1"), "[lb_av]", stable=True), WHEN)
    most = Squeeze(Reading(Quantity.GRIP_LEFT, Decimal("90.0"), "kg", Comparator.ABOVE, stable=True), WHEN)
    plan = GripPlan().with_squeeze(weak).with_squeeze(grip(Quantity.GRIP_LEFT, "21.0"))
    assert plan.best(Quantity.GRIP_LEFT) == grip(Quantity.GRIP_LEFT, "21.0").reading
    off = GripPlan().with_squeeze(weak).with_squeeze(most).observations("handle")[0]
    assert off.comparator is Comparator.ABOVE
    assert [one.comparator for one in off.samples] == [None, Comparator.ABOVE]


def test_the_other_hand_does_not_count() -> None:
    plan = GripPlan()
    assert plan.with_squeeze(grip(Quantity.GRIP_RIGHT, "30.0")) is plan


def test_off_scale_stays_off_scale() -> None:
    reading = Reading(Quantity.TRIGLYCERIDES, Decimal("7.34"), "mmol/L", Comparator.ABOVE)
    assert as_printed(observation_of(reading, WHEN, "a")).comparator is Comparator.ABOVE


def test_specimen_numbers_are_short_and_differ() -> None:
    first, second = specimen_number(WHEN, 17), specimen_number(WHEN, 18)
    assert first != second
    assert len(first) == 12


def weighing(*readings: tuple[Reading, float]) -> Weighing:
    made = Weighing(since=10.0)
    for reading, at in readings:
        made = made.with_reading(reading, at, WHEN, "scale")
    return made


KG = Reading(Quantity.BODY_WEIGHT, Decimal("51.3"), "kg", stable=True)
CM = Reading(Quantity.BODY_HEIGHT, Decimal("152.4"), "cm", stable=True)


def test_one_weighing_is_one_reading() -> None:
    again = Reading(Quantity.BODY_WEIGHT, Decimal("51.9"), "kg", stable=True)
    made = weighing((KG, 11.0), (again, 12.0), (CM, 13.0))
    assert made.complete
    assert made.value_of(Quantity.BODY_WEIGHT).value == Decimal("51.3")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("reading", "at"),
    [
        (KG, 9.0),
        (Reading(Quantity.BODY_WEIGHT, Decimal("51.3"), "kg", stable=False), 11.0),
        (Reading(Quantity.BODY_WEIGHT, Decimal("5.1"), "kg", stable=True), 11.0),
        (Reading(Quantity.BODY_HEIGHT, Decimal("17.2"), "cm", stable=True), 11.0),
        (Reading(Quantity.GRIP_LEFT, Decimal("20.0"), "kg", stable=True), 11.0),
    ],
    ids=["stale", "unsteady", "no adult weighs that", "no adult is that tall", "not of a scale"],
)
def test_what_is_no_weighing_of_hers_changes_nothing(reading: Reading, at: float) -> None:
    assert not weighing((reading, at)).observations


def test_pounds_are_printed_in_kilograms_and_kept_as_said() -> None:
    pounds = Reading(Quantity.BODY_WEIGHT, Decimal("113.1"), "[lb_av]", stable=True)
    accepted = weighing((pounds, 11.0)).observations[0]
    assert as_printed(accepted).value == Decimal("51.3")
    assert as_printed(accepted).samples[0].unit == "[lb_av]"
