"""What another program sends once more: the same is known, what says something else is never lost unsaid."""

import json
from typing import Any

from devices.reading import Quantity
from tests.clinic.fhir_reader import valid
from tests.clinic.running import Running
from tests.clinic.test_fhir_received import Send, bundle, kept, patient, pressure, send, value

__all__ = ["send"]


def called(said: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    """The same with an Encounter, by whose identifier the visit is known again."""
    name = {"system": "urn:sender", "value": "visit-77"}
    encounter = {"resourceType": "Encounter", "status": "finished", "identifier": [name]}
    request = {"method": method, "url": "Encounter?identifier=urn:sender|visit-77"}
    return said | {"entry": [*said["entry"], {"resource": encounter, "request": request}]}


def corrected(said: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(said).replace(before, after))
    return changed


FIRST = called(bundle(patient(), pressure(148, 92), value("29463-7", 51.3, "kg")))


def test_a_post_that_says_something_else_of_a_visit_that_is_here_is_refused_and_changes_nothing(
    running: Running, send: Send
) -> None:
    assert send(FIRST).status_code == 200
    other = corrected(FIRST, "148", "188")
    answer = send(other)
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (409, "conflict")
    valid(answer.json())
    assert "188" not in answer.text
    void = corrected(FIRST, '"final"', '"entered-in-error"')
    assert send(void).status_code == 409
    assert [status for status, _ in kept(running)] == ["complete"]
    assert send(FIRST).status_code == 200


def test_what_is_put_changes_it_and_the_first_sent_once_more_is_still_known(
    running: Running, send: Send
) -> None:
    assert send(FIRST).status_code == 200
    other = called(bundle(patient(), pressure(188, 92), value("29463-7", 51.3, "kg")), "PUT")
    assert send(other).status_code == 200
    assert send(FIRST).status_code == 200
    ((status, visit),) = kept(running)
    systolic = visit.value_of(Quantity.SYSTOLIC)
    assert systolic is not None
    assert (status, str(systolic.value)) == ("amended", "188")
    void = corrected(other, '"final"', '"entered-in-error"')
    assert send(void).status_code == 200
    for again in (FIRST, other, void):
        assert send(again).status_code == 200
    assert send(corrected(FIRST, "148", "150")).status_code == 409
    assert [status for status, _ in kept(running)] == ["entered-in-error"]


def test_a_put_to_what_was_entered_in_error_is_told_that_it_changes_nothing(
    running: Running, send: Send
) -> None:
    assert send(FIRST).status_code == 200
    same = called(bundle(patient(), pressure(148, 92), value("29463-7", 51.3, "kg")), "PUT")
    assert send(corrected(same, '"final"', '"entered-in-error"')).status_code == 200
    assert send(same).status_code == 200
    other = called(bundle(patient(), pressure(188, 92), value("29463-7", 51.3, "kg")), "PUT")
    answer = send(other)
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (409, "conflict")
    assert "entered in error" in answer.text
    assert [status for status, _ in kept(running)] == ["entered-in-error"]
