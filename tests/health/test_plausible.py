"""Invalid is measured again; abnormal is believed."""

import pytest

from devices.reading import Quantity
from health.plausible import RANGES, Doubt, doubtful, refused
from health.visit import PastVisit
from tests.health.people import DAY, observed, visit

Q = Quantity


@pytest.mark.parametrize("quantity", list(Quantity))
def test_every_quantity_has_a_range_and_a_value_beyond_it_is_refused(quantity: Quantity) -> None:
    high = RANGES[quantity].high
    assert refused(visit({quantity: str(high)})) == frozenset()
    assert refused(visit({quantity: str(high + 1)})) == {quantity}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({Q.SYSTOLIC: "80", Q.DIASTOLIC: "80"}, {Q.SYSTOLIC, Q.DIASTOLIC}),
        ({Q.TOTAL_CHOLESTEROL: "2.00", Q.HDL: "2.00"}, {Q.TOTAL_CHOLESTEROL, Q.HDL}),
        ({Q.BODY_HEIGHT: "200", Q.BODY_WEIGHT: "30"}, {Q.BODY_HEIGHT, Q.BODY_WEIGHT}),
    ],
)
def test_two_values_that_contradict_each_other_are_both_refused(
    values: dict[Quantity, str], told: set[Quantity]
) -> None:
    assert refused(visit(values)) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({Q.SYSTOLIC: "185", Q.DIASTOLIC: "100"}, {Q.SYSTOLIC}),
        ({Q.SYSTOLIC: "100", Q.DIASTOLIC: "85"}, {Q.SYSTOLIC, Q.DIASTOLIC}),
        ({Q.GLUCOSE: "3.9"}, {Q.GLUCOSE}),
        ({Q.GLUCOSE: "4.0"}, set()),
        ({Q.SPO2: "92"}, {Q.SPO2}),
        ({Q.BODY_WEIGHT: "60.0"}, {Q.BODY_WEIGHT}),
        ({Q.BODY_WEIGHT: "52.0"}, set()),
        ({Q.BODY_HEIGHT: "150.0"}, {Q.BODY_HEIGHT}),
    ],
)
def test_a_surprising_value_is_believed_and_asked_for_once_more(
    values: dict[Quantity, str], told: set[Quantity]
) -> None:
    before = PastVisit(DAY, (observed(Q.BODY_WEIGHT, "51.3"), observed(Q.BODY_HEIGHT, "154.0")))
    found = doubtful(visit(values), [before])
    assert {d.quantity for d in found} == told
    assert {d.doubt for d in found} <= {Doubt.REPEAT}
    assert refused(visit(values)) == frozenset()


def test_a_value_off_the_scale_is_true_by_construction() -> None:
    assert refused(visit({Q.TOTAL_CHOLESTEROL: "<0.5"})) == frozenset()
