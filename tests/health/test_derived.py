"""Calculated values: public worked examples, limits of validity, and no arithmetic on a value off scale."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Quantity
from health.assessment import Reason
from health.bands import bmi_of
from health.ldl import friedewald, martin_hopkins, sampson
from health.ldl_table import FACTORS, ROWS
from health.quantity import converted, half_up
from health.visit import Answer, Control, Question
from tests.health.people import assessed, silence, visit

LIPIDS = {
    Quantity.TOTAL_CHOLESTEROL: "200 mg/dL",
    Quantity.HDL: "50 mg/dL",
    Quantity.TRIGLYCERIDES: "150 mg/dL",
}
EXAMPLE = Decimal(200), Decimal(50), Decimal(150)


def _derived(values: dict[Quantity, str]) -> dict[str, str]:
    return {d.name: str(d.value) for d in assessed(visit(values)).derived}


def test_the_public_example_gives_the_published_ldl() -> None:
    results = [equation(*EXAMPLE) for equation in (friedewald, sampson, martin_hopkins)]
    assert [half_up(r, 1) for r in results if r is not None] == [
        Decimal(t) for t in ("120.0", "123.4", "123.7")
    ]


def test_the_public_example_is_the_same_in_either_unit_of_the_meter() -> None:
    found = _derived(LIPIDS)
    assert found["ldl_friedewald"] == "3.10"
    assert found["ldl_sampson"] == "3.19"
    assert found["ldl_martin_hopkins"] == "3.20"
    assert found["non_hdl"] == "3.88"


@pytest.mark.parametrize(("kg", "cm"), [("72.2", "152"), ("51.3", "152.4")])
def test_bmi_rounds_halves_up_as_a_person_does(kg: str, cm: str) -> None:
    exact = Decimal(kg) / (Decimal(cm) / 100) ** 2
    assert bmi_of(Decimal(cm), Decimal(kg)) == (exact * 10 + Decimal("0.5")) // 1 / 10


@pytest.mark.parametrize(
    ("equation", "triglycerides", "given"),
    [
        (friedewald, "398", True),
        (friedewald, "399", False),
        (sampson, "800", True),
        (sampson, "801", False),
        (martin_hopkins, "399.4", True),
        (martin_hopkins, "399.5", False),
        (martin_hopkins, "6", False),
    ],
)
def test_beyond_its_limits_an_equation_gives_nothing_rather_than_a_clipped_value(
    equation: object, triglycerides: str, *, given: bool
) -> None:
    assert callable(equation)
    assert (equation(Decimal(300), Decimal(40), Decimal(triglycerides)) is not None) is given


@pytest.mark.parametrize(("printed", "given"), [("800 mg/dL", True), ("801 mg/dL", False), ("9.03", True)])
def test_the_limit_of_an_equation_is_the_same_after_the_conversion(printed: str, *, given: bool) -> None:
    lipids = {Quantity.TOTAL_CHOLESTEROL: "300 mg/dL", Quantity.HDL: "50 mg/dL"}
    assert ("ldl_sampson" in _derived(lipids | {Quantity.TRIGLYCERIDES: printed})) is given


@settings(max_examples=60, deadline=None)
@given(st.decimals(60, 500, places=1), st.decimals(10, 120, places=1), st.decimals(10, 900, places=1))
def test_ldl_is_never_negative_and_never_more_than_non_hdl(
    total: Decimal, hdl: Decimal, fat: Decimal
) -> None:
    for equation in (friedewald, sampson, martin_hopkins):
        ldl = equation(total, hdl, fat)
        assert ldl is None or 0 < ldl <= total - hdl


def test_the_table_of_factors_has_no_gap_and_only_the_one_dip_of_the_print() -> None:
    assert len(FACTORS) == len(ROWS)
    assert all(len(row) == 6 for row in FACTORS)
    dips = [
        (start, column)
        for start, (above, below) in zip(ROWS, pairwise(FACTORS), strict=False)
        for column in range(6)
        if below[column] < above[column]
    ]
    assert dips == [(93, 5)]


def test_a_half_between_two_rows_of_the_table_is_looked_up_too() -> None:
    assert martin_hopkins(Decimal(200), Decimal(50), Decimal("49.5")) is not None


@pytest.mark.parametrize("hidden", [Quantity.TOTAL_CHOLESTEROL, Quantity.HDL])
def test_a_value_off_the_scale_enters_no_arithmetic(hidden: Quantity) -> None:
    values = LIPIDS | {hidden: "<2.59"}
    result = assessed(visit(values))
    assert not {d.name for d in result.derived} & {"non_hdl", "ldl_sampson", "ldl_friedewald"}
    assert silence(result, "ldl_sampson").reason is Reason.OFF_SCALE


def test_friedewald_is_for_fasting_samples() -> None:
    result = assessed(visit(LIPIDS, answers={Question.FASTING: Answer.NO}))
    assert silence(result, "ldl_friedewald").reason is Reason.NOT_FASTING
    assert silence(result, "ldl/china_2023").reason is Reason.NOT_FASTING


def test_nothing_is_derived_from_an_instrument_out_of_control() -> None:
    result = assessed(visit(LIPIDS, control=Control.OUT))
    assert result.derived == ()
    assert result.findings == ()
    assert silence(result, "total_cholesterol").reason is Reason.OUT_OF_CONTROL


@pytest.mark.parametrize(
    ("quantity", "value", "unit", "same"),
    [
        (Quantity.TOTAL_CHOLESTEROL, "38.67", "mg/dL", "1"),
        (Quantity.TRIGLYCERIDES, "88.57", "mg/dL", "1"),
        (Quantity.GLUCOSE, "180.156", "mg/dL", "10"),
        (Quantity.BODY_WEIGHT, "100", "[lb_av]", "45.359237"),
        (Quantity.BODY_HEIGHT, "60", "[in_i]", "152.4"),
    ],
)
def test_a_foreign_unit_is_converted_once_and_exactly(
    quantity: Quantity, value: str, unit: str, same: str
) -> None:
    assert converted(quantity, Decimal(value), unit) == Decimal(same)


def test_the_mean_pressure_is_two_thirds_diastolic() -> None:
    found = _derived({Quantity.SYSTOLIC: "138", Quantity.DIASTOLIC: "76"})
    assert (found["pulse_pressure"], found["mean_pressure"]) == ("62", "97")
