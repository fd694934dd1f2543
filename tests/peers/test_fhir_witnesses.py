"""What the clinic would send, judged by validators of FHIR R4 that others wrote."""

import json
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from clinic.fhir.asking import TYPES
from health.fhir.bundle import bundle
from health.visit import Consent
from tests.clinic.fhir_reader import OTHER, Reader, filed
from tests.clinic.running import clinic_at
from tests.clinic.stations import visit_of
from tests.health.fhir.visits import IDS, by_chance, personas, record_of

Tree = dict[str, Any]
SCRIPT = Path(__file__).resolve().parent / "fhir" / "witness.cjs"
PEOPLE = {name: visit for name, visit in personas().items() if visit.consent is Consent.SHARE}
MANY = 1000


def _judged(witnesses: Path, bundles: Iterable[bytes]) -> list[dict[str, list[str]]]:
    given = b"".join(one.replace(b"\n", b" ") + b"\n" for one in bundles)
    said = subprocess.run(
        ["node", str(SCRIPT)],
        input=given,
        capture_output=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(witnesses / "node_modules")},
    )
    assert said.returncode == 0, said.stderr[-2000:].decode()
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_the_bundle_of_every_persona_is_valid_to_both_witnesses(fhir_witnesses: Path) -> None:
    said = _judged(fhir_witnesses, [bundle(record_of(visit), IDS) for visit in PEOPLE.values()])
    assert said == [{"medplum": [], "fhir": []}] * len(PEOPLE)


def test_a_thousand_generated_visits_are_valid_to_both_witnesses(fhir_witnesses: Path) -> None:
    said = _judged(fhir_witnesses, (bundle(record_of(by_chance(seed)), IDS) for seed in range(MANY)))
    assert len(said) == MANY
    assert [(seed, faults) for seed, faults in enumerate(said) if any(faults.values())] == []


def _first(tree: Tree, kind: str) -> Tree:
    found: Tree = next(e["resource"] for e in tree["entry"] if e["resource"]["resourceType"] == kind)
    return found


def _no_status(tree: Tree) -> None:
    del _first(tree, "Observation")["status"]


def _status_of_its_own(tree: Tree) -> None:
    _first(tree, "Observation")["status"] = "excellent"


def _unknown_element(tree: Tree) -> None:
    _first(tree, "Patient")["bloodGroup"] = "A"


def _value_and_its_absence(tree: Tree) -> None:
    weighed = next(
        e["resource"]
        for e in tree["entry"]
        if e["resource"]["resourceType"] == "Observation" and "valueQuantity" in e["resource"]
    )
    weighed["dataAbsentReason"] = {"text": "away"}


@pytest.mark.parametrize(
    ("spoil", "seen_by"),
    [
        (_no_status, {"medplum", "fhir"}),
        (_status_of_its_own, {"fhir"}),
        (_unknown_element, {"medplum", "fhir"}),
        (_value_and_its_absence, {"medplum"}),
    ],
)
def test_the_witnesses_can_refuse(
    fhir_witnesses: Path, spoil: Callable[[Tree], None], seen_by: set[str]
) -> None:
    tree: Tree = json.loads(bundle(record_of(PEOPLE["chen"]), IDS))
    spoil(tree)
    (said,) = _judged(fhir_witnesses, [json.dumps(tree).encode()])
    assert {name for name, faults in said.items() if faults} >= seen_by


def test_what_a_clinic_answers_is_valid_to_both_witnesses(fhir_witnesses: Path, tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as running:
        reader = Reader(running)
        filed(running, visit_of(systolic="188", diastolic="112"), visit_of(OTHER))
        said = [
            reader.link.get(f"{reader.base}/{path}", timeout=30).content
            for path in (
                *TYPES,
                "metadata",
                "Observation?_include=Observation:patient&utm=1&_count=3",
                f"Patient/{reader.all('Patient')[0]['id']}/$everything?_count=200",
                "Observation?date=never",
            )
        ]
    assert _judged(fhir_witnesses, said) == [{"medplum": [], "fhir": []}] * len(said)
