"""Both arms: compared only when both were measured and somebody said which was which."""

import json
from decimal import Decimal

import pytest
from msgspec.structs import replace

from devices.reading import Quantity
from health.casefile import read_case
from health.visit import Arm, Method, Sample
from tests.health.people import assessed, finding, observed, visit

Q = Quantity


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [("150", "129", True), ("150", "130", False), ("128", "149", True), ("150", None, False)],
)
def test_arms_that_differ_by_more_than_twenty_are_shown_to_a_doctor(
    left: str, right: str | None, *, told: bool
) -> None:
    samples = [Sample(Decimal(left), "mm[Hg]", arm=Arm.LEFT)]
    if right is not None:
        samples.append(Sample(Decimal(right), "mm[Hg]", arm=Arm.RIGHT))
    seen = visit({Q.DIASTOLIC: "75"}).with_observation(
        replace(observed(Q.SYSTOLIC, "139", method=Method.GUIDELINE), samples=tuple(samples))
    )
    assert any(f.rule == "arm_difference/china_2025" for f in assessed(seen).findings) is told


def test_readings_that_do_not_say_which_arm_are_not_compared() -> None:
    samples = tuple(Sample(Decimal(v), "mm[Hg]") for v in ("150", "110"))
    seen = visit({Q.DIASTOLIC: "75"}).with_observation(replace(observed(Q.SYSTOLIC, "130"), samples=samples))
    assert not [f for f in assessed(seen).findings if f.rule.startswith("arm_difference")]


def test_a_case_file_says_the_arm_of_a_reading() -> None:
    readings = [{"value": "152", "arm": "left"}, {"value": "130", "arm": "right"}]
    case = {
        "on": "2026-11-23",
        "observations": {
            "systolic": {"value": "141", "unit": "mm[Hg]", "readings": readings},
            "diastolic": {"value": "80", "unit": "mm[Hg]"},
        },
    }
    said = finding(assessed(read_case(json.dumps(case)).visit), "arm_difference")
    assert dict(said.phrase.args) == {"n": "22"}
    assert said.aside
