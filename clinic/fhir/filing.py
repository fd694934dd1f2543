"""Files what another program sent as a visit, or sets it aside for staff and says what is wrong."""

import hashlib
from dataclasses import replace
from functools import cache

import msgspec

from clinic.clinic import Clinic
from clinic.fhir.errors import FhirRequestError
from clinic.fhir.receiving import Came, came
from clinic.following import follow
from clinic.matching import hash_of, mark_of
from clinic.store import audit
from clinic.store.envelopes import keep_refused
from clinic.store.erasing import is_held_back, was_erased
from clinic.store.visits import KeptVisit, Placed, VisitStatus, place, take_turn
from health.assess import assess
from health.record import Record, write
from health.rulebook import Rulebook, load_rulebook
from health.station import Station
from health.visit import Visit

NOT_VALID = "fhir_not_valid"


def file_transaction(clinic: Clinic, body: bytes, sender: str) -> bytes:
    """The transaction-response to ``body``. Raises ``FhirRequestError`` for what is not filed."""
    tenant, now, settings = clinic.settings.tenant, clinic.now(), clinic.settings
    found = came(body, tenant, sender, settings.zone, now, demo=settings.demo)
    if found.visit is None:
        with clinic.store.writing() as connection:
            digest = hashlib.sha256(body).digest()
            # Not the body: it may name somebody, and no erasure could find her in what cannot be read.
            keep_refused(connection, tenant, str(found.id), _station(sender), NOT_VALID, b"", digest, now)
        raise FhirRequestError(422, "invalid", " ".join(found.faults))
    record = _record(clinic, found.visit, sender)
    kept = _kept(clinic, found, record, sender)
    with clinic.store.writing() as connection:
        (number,) = take_turn(connection, tenant, 1)
        held_back = is_held_back(connection, tenant, mark_of(clinic, record), kept.measured_at)
        if held_back or was_erased(connection, tenant, kept.id):
            raise FhirRequestError(410, "deleted", "This was erased here; it is not taken in again.")
        placed = place(connection, replace(kept, place_in_feed=number))
        if placed is Placed.TAKEN:
            follow(connection, kept, record, now, settings.zone)
            audit.note(connection, tenant, sender, "fhir filed", kept.id, now)
    status = "201 Created" if placed is Placed.TAKEN else "200 OK"
    entry = {"response": {"status": status, "location": f"Encounter/{kept.id}"}}
    said = {"resourceType": "Bundle", "type": "transaction-response", "entry": [entry] * found.entries}
    return msgspec.json.encode(said)


def _record(clinic: Clinic, visit: Visit, sender: str) -> Record:
    station = Station(_station(sender), sender, tenant=clinic.settings.tenant, demo=clinic.settings.demo)
    said = assess(visit, (), _rulebook(), visit.on)
    return Record(visit, said, (), station, clinic.settings.language, "FHIR")


def _kept(clinic: Clinic, found: Came, record: Record, sender: str) -> KeptVisit:
    visit = record.visit
    now = clinic.now().isoformat()
    return KeptVisit(
        tenant=clinic.settings.tenant,
        id=str(found.id),
        version=0,
        status=VisitStatus.COMPLETE,
        record=write(record),
        envelope=str(found.id),
        station=_station(sender),
        sequence=0,
        level=int(record.assessment.level),
        civil_date=visit.on.isoformat(),
        measured_at=now if visit.opened_at is None else visit.opened_at.isoformat(),
        received_at=now,
        resident=hash_of(clinic, record),
    )


def _station(sender: str) -> str:
    """Where it is from. No station can have such a name: the slash is in no station's id."""
    return f"fhir/{sender}"[:64]


@cache
def _rulebook() -> Rulebook:
    return load_rulebook()
