"""Searches: which parameters each type takes, and pages that follow the feed, not the clock.

A page goes on where the one before ended: behind a place in the feed and a number of resources of it. What
is filed meanwhile comes on a later page and nothing is skipped. No parameter may carry an identity number in
an address; it may in the body of ``_search``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.clinic import Clinic
from clinic.fhir.asking import (
    OF_VISITS,
    Asked,
    after_id,
    after_place,
    count_of,
    days_of,
    judge_parameters,
    since_of,
    subject_of,
)
from clinic.fhir.errors import FhirRequestError, number_in_address, wrong
from clinic.fhir.naming import RESIDENTS
from clinic.fhir.reading import devices, patient_by_id, resources_of, task_resource
from clinic.fhir.shapes import Task as FhirTask
from clinic.matching import keyed
from clinic.store.residents import KnownResident, resident_by_hash, resident_by_id, residents_after
from clinic.store.store import Transaction
from clinic.store.tasks import tasks_after
from clinic.store.visits import Wanted, wanted_visits
from health.fhir.around import URI
from health.fhir.codes import LOINC
from health.fhir.resources import AnyResource, DiagnosticReport, Observation
from health.fhir.setting import whole_of

IDENTITY_NUMBERS = ("urn:oid:2.16.156.10011.1.3", "urn:kangyi:identity-number")
"""Systems of the national identity number; taken in a body only, hashed, and never said back."""
_SCANNED = 60


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A part of what was found, and where the next begins; None: there is no more."""

    resources: tuple[AnyResource | FhirTask, ...]
    after: str | None


def search(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    """One page. Raises ``FhirRequestError``."""
    judge_parameters(asked)
    match asked.kind:
        case "Patient":
            return _patients(clinic, connection, asked)
        case "Device":
            return _devices(clinic, connection, asked)
        case "Task":
            return _tasks(clinic, connection, asked)
        case _ if asked.kind in OF_VISITS:
            wanted = _wanted(clinic, connection, asked)
            return Page((), None) if wanted is None else _of_visits(clinic, connection, asked, wanted)
        case _:
            raise FhirRequestError(404, "not-supported", "Resources of this type are not kept here.")


def everything(clinic: Clinic, connection: Transaction, known: KnownResident, asked: Asked) -> Page:
    """All that there is of one resident, in the order of the feed, a page of it."""
    judge_parameters(asked)
    wanted = Wanted(resident=known.hash, since=since_of(asked))
    page = _of_visits(clinic, connection, asked, wanted)
    # Patient and devices come with each of her visits; once a page is enough.
    return Page(tuple({(type(one), one.id): one for one in page.resources}.values()), page.after)


def resident_in(clinic: Clinic, connection: Transaction, asked: Asked) -> KnownResident | None:
    """Whom ``identifier`` names: by the clinic's own name, or in a body by her number."""
    system, bar, value = (asked.one("identifier") or "").partition("|")
    if not bar:
        raise wrong("identifier must be written system|value.")
    tenant = clinic.settings.tenant
    if system == RESIDENTS:
        return resident_by_id(connection, tenant, value)
    if system in IDENTITY_NUMBERS:
        if not asked.secret:
            raise number_in_address()
        return resident_by_hash(connection, tenant, keyed(clinic, value))
    return None


def _patients(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    tenant, id_, many = clinic.settings.tenant, asked.one("_id"), count_of(asked)
    if id_ is not None or "identifier" in asked.values:
        named = resident_by_id(connection, tenant, id_) if id_ else resident_in(clinic, connection, asked)
        found = () if named is None else (patient_by_id(clinic, connection, named),)
        return Page(found, None)
    known = residents_after(connection, tenant, after_id(asked), many, since_of(asked))
    more = known[-1].id if len(known) == many else None
    return Page(tuple(patient_by_id(clinic, connection, one) for one in known), more)


def _devices(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    id_, identifier = asked.one("_id"), asked.one("identifier")
    found = [
        one
        for one in devices(clinic, connection)
        if id_ in {None, one.id}
        and (identifier is None or identifier in {f"{name.system}|{name.value}" for name in one.identifier})
    ]
    return Page(tuple(found), None)


def _tasks(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    many, states = (
        count_of(asked),
        tuple(s for text in asked.values.get("status", ()) for s in text.split(",")),
    )
    found = tasks_after(
        connection,
        clinic.settings.tenant,
        after_id(asked),
        many,
        task=asked.one("_id"),
        subject=subject_of(asked),
        states=states,
    )
    return Page(tuple(task_resource(one) for one in found), found[-1].id if len(found) == many else None)


def _wanted(clinic: Clinic, connection: Transaction, asked: Asked) -> Wanted | None:
    """Which visits can hold what is asked for; None where none can."""
    first, last = days_of(asked)
    resident, visit = None, None
    for name in ("_id", "encounter", "identifier"):
        said = asked.one(name)
        if said is not None:
            visit = _visit_named(name, said)
            if visit is None:
                return None
    subject = subject_of(asked)
    if subject is not None and "." in subject:
        visit = whole_of(subject)
    elif subject is not None:
        known = resident_by_id(connection, clinic.settings.tenant, subject)
        if known is None:
            return None
        resident = known.hash
    return Wanted(resident, visit, first, last, since_of(asked))


def _visit_named(name: str, said: str) -> str | None:
    if name != "identifier":
        return whole_of(said.removeprefix("Encounter/"))
    # Other identifiers are made from the visit's id one way only; a visit has its own.
    system, _, value = said.partition("|")
    return value.removeprefix("urn:uuid:") if system == URI else None


def _of_visits(clinic: Clinic, connection: Transaction, asked: Asked, wanted: Wanted) -> Page:
    place, skip = after_place(asked)
    many = count_of(asked)
    found: list[AnyResource | FhirTask] = []
    kept = wanted_visits(
        connection, clinic.settings.tenant, wanted, max(place - 1, 0) if skip else place, _SCANNED
    )
    for one in kept:
        before = skip if one.place_in_feed == place else 0
        fits = [each for each in resources_of(clinic, connection, one) if _fits(each, asked)]
        room = many - len(found)
        found.extend(fits[before : before + room])
        if len(fits) - before > room:
            return Page(tuple(found), f"{one.place_in_feed}-{before + room}")
        place = one.place_in_feed
    more = f"{place}-0" if len(kept) == _SCANNED else None
    return Page(tuple(found), more)


def _fits(resource: AnyResource, asked: Asked) -> bool:
    if asked.kind != "Patient" and type(resource).__name__ != asked.kind:
        return False
    id_ = asked.one("_id")
    if id_ is not None and resource.id != id_:
        return False
    codes = asked.values.get("code", ())
    if not codes:
        return True
    if not isinstance(resource, Observation | DiagnosticReport):
        return False
    own = set(_codes(resource))
    return all(own & {one.removeprefix(f"{LOINC}|") for one in text.split(",")} for text in codes)


def _codes(resource: Observation | DiagnosticReport) -> Iterator[str]:
    yield from resource.code.codes(LOINC)
    if isinstance(resource, Observation):
        for component in resource.component:
            yield from component.code.codes(LOINC)
