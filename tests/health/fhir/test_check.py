"""The checker finds what validators pass: each fault is put into a good bundle, and is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from health.fhir.bundle import bundle
from health.fhir.check import check
from tests.health.fhir.visits import IDS, personas, record_of

Tree = dict[str, Any]
GOOD = bundle(record_of(personas()["chen"]), IDS)


def _all(tree: Tree, kind: str) -> list[Tree]:
    return [e["resource"] for e in tree["entry"] if e["resource"]["resourceType"] == kind]


def _coded(tree: Tree, code: str) -> Tree:
    return next(o for o in _all(tree, "Observation") if o["code"].get("coding", [{}])[0].get("code") == code)


def _bad_digit(tree: Tree) -> None:
    _coded(tree, "83173-5")["code"]["coding"][0]["code"] = "83191-8"


def _mass(tree: Tree) -> None:
    _coded(tree, "14647-2")["code"]["coding"][0].update(code="2093-3", display="Cholesterol")


def _wrong_name(tree: Tree) -> None:
    _coded(tree, "83173-5")["code"]["coding"][0]["display"] = "Grip strength Hand - right Dynamometer"


def _wrong_unit(tree: Tree) -> None:
    _coded(tree, "14647-2")["valueQuantity"].update(unit="mg/dL", code="mg/dL")


def _both(tree: Tree) -> None:
    _coded(tree, "29463-7")["dataAbsentReason"] = _coded(tree, "29463-7")["category"][0]


def _neither(tree: Tree) -> None:
    del _coded(tree, "29463-7")["valueQuantity"]


def _bare_comparator(tree: Tree) -> None:
    _coded(tree, "14647-2")["valueQuantity"]["comparator"] = "<"


def _half_panel(tree: Tree) -> None:
    del _coded(tree, "85354-9")["component"][1]


def _crossed(tree: Tree) -> None:
    _coded(tree, "85354-9")["component"][0]["valueQuantity"]["value"] = 40


def _lone_half(tree: Tree) -> None:
    half = _coded(tree, "85354-9")["component"][0]["code"]
    _coded(tree, "8867-4")["code"] = half


def _no_source(tree: Tree) -> None:
    del _coded(tree, "39156-5")["derivedFrom"]


def _dangling(tree: Tree) -> None:
    _coded(tree, "39156-5")["derivedFrom"][0]["reference"] = "Observation/nobody"


def _fraction(tree: Tree) -> None:
    _all(tree, "RiskAssessment")[0]["prediction"][0]["probabilityDecimal"] = 0


def _lifetime(tree: Tree) -> None:
    del _all(tree, "RiskAssessment")[0]["prediction"][0]["whenPeriod"]["end"]


def _half_marked(tree: Tree) -> None:
    del _all(tree, "Patient")[0]["meta"]


def _no_fasting(tree: Tree) -> None:
    tree["entry"] = [e for e in tree["entry"] if e["resource"] is not _coded(tree, "49541-6")]


def _twice(tree: Tree) -> None:
    tree["entry"].append(tree["entry"][0])


def _no_such_letter(tree: Tree) -> None:
    _coded(tree, "14647-2")["interpretation"][0]["coding"][0]["code"] = "PANIC"


def _failed_and_high(tree: Tree) -> None:
    marks = _coded(tree, "14647-2")["interpretation"]
    marks.append(json.loads(json.dumps(marks[0]).replace('"H"', '"QCF"')))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_bad_digit, "check digit"),
        (_mass, "mg/dL"),
        (_wrong_name, "not called that"),
        (_wrong_unit, "does not belong to this code"),
        (_both, "obs-6"),
        (_neither, "neither value nor reason"),
        (_bare_comparator, "off the scale without"),
        (_half_panel, "exactly its systolic and diastolic"),
        (_crossed, "not above the diastolic"),
        (_lone_half, "outside a panel"),
        (_no_source, "made from"),
        (_dangling, "is not here"),
        (_fraction, "no percentage"),
        (_lifetime, "ten years"),
        (_half_marked, "only some"),
        (_no_fasting, "fasting status"),
        (_twice, "more than once"),
        (_no_such_letter, "no code of"),
        (_failed_and_high, "failed control"),
    ],
)
def test_a_fault_is_found_and_named(spoil: Callable[[Tree], None], words: str) -> None:
    tree: Tree = json.loads(GOOD)
    spoil(tree)
    assert any(words in fault.words for fault in check(json.dumps(tree).encode()))


def test_a_good_bundle_has_no_fault() -> None:
    assert check(GOOD) == ()


@pytest.mark.parametrize("data", [b"", b"{}", b'{"resourceType":"Patient"}', b"\xff"])
def test_what_is_no_bundle_is_one_fault(data: bytes) -> None:
    assert len(check(data)) == 1
