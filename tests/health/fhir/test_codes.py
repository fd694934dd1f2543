"""Every code of the bundles exists, and the mg/dL twins are none of them."""

import re
from pathlib import Path

import pytest

import health.fhir.codes
from health.fhir.codes import ALL, MASS_TWINS, TOTALS, TOTALS_WITHOUT_CODE, check_digit
from health.scales.scale import load_scales

SOURCES = sorted(Path(health.fhir.codes.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("code", [term.code for term in ALL])
def test_every_loinc_code_here_passes_its_check_digit(code: str) -> None:
    assert check_digit(code)


@pytest.mark.parametrize(
    "code", ["83191-8", "83189-2", "62952-6", "62951-8", "8480-", "8480", "x-1", "84806"]
)
def test_a_code_that_does_not_exist_fails_its_check_digit(code: str) -> None:
    assert not check_digit(code)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.name))
def test_whatever_looks_like_a_loinc_code_in_the_source_is_one(file: Path) -> None:
    found = re.findall(r'"(\d{3,6}-\d)"', file.read_text(encoding="utf-8"))
    assert [code for code in found if not check_digit(code)] == []


def test_no_code_of_a_mass_is_used_for_a_molar_value() -> None:
    assert not {term.code for term in ALL} & set(MASS_TWINS)
    assert all(check_digit(code) for code in MASS_TWINS)


def test_every_scale_has_the_code_its_file_names_or_one_of_our_own() -> None:
    for scale in load_scales():
        term = TOTALS.get(scale.scale)
        assert (term.code if term else None) == scale.loinc
        assert (scale.scale in TOTALS_WITHOUT_CODE) is (term is None)
