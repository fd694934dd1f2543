"""Another program reads the clinic in FHIR R4: by id, by search, page by page, all of a resident."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import requests
from msgspec.structs import replace

from clinic.fhir.asking import TYPES
from clinic.roles import Role
from clinic.sessions import BEARER, open_session
from devices.reading import Quantity
from health.visit import Consent
from tests.clinic.fhir_reader import OTHER, Reader, filed, valid
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.test_amendments import correction, late

NUMBER = "urn:oid:2.16.156.10011.1.3"


@pytest.fixture
def reader(running: Running) -> Reader:
    return Reader(running)


def links(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("reference"), str):
            yield tree["reference"]
        for value in tree.values():
            yield from links(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from links(value)


def test_everything_found_is_valid_is_read_by_its_id_and_links_to_what_is_there(
    running: Running, reader: Reader
) -> None:
    filed(running, visit_of(systolic="188", diastolic="112"))
    seen: dict[str, dict[str, Any]] = {}
    for kind in TYPES:
        for one in reader.all(kind):
            valid(one)
            seen[f"{kind}/{one['id']}"] = one
    assert {name.partition("/")[0] for name in seen} >= set(TYPES) - {"RiskAssessment"}
    for name, one in seen.items():
        assert reader.get(name) == one
        for link in links(one):
            valid(seen.get(link) or reader.get(link))


def test_the_numbers_are_those_of_the_record_and_no_identity_number_is_said(
    running: Running, reader: Reader
) -> None:
    (visit,) = filed(running, visit_of())
    (weight,) = reader.all("Observation", code="http://loinc.org|29463-7")
    assert weight["valueQuantity"] == {
        "value": 51.3,
        "unit": "kg",
        "system": "http://unitsofmeasure.org",
        "code": "kg",
    }
    assert weight["encounter"] == {"reference": f"Encounter/{visit.id}"}
    said = str([reader.all(kind) for kind in TYPES])
    assert str(visit.resident.identity) not in said
    assert "沈玉珍" in said


def test_pages_hold_each_resource_once_however_small_they_are(running: Running, reader: Reader) -> None:
    filed(running, *(visit_of(replace(SHEN, identity=f"31010119500101{n:04}")) for n in range(3)))
    whole = [one["id"] for one in reader.all("Observation", _count=200)]
    assert len(whole) == len(set(whole)) > 30
    small = list(reader.pages("Observation", _count=7))
    assert all(len(page) <= 7 for page in small)
    assert [one["id"] for page in small for one in page] == whole
    for many in (1, len(whole) // 3):  # and where a page ends with a visit
        assert [one["id"] for page in reader.pages("Observation", _count=many) for one in page] == whole
    running.station("wanqing-2")
    devices = [one["id"] for one in reader.all("Device")]
    for many in (1, 2, len(devices) - 1):
        assert [one["id"] for page in reader.pages("Device", _count=many) for one in page] == devices
    people = list(reader.pages("Patient", _count=2))
    assert [len(page) for page in people if page] == [2, 1]


def test_what_is_filed_between_two_pages_comes_later_and_nothing_is_skipped(
    running: Running, reader: Reader
) -> None:
    station = running.station()
    first, second = visit_of(), visit_of(OTHER)
    sealed = station.envelope(first)
    assert running.put(sealed).status_code == 201
    pages = reader.pages("Encounter", _count=1)
    page = reader.get("Encounter", _count=1)
    assert [e["resource"]["id"] for e in page["entry"]] == [str(first.id)]
    assert running.put(station.envelope(second)).status_code == 201
    assert running.put(correction(station, first, sealed)).status_code == 201
    assert {one["id"] for one in reader.all("Encounter")} == {str(first.id), str(second.id)}
    place = next(pages)
    assert place


def test_a_search_by_patient_code_and_day_finds_only_that(running: Running, reader: Reader) -> None:
    mine, yours = filed(running, visit_of(), visit_of(OTHER))
    patient = next(
        one["subject"]["reference"] for one in reader.all("Encounter") if one["id"] == str(mine.id)
    )
    for asked in ({"patient": patient}, {"subject": patient.removeprefix("Patient/")}):
        found = reader.all("Encounter", **asked)
        assert [one["id"] for one in found] == [str(mine.id)]
    pressures = reader.all("Observation", code="85354-9,8480-6", patient=patient)
    assert pressures
    assert all(one["subject"]["reference"] == patient for one in pressures)
    assert [one["id"] for one in reader.all("Encounter", _id=str(yours.id))] == [str(yours.id)]
    assert reader.all("DiagnosticReport", encounter=f"Encounter/{yours.id}")
    assert len(reader.all("Encounter", date="2026-11-23")) == 2
    assert reader.all("Encounter", date=["ge2026-11-24"]) == []
    assert len(reader.all("Encounter", date=["ge2026-11-01", "le2026-11-30"])) == 2
    assert reader.all("Encounter", patient="nobody") == []


def test_since_finds_what_came_or_was_amended_afterwards(running: Running, reader: Reader) -> None:
    station, visit = running.station(), visit_of()
    sealed = station.envelope(visit)
    assert running.put(sealed).status_code == 201
    moment = running.clinic.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert reader.all("Encounter", _since=moment) == []
    fresh = replace(visit.observations[5], value=Decimal("6.02"))
    assert running.put(late(station, visit.with_observation(fresh), sealed, fresh)).status_code == 201
    (report,) = reader.all("DiagnosticReport", _since=moment)
    assert (report["status"], report["meta"]["versionId"]) == ("amended", "2")
    assert fresh.quantity is Quantity.TOTAL_CHOLESTEROL


def test_what_was_entered_in_error_says_so_everywhere(running: Running, reader: Reader) -> None:
    station, visit = running.station(), visit_of()
    sealed = station.envelope(visit)
    assert running.put(sealed).status_code == 201
    assert running.put(correction(station, visit, sealed)).status_code == 201
    assert {one["status"] for one in reader.all("Observation")} == {"entered-in-error"}


def test_a_number_finds_its_owner_from_a_body_and_never_from_an_address(
    running: Running, reader: Reader
) -> None:
    filed(running, visit_of(), visit_of(OTHER))
    asked = {"identifier": f"{NUMBER}|{SHEN.identity}"}
    assert reader.get("Patient", 403, **asked)["issue"][0]["code"] == "security"
    assert reader.get("Observation", 403, **asked)["issue"][0]["code"] == "security"
    assert reader.get("Observation", 403, patient=str(SHEN.identity))["issue"][0]["code"] == "security"
    with running.clinic.store.reading() as connection:
        assert str(SHEN.identity) not in str(connection.exec_driver_sql("SELECT * FROM audit").all())
    found = reader.link.post(f"{reader.base}/Patient/_search", asked, timeout=30).json()
    (entry,) = found["entry"]
    assert entry["resource"]["name"] == [{"text": "沈玉珍"}]
    assert str(SHEN.identity) not in str(found)
    own = entry["resource"]["identifier"][0]
    assert reader.all("Patient", identifier=f"{own['system']}|{own['value']}") == [entry["resource"]]
    assert reader.all("Patient", identifier="urn:other|1") == []


def test_everything_of_a_resident_is_hers_alone_and_complete(running: Running, reader: Reader) -> None:
    filed(running, visit_of(), visit_of(), visit_of(OTHER))
    mine = next(one for one in reader.all("Patient") if one["name"][0]["text"] == "沈玉珍")
    found = reader.all(f"Patient/{mine['id']}/$everything", _count=200)
    kinds = {one["resourceType"] for one in found}
    assert kinds >= {"Patient", "Encounter", "Observation", "DiagnosticReport", "Device", "Consent"}
    assert "李明" not in str(found)
    ids = {one["id"] for one in found if one["resourceType"] == "Observation"}
    assert ids == {one["id"] for one in reader.all("Observation", patient=mine["id"])}
    small = reader.all(f"Patient/{mine['id']}/$everything", _count=9)
    assert {one["id"] for one in small} == {one["id"] for one in found}


def test_who_agreed_to_paper_only_is_not_in_it(running: Running, reader: Reader) -> None:
    (visit,) = filed(running, replace(visit_of(), consent=Consent.PRINT_ONLY))
    assert reader.all("Observation") == []
    reader.get(f"Encounter/{visit.id}", 404)


def test_a_task_says_how_urgent_it_is_for_whom_and_until_when(running: Running, reader: Reader) -> None:
    filed(running, visit_of(systolic="188", diastolic="112"))
    urgent = [one for one in reader.all("Task", status="requested") if one["priority"] == "urgent"]
    (task,) = urgent
    assert task["for"]["reference"].startswith("Patient/")
    assert reader.all("Task", patient=task["for"]["reference"])
    assert reader.all("Task", status="completed") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("Observation?code:text=x", 400),
        ("Observation?patient.name=x", 400),
        ("Observation?_format=xml", 406),
        ("Observation?date=2026-13", 400),
        ("Observation?date=ge2026-11-23Tgarbage", 400),
        ("Observation?_total=many", 400),
        ("Patient?_after=0.0.x", 400),
        ("Observation?date=yesterday", 400),
        ("Observation?_count=-1", 400),
        ("Observation?_after=x", 400),
        ("Encounter?_since=now", 400),
        ("Patient?identifier=x", 400),
        ("Medication", 404),
        ("Observation/none", 404),
        ("Patient/none", 404),
        ("Device/none", 404),
        ("Location/none", 404),
        ("Task/none", 404),
        ("Patient/none/$everything", 404),
        ("Patient/a/b/c", 404),
    ],
)
def test_what_cannot_be_answered_is_an_outcome_that_says_why(
    reader: Reader, running: Running, path: str, status: int
) -> None:
    said = reader.get(path, status)
    valid(said)
    assert said["resourceType"] == "OperationOutcome"


def test_the_statement_of_what_it_can_do_is_valid_and_true(reader: Reader, running: Running) -> None:
    said = requests.get(f"{reader.base}/metadata", timeout=30).json()
    valid(said)
    filed(running, visit_of(systolic="188", diastolic="112"))
    reader.link.headers["Prefer"] = "handling=strict"
    samples = {"token": "urn:a|b", "reference": "x", "date": "2026-11"}
    for one in said["rest"][0]["resource"]:
        if "search-type" not in {each["code"] for each in one["interaction"]}:
            continue
        assert reader.get(one["type"]).get("entry") or one["type"] == "RiskAssessment"
        for each in one["searchParam"]:
            reader.get(one["type"], 200, **{each["name"]: samples[each["type"]]})
        for include in one.get("searchInclude", ()):
            reader.get(one["type"], 200, _include=include)
        assert reader.get(one["type"], 400, nonsense="1")["issue"][0]["code"] == "invalid"


def test_without_a_login_or_with_another_verb_nothing_is_said(running: Running, reader: Reader) -> None:
    (visit,) = filed(running, visit_of())
    for path in ("Patient", "Observation", f"Encounter/{visit.id}", "Task", "Device"):
        refused = requests.get(f"{reader.base}/{path}", timeout=30)
        assert (refused.status_code, refused.json()["resourceType"]) == (401, "OperationOutcome")
        for verb in ("PUT", "PATCH", "DELETE"):
            assert reader.link.request(verb, f"{reader.base}/{path}", timeout=30).status_code == 404
    browser = requests.Session()
    browser.cookies.update(running.staff(Role.CALLER).cookies)
    assert browser.get(f"{reader.base}/Device", timeout=30).status_code == 200
    assert browser.post(f"{reader.base}/Patient/_search", timeout=30).status_code == 401


def test_each_question_is_a_line_in_the_trail_that_names_nobody(running: Running, reader: Reader) -> None:
    (visit,) = filed(running, visit_of())
    reader.get(f"Encounter/{visit.id}")
    patient = reader.all("Patient")[0]["id"]
    reader.get(f"Patient/{patient}/$everything")
    with running.clinic.store.reading() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT did, about FROM audit")]
    assert ("fhir read Encounter", str(visit.id)) in rows
    assert ("fhir everything", patient) in rows
    assert "沈" not in str(rows)


def test_to_look_is_not_to_carry_away(running: Running, reader: Reader) -> None:
    filed(running, visit_of())
    her = reader.all("Patient")[0]["id"]
    running.staff(Role.READER)
    token = {"Authorization": f"Bearer {open_session(running.clinic, NURSE, BEARER)}"}
    for path in (f"Patient/{her}/$everything", f"Patient/{her}", "Observation", "Patient"):
        assert requests.get(f"{reader.base}/{path}", headers=token, timeout=30).status_code == 403
