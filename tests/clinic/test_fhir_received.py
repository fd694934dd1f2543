"""Another program sends in a visit: it is one like any other, or refused whole with every fault named."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from clinic.erasing import erase
from clinic.roles import Role
from clinic.sessions import BEARER, open_session
from clinic.store.tasks import open_tasks
from clinic.store.visits import changed_visits
from clinic.store.waiting import waiting_for_staff
from devices.reading import Quantity
from health.record import read
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.test_erasing import everything, whose
from tests.clinic.test_slips import slip

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"


def value(code: str, number: float, unit: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "effectiveDateTime": "2026-11-20T01:00:00Z",
        "valueQuantity": {"value": number, "system": UCUM, "code": unit},
        **more,
    }


def pressure(systolic: int, diastolic: int) -> dict[str, Any]:
    panel = value("85354-9", 0, "")
    del panel["valueQuantity"]
    halves = (("8480-6", systolic), ("8462-4", diastolic))
    return panel | {
        "component": [
            {
                "code": {"coding": [{"system": LOINC, "code": code}]},
                "valueQuantity": {"value": number, "code": "mm[Hg]"},
            }
            for code, number in halves
        ]
    }


def patient(number: str | None = SHEN.identity) -> dict[str, Any]:
    system = "urn:oid:2.16.156.10011.1.3"
    return {
        "resourceType": "Patient",
        "identifier": [{"system": system, "value": number}] if number else [],
        "name": [{"text": "沈玉珍"}],
        "gender": "female",
        "birthDate": "1940-03-02",
    }


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    entries = [
        {"resource": one, "request": {"method": "POST", "url": one["resourceType"]}} for one in resources
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


@pytest.fixture
def send(running: Running) -> Callable[[Any], requests.Response]:
    running.staff(Role.SENDER)
    token = open_session(running.clinic, NURSE, BEARER)

    def sent(said: Any) -> requests.Response:  # noqa: ANN401
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json"}
        return requests.post(f"{running.url}/fhir", data=body, headers=headers, timeout=30)

    return sent


Send = Callable[[Any], requests.Response]


def test_it_is_a_visit_like_any_other_and_the_same_bytes_are_the_same_visit(
    running: Running, send: Send
) -> None:
    station, own = running.station(), visit_of()
    assert running.put(station.envelope(own)).status_code == 201
    said = bundle(patient(), pressure(188, 112), value("29463-7", 51.3, "kg"))
    answers = [send(said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    statuses = [[one["response"]["status"] for one in answer.json()["entry"]] for answer in answers]
    assert statuses == [["201 Created"] * 3, ["200 OK"] * 3]
    with running.clinic.store.reading() as connection:
        kept = changed_visits(connection, "clinic", 0, 10)
        urgent = [one for one in open_tasks(connection, "clinic") if one.level == 3]
    assert len(kept) == 2
    visit = read(kept[-1].record).visit
    found = {one.quantity: str(one.value) for one in visit.observations}
    assert found == {Quantity.SYSTOLIC: "188", Quantity.DIASTOLIC: "112", Quantity.BODY_WEIGHT: "51.3"}
    assert [one.subject for one in urgent] == [whose(running, own)]
    assert len(slip(running, station, str(SHEN.identity)).visits) == 2


WRONG = (
    b"",
    b"[]",
    b"{" * 100_000,
    bundle(),
    bundle(patient()),
    bundle(patient(None), value("29463-7", 51.3, "kg")),
    bundle(patient(), patient(), value("29463-7", 51.3, "kg")),
    bundle(patient(), value("29463-7", 51.3, "[lb_av]")),
    bundle(patient(), value("2093-3", 200, "mg/dL")),
    bundle(patient(), value("29463-7", 5130, "kg")),
    bundle(patient(), value("8480-6", 130, "mm[Hg]")),
    bundle(patient(), value("29463-7", 51, "kg"), value("29463-7", 52, "kg")),
    bundle(patient(), value("29463-7", 51, "kg", status="preliminary")),
    bundle(patient(), value("29463-7", 51, "kg", effectiveDateTime="2099-01-01T00:00:00Z")),
    bundle(patient(), value("29463-7", 51, "kg", effectiveDateTime="2026-11-20T01:00:00")),
    bundle(
        patient(),
        value("29463-7", 51, "kg"),
        value("8302-2", 152, "cm", effectiveDateTime="2026-11-10T01:00:00Z"),
    ),
    bundle(patient(), value("29463-7", 51, "kg")) | {"type": "batch"},
    bundle(patient(), {"resourceType": "Medication"}),
)


def test_what_is_not_valid_is_refused_whole_and_lies_with_staff(running: Running, send: Send) -> None:
    for wrong in WRONG:
        answer = send(wrong)
        assert (answer.status_code, answer.json()["resourceType"]) == (422, "OperationOutcome"), wrong
        assert str(SHEN.identity) not in answer.text
    with running.clinic.store.reading() as connection:
        assert changed_visits(connection, "clinic", 0, 10) == ()
        lines = waiting_for_staff(connection, "clinic")
    assert [line.reason for line in lines] == ["fhir_not_valid"] * len(WRONG)
    # Nobody finds a number in what cannot be read, so it is not kept: no erasure would reach it.
    assert str(SHEN.identity) not in everything(running)


def test_what_another_program_sends_of_before_an_erasure_is_not_taken_in(
    running: Running, send: Send
) -> None:
    assert send(bundle(patient(), pressure(138, 76))).status_code == 200
    erase(running.clinic, whose(running, visit_of()), NURSE)
    again = send(bundle(patient(), pressure(139, 77)))
    assert again.status_code == 410
    assert str(SHEN.identity) not in everything(running)


def test_a_sender_reads_nothing_and_a_reader_sends_nothing(running: Running, send: Send) -> None:
    said = bundle(patient(), value("29463-7", 51.3, "kg"))
    assert send(said).status_code == 200
    token = {"Authorization": f"Bearer {open_session(running.clinic, NURSE, BEARER)}"}
    assert requests.get(f"{running.url}/fhir/Patient", headers=token, timeout=30).status_code == 403
    running.staff(Role.READER)
    token = {"Authorization": f"Bearer {open_session(running.clinic, NURSE, BEARER)}"}
    for headers, status in ((token, 403), ({}, 401)):
        refused = requests.post(f"{running.url}/fhir", json=said, headers=headers, timeout=30)
        assert refused.status_code == status
