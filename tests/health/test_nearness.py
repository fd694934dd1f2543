"""Near a limit: within what the method may honestly be off."""

from decimal import Decimal

import pytest

from devices.reading import Quantity
from health.nearness import near_limit
from health.visit import Answer, Question
from tests.health.people import assessed, finding, visit

Q = Quantity


@pytest.mark.parametrize(
    ("quantity", "value", "near"),
    [
        (Q.TOTAL_CHOLESTEROL, "5.31", True),
        (Q.TOTAL_CHOLESTEROL, "4.60", False),
        (Q.GLUCOSE, "5.9", True),
        (Q.GLUCOSE, "5.0", False),
        (Q.HDL, "1.15", True),
        (Q.HDL, "1.42", False),
        (Q.SYSTOLIC, "140", False),
    ],
)
def test_near_is_within_the_allowed_error_of_the_method(
    quantity: Quantity, value: str, *, near: bool
) -> None:
    said = finding(assessed(visit({quantity: value}, answers={Question.FASTING: Answer.YES})), str(quantity))
    assert near_limit(quantity, Decimal(value), said.zones) is near
