"""A station may follow another text: its classes, and never a quieter alarm."""

from decimal import Decimal

import pytest

from devices.reading import Quantity
from health.assess import assess
from health.assessment import Level
from health.pressure import target_for
from health.rulebook import RuleError, with_edition
from tests.health.people import BOOK, DAY, finding, visit

OWN_MEAN, CHINA_2018 = "blood_pressure/china_2024_own_mean", "blood_pressure/china_2018"
ACC_AHA, ESH, CHINA = "blood_pressure/acc_aha_2017", "blood_pressure/esh_2023", "blood_pressure/china_2024"


@pytest.mark.parametrize(
    ("edition", "systolic", "diastolic", "band"),
    [
        (CHINA, "125", "75", "high_normal"),
        (ACC_AHA, "125", "75", "elevated"),
        (ACC_AHA, "125", "80", "stage_1"),
        (ACC_AHA, "140", "75", "stage_2"),
        (ACC_AHA, "118", "90", "stage_2"),
        (ESH, "118", "75", "optimal"),
        (ESH, "125", "75", "normal"),
        (ESH, "118", "85", "high_normal"),
        (ESH, "165", "95", "grade_2"),
    ],
)
def test_the_same_pressure_has_the_class_of_the_text_a_station_follows(
    edition: str, systolic: str, diastolic: str, band: str
) -> None:
    seen = visit({Quantity.SYSTOLIC: systolic, Quantity.DIASTOLIC: diastolic})
    result = assess(seen, (), with_edition(BOOK, edition), DAY)
    said = finding(result, "blood_pressure")
    assert (said.rule, said.band) == (edition, band)


@pytest.mark.parametrize("edition", [CHINA, ACC_AHA, ESH, OWN_MEAN, CHINA_2018])
@pytest.mark.parametrize(("systolic", "diastolic"), [("180", "90"), ("150", "110")])
def test_no_edition_silences_the_call(edition: str, systolic: str, diastolic: str) -> None:
    seen = visit({Quantity.SYSTOLIC: systolic, Quantity.DIASTOLIC: diastolic})
    assert assess(seen, (), with_edition(BOOK, edition), DAY).level is Level.NOW


def test_one_half_of_the_pressure_cannot_follow_a_text_of_its_own() -> None:
    with pytest.raises(RuleError, match="one half"):
        with_edition(BOOK, "systolic/esh_2023")


@pytest.mark.parametrize(
    "edition",
    ["bmi/who_2003", "bmi/who_asia_2004", "grip/awgs_2025", ACC_AHA, ESH, OWN_MEAN, CHINA_2018],
)
def test_an_alternate_is_used_only_when_it_is_chosen_and_says_so(edition: str) -> None:
    stem, _, id_ = edition.partition("/")
    all_editions = BOOK.pressure.edition if stem == BOOK.pressure.stem else BOOK.rule(stem).edition
    (found,) = (e for e in all_editions if e.id == id_)
    assert not found.preferred
    assert "ot used unless a station chooses it" in found.evidence


@pytest.mark.parametrize(
    ("age", "first", "then"),
    [("66", (130, 80), (None, None)), ("79", (130, 80), (None, None)), ("80", (150, 90), (140, 90))],
)
def test_the_target_for_staff_is_that_of_her_age(
    age: str, first: tuple[int, int], then: tuple[int | None, int | None]
) -> None:
    found = target_for(BOOK.pressure, Decimal(age))
    assert found is not None
    assert [int(found.systolic), int(found.diastolic)] == list(first)
    assert [found.then_systolic, found.then_diastolic] == list(then)
    assert found.source
    assert found.evidence


def test_without_an_age_there_is_no_target() -> None:
    assert target_for(BOOK.pressure, None) is None
