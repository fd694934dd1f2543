"""Files what another program sent as a visit, or sets it aside for staff and says what is wrong."""

import hashlib
from functools import cache

from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.fhir.errors import FhirRequestError
from clinic.fhir.receiving import Came, Kept, came
from clinic.fhir.shapes import EntryResponse, Issue, OperationOutcome, ResponseEntry, Responses, encode
from clinic.follow_up import note_void
from clinic.following import follow
from clinic.matching import NOBODY, hash_of, keyed, mark_of, phone_mark_of
from clinic.store import audit
from clinic.store.amendments import amend_visit, versions_before
from clinic.store.envelopes import keep_refused
from clinic.store.erasing import is_held_back, was_erased
from clinic.store.residents import resident_by_hash
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, VisitStatus, place, take_turn, time_of_turn, visit_of
from health.assess import assess
from health.fhir.setting import part_of
from health.record import Record, read, write
from health.rulebook import Rulebook, load_rulebook
from health.station import Station
from health.visit import Visit

NOT_VALID = "fhir_not_valid"
_SAYS_ELSE = "This visit is here and says something else; what corrects it is PUT, not POST."
_WITHDRAWN = "This visit was entered in error and says nothing more; what is true is a visit of its own."
_SAID_ALREADY = "Taken note of and not kept: this clinic says the same of a visit by itself."


def file_transaction(clinic: Clinic, body: bytes, sender: str) -> bytes:
    """The transaction-response to ``body``. Raises ``FhirRequestError`` for what is not filed."""
    tenant, now, settings = clinic.settings.tenant, clinic.now(), clinic.settings
    found = came(body, tenant, sender, settings.zone, now, demo=settings.demo)
    if found.visit is None:
        with clinic.store.writing() as connection:
            digest = hashlib.sha256(body).digest()
            # Not the body: it may name somebody, and no erasure could find her in what cannot be read.
            keep_refused(connection, tenant, str(found.id), _station(sender), NOT_VALID, b"", digest, now)
        places = tuple((one.where, one.sentence) for one in found.faults)
        raise FhirRequestError(422, "invalid", "Nothing of it was filed.", places)
    record = _record(clinic, found.visit, sender)
    kept = _kept(clinic, found, record, sender)
    with clinic.store.writing() as connection:
        became = _filed(clinic, connection, found, kept, record)
        known = resident_by_hash(connection, tenant, kept.resident) if kept.resident else None
    return _answer(found, became, "" if known is None else known.id)


def _filed(clinic: Clinic, connection: Transaction, found: Came, kept: KeptVisit, record: Record) -> str:
    """File it, or what it changes; the HTTP status that says what became of it."""
    tenant, zone = kept.tenant, clinic.settings.zone
    (number,) = take_turn(connection, tenant, 1)
    now = clinic.now()
    # Whom only her sender's name for her tells apart was erased by that name.
    marks = {mark_of(clinic, record), kept.resident or NOBODY}
    held_back = any(is_held_back(connection, tenant, mark, kept.measured_at) for mark in marks)
    if held_back or was_erased(connection, tenant, kept.id):
        raise FhirRequestError(410, "deleted", "This was erased here; it is not taken in again.")
    kept = replace(kept, place_in_feed=number, received_at=time_of_turn(connection, tenant, now))
    current = visit_of(connection, tenant, kept.id)
    if current is None:
        place(connection, kept)
    elif current.status is VisitStatus.ENTERED_IN_ERROR or not found.update:
        if not (found.unless_here or _was_said(connection, current, kept, record)):
            raise FhirRequestError(409, "conflict", _WITHDRAWN if found.update else _SAYS_ELSE)
        return "200 OK"
    elif not _differs(current, kept, record):
        return "200 OK"
    else:
        status = VisitStatus.ENTERED_IN_ERROR if found.void else VisitStatus.AMENDED
        amend_visit(connection, current, replace(kept, status=status), now)
    if found.void:
        note_void(connection, tenant, kept.id, now, kept.station)
    else:
        follow(connection, kept, record, now, zone)
    audit.note(connection, tenant, kept.station.removeprefix("fhir/"), "fhir filed", kept.id, now)
    return "201 Created" if current is None else "200 OK"


def _differs(current: KeptVisit, kept: KeptVisit, record: Record) -> bool:
    """Whether what came says something else than what holds, which is no error."""
    return kept.status is VisitStatus.ENTERED_IN_ERROR or read(current.record).visit != record.visit


def _was_said(connection: Transaction, current: KeptVisit, kept: KeptVisit, record: Record) -> bool:
    """Whether some version of the visit says just what came: then it was sent again, and nothing is lost."""
    if kept.status is VisitStatus.ENTERED_IN_ERROR:
        return current.status is VisitStatus.ENTERED_IN_ERROR
    every = (current, *versions_before(connection, kept.tenant, kept.id))
    return any(read(one.record).visit == record.visit for one in every)


def _answer(found: Came, became: str, resident: str) -> bytes:
    """What became of each entry; what the clinic says by itself is not kept twice."""
    entries = tuple(_entry(found, one, became, resident) for one in found.kept)
    return encode(Responses(type="transaction-response", entry=entries))


def _entry(found: Came, kept: Kept | None, became: str, resident: str) -> ResponseEntry:
    if kept is None:
        said = Issue(severity="information", code="informational", diagnostics=_SAID_ALREADY)
        return ResponseEntry(response=EntryResponse(status="200 OK", outcome=OperationOutcome(issue=(said,))))
    id_ = str(found.id)
    whole = {"Patient": resident or part_of(id_, "patient"), "Encounter": id_}
    part = whole.get(kept.kind) or part_of(id_, kept.key)
    return ResponseEntry(response=EntryResponse(status=became, location=f"{kept.kind}/{part}"))


def _record(clinic: Clinic, visit: Visit, sender: str) -> Record:
    station = Station(_station(sender), sender, tenant=clinic.settings.tenant, demo=clinic.settings.demo)
    said = assess(visit, (), _rulebook(), visit.on)
    return Record(visit, said, (), station, clinic.settings.language, "FHIR")


def _kept(clinic: Clinic, found: Came, record: Record, sender: str) -> KeptVisit:
    visit, now = record.visit, clinic.now().isoformat()
    known_as = f"{sender}\n{found.known_as}"  # what one sender calls somebody says nothing about another's
    return KeptVisit(
        tenant=clinic.settings.tenant,
        id=str(found.id),
        version=0,
        status=VisitStatus.ENTERED_IN_ERROR if found.void else VisitStatus.COMPLETE,
        record=write(record),
        envelope=str(found.id),
        station=_station(sender),
        sequence=0,
        level=int(record.assessment.level),
        civil_date=visit.on.isoformat(),
        measured_at=now if visit.opened_at is None else visit.opened_at.isoformat(),
        received_at=now,
        resident=keyed(clinic, known_as) if found.known_as else hash_of(clinic, record),
        phone_mark=None if found.known_as else phone_mark_of(clinic, record),
    )


def _station(sender: str) -> str:
    """Where it is from. No station can have such a name: the slash is in no station's id."""
    return f"fhir/{sender}"[:64]


@cache
def _rulebook() -> Rulebook:
    return load_rulebook()
