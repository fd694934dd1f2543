"""Another program sends in a visit: it is one like any other, or refused whole with every fault named."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec.structs import replace

from clinic.erasing import erase
from clinic.fhir.naming import base_of
from clinic.fhir.reading import resources_of
from clinic.forward.judging import Verdict, verdict_on
from clinic.forward.strategies import transactions
from clinic.roles import Role
from clinic.sessions import BEARER, open_session
from clinic.store.tasks import open_tasks
from clinic.store.visits import changed_visits
from clinic.store.visits import visit_of as kept_visit
from clinic.store.waiting import waiting_for_staff
from devices.reading import Comparator, Quantity
from health.record import read
from health.visit import Method, Visit
from tests.clinic.fhir_reader import Reader, valid
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.test_amendments import correction, late
from tests.clinic.test_erasing import everything, whose
from tests.clinic.test_slips import slip

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
HTEST = {"tag": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]}


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
    bundle(patient(), value("29463-7", 51, "kg", effectiveDateTime="0001-01-01T00:00:00+08:00")),
    bundle(patient(), value("29463-7", 51, "kg", effectiveDateTime="9999-12-31T23:59:59-12:00")),
    bundle(patient(), value("29463-7", 51, "kg", effectiveDateTime="2026-11-20")),
    bundle(patient() | {"meta": HTEST}, value("29463-7", 51, "kg")),
    *(
        json.dumps(bundle(patient(), value("29463-7", 51, "kg"))).replace(": 51,", f": {odd},").encode()
        for odd in ("1e400", "1e-400", "1e999999999", "60.000000000000000000000000000001", '"51"', "null")
    ),
    *(
        json.dumps(bundle(patient(), value("29463-7", 51, "kg"))).replace("POST", method).encode()
        for method in ("DELETE", "GET", "PATCH", "PUT", "")
    ),
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


def kept(running: Running) -> list[tuple[str, Visit]]:
    with running.clinic.store.reading() as connection:
        return [
            (one.status.value, read(one.record).visit) for one in changed_visits(connection, "clinic", 0, 10)
        ]


def test_the_same_content_is_the_same_visit_however_it_is_written(running: Running, send: Send) -> None:
    said = bundle(patient(), pressure(138, 80), value("29463-7", 51.3, "kg"))
    other_way = bundle(*(one["resource"] for one in reversed(said["entry"])))
    other_way["entry"][0]["resource"]["effectiveDateTime"] = "2026-11-20T09:00:00.000+08:00"
    written = [json.dumps(said), json.dumps(said, indent=4), json.dumps(other_way, sort_keys=True)]
    written.append(json.dumps(said).replace("51.3", "51.30"))
    answers = [send(one.encode()).json()["entry"] for one in written]
    assert len(kept(running)) == 1
    assert [{one["response"]["status"] for one in each} for each in answers] == [
        {"201 Created"},
        *[{"200 OK"}] * 3,
    ]


def test_what_is_told_not_to_exist_twice_does_not(running: Running, send: Send) -> None:
    said = bundle(patient(), value("29463-7", 51.3, "kg"))
    said["entry"][1]["request"]["ifNoneExist"] = "identifier=urn:sender|77"
    again = json.loads(json.dumps(said).replace("51.3", "52.1"))
    assert [send(one).json()["entry"][1]["response"]["status"] for one in (said, again)] == [
        "201 Created",
        "200 OK",
    ]
    ((_, visit),) = kept(running)
    assert [str(one.value) for one in visit.observations] == ["51.3"]


def test_each_fault_has_its_place_and_no_value(running: Running, send: Send) -> None:
    wrong = bundle(patient(), value("29463-7", 51, "lb"), value("2093-3", 200, "mg/dL"), pressure(120, 80))
    wrong["entry"][3]["request"]["method"] = "DELETE"
    said = send(wrong).json()
    valid(said)
    assert [issue["expression"] for issue in said["issue"]] == [
        ["Bundle.entry[3].request"],
        ["Bundle.entry[1].resource.value.code"],
        ["Bundle.entry[2].resource.code"],
    ]


def test_an_entry_is_read_where_its_answer_says_it_is(running: Running, send: Send) -> None:
    said = bundle(patient(), pressure(138, 80), value("29463-7", 51.3, "kg"))
    answer = send(said).json()
    valid(answer)
    reader = Reader(running)
    for sent, told in zip(said["entry"], answer["entry"], strict=True):
        found = reader.get(told["response"]["location"])
        assert found["resourceType"] == sent["resource"]["resourceType"]
        assert found.get("valueQuantity", {}).get("value") == sent["resource"].get("valueQuantity", {}).get(
            "value"
        )


def _numbers(visit: Visit) -> dict[Quantity, tuple[Decimal, Comparator | None]]:
    return {one.quantity: (one.value, one.comparator) for one in visit.observations}


@pytest.mark.parametrize("strategy", ["put", "conditional"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_clinic_sends_on_to_another_and_what_is_amended_there_is_amended_here(
    running: Running, send: Send, tmp_path: Path, strategy: str
) -> None:
    with clinic_at(tmp_path / "other") as other:
        station, visit = other.station(), visit_of(systolic="188", diastolic="112")
        sealed = station.envelope(visit)
        assert other.put(sealed).status_code == 201

        def pass_on(*, again: bool) -> None:
            with other.clinic.store.reading() as connection:
                holds = kept_visit(connection, "clinic", str(visit.id))
                assert holds is not None
                found = resources_of(other.clinic, connection, holds)
            for part in transactions(strategy, found, base_of(other.clinic), again=again):
                answer = send(part.text())
                assert verdict_on(answer.status_code, answer.content, len(part.entry)) is Verdict.TAKEN, (
                    answer.text
                )

        pass_on(again=False)
        pass_on(again=False)
        ((status, came),) = kept(running)
        assert (status, came.resident.identity, came.resident.name) == ("complete", None, visit.resident.name)
        assert _numbers(came) == _numbers(visit)
        pressure_there = came.value_of(Quantity.SYSTOLIC)
        assert pressure_there is not None
        assert pressure_there.method is Method.GUIDELINE
        with running.clinic.store.reading() as connection:
            assert [one.level for one in open_tasks(connection, "clinic")][:1] == [3]
        fresh = replace(visit.observations[5], value=Decimal("6.02"))
        assert other.put(late(station, visit.with_observation(fresh), sealed, fresh)).status_code == 201
        pass_on(again=True)
        ((status, came),) = kept(running)
        assert status == "amended"
        assert came.value_of(fresh.quantity) is not None
        assert other.put(correction(station, visit, sealed)).status_code == 201
        pass_on(again=True)
        ((status, _),) = kept(running)
        assert status == "entered-in-error"
