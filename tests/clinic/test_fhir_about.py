"""Whom values that another program sends are about: her who is in it, and nobody else."""

from copy import deepcopy
from typing import Any

import pytest

from clinic.store.visits import changed_visits
from tests.clinic.running import Running
from tests.clinic.test_fhir_received import Send, bundle, patient, send, value

__all__ = ["send"]
NUMBER = "urn:oid:2.16.156.10011.1.3"
URN = "urn:uuid:0192a1b2-0000-7000-8000-000000000001"


def about(subject: dict[str, Any], address: str = "", **whose: str) -> dict[str, Any]:
    said = bundle(patient() | whose, value("29463-7", 51.3, "kg", subject=subject))
    if address:
        said["entry"][0]["fullUrl"] = address
    return said


SOMEBODY_ELSE = (
    about({"reference": "Patient/somebody-else"}),
    about({"reference": "Patient/somebody-else"}, URN, id="her"),
    about({"reference": "urn:uuid:0192a1b2-0000-7000-8000-000000000002"}, URN),
    about({"reference": f"Patient?identifier={NUMBER}|310101195001010019"}),
    about({"identifier": {"system": NUMBER, "value": "310101195001010019"}}),
    about({"reference": "https://elsewhere.example/fhir/Patient/her"}, id="her"),
)
HERS = (
    about({}),
    about({"reference": "Patient/her"}, id="her"),
    about({"reference": URN}, URN),
    about({"reference": "Patient/her"}, "https://here.example/fhir/Patient/her"),
    about({"reference": "https://here.example/fhir/Patient/her"}, "https://here.example/fhir/Patient/her"),
    about({"reference": f"Patient?identifier={NUMBER}|310101194003021984"}),
    about({"reference": f"Patient?identifier={NUMBER.replace(':', '%3A')}%7C310101194003021984"}),
    about({"identifier": {"system": NUMBER, "value": "310101194003021984"}}),
)


@pytest.mark.parametrize("said", SOMEBODY_ELSE)
def test_what_is_of_somebody_else_is_never_filed_as_hers(running: Running, send: Send, said: Any) -> None:  # noqa: ANN401
    answer = send(said)
    assert answer.status_code == 422
    assert [one["expression"] for one in answer.json()["issue"]] == [["Bundle.entry[1].resource.subject"]]
    with running.clinic.store.reading() as connection:
        assert changed_visits(connection, "clinic", 0, 10) == ()


def test_what_is_hers_is_filed_however_she_is_named(running: Running, send: Send) -> None:
    for said in HERS:
        assert send(said).status_code == 200, said["entry"][1]["resource"]["subject"]
    with running.clinic.store.reading() as connection:
        assert len(changed_visits(connection, "clinic", 0, 10)) == 1


def test_a_visit_of_somebody_else_brings_none_of_her_values(running: Running, send: Send) -> None:
    said = deepcopy(HERS[1])
    whose = {"resourceType": "Encounter", "subject": {"reference": "Patient/somebody-else"}}
    said["entry"].append({"resource": whose, "request": {"method": "POST", "url": "Encounter"}})
    assert send(said).status_code == 422
