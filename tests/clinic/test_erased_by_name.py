"""Who has no identity number here, and only the name that another program has for her, stays erased too."""

from typing import Any

from clinic.erasing import erase
from clinic.store.residents import resident_by_hash
from clinic.store.visits import changed_visits
from tests.clinic.running import NURSE, Running
from tests.clinic.test_fhir_received import Send, bundle, patient, send, value

__all__ = ["send"]


def test_who_is_known_by_her_senders_name_for_her_alone_stays_erased_too(
    running: Running, send: Send
) -> None:
    """Each of another program's patients by that program's own name, and no identity number at all."""

    def of(name: str, at: str = "2026-11-20T01:00:00Z") -> dict[str, Any]:
        called = patient(None) | {"identifier": [{"system": "urn:his:patients", "value": name}]}
        return bundle(called, value("29463-7", 51.3, "kg", effectiveDateTime=at))

    assert send(of("4711")).status_code == 200
    with running.clinic.store.reading() as connection:
        (kept,) = changed_visits(connection, "clinic", 0, 10)
        known = resident_by_hash(connection, "clinic", kept.resident or b"")
    assert known is not None
    assert erase(running.clinic, known.id, NURSE).visits == 1
    assert send(of("4711")).status_code == 410
    assert send(of("4711", "2026-11-19T01:00:00Z")).status_code == 410
    assert send(of("4712")).status_code == 200
    with running.clinic.store.reading() as connection:
        assert [one.civil_date for one in changed_visits(connection, "clinic", 0, 10)] == ["2026-11-20"]
