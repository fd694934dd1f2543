"""Searches: which parameters each type takes, and pages that follow the feed, not the clock.

A page goes on where the one before ended: behind a place in the feed and a number of resources of it. What
is filed meanwhile comes on a later page and nothing is skipped. No parameter may carry an identity number in
an address; it may in the body of ``_search``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from clinic.clinic import Clinic
from clinic.fhir.errors import FhirRequestError, wrong
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

OF_VISITS = (
    "Observation",
    "DiagnosticReport",
    "Encounter",
    "RiskAssessment",
    "Consent",
    "Specimen",
    "DeviceMetric",
    "Provenance",
)
TYPES = ("Patient", *OF_VISITS, "Device", "Task")
PARAMETERS: Mapping[str, frozenset[str]] = {
    "Patient": frozenset({"_id", "identifier"}),
    "Observation": frozenset({"_id", "identifier", "patient", "subject", "encounter", "code", "date"}),
    "DiagnosticReport": frozenset({"_id", "identifier", "patient", "subject", "encounter", "code", "date"}),
    "Encounter": frozenset({"_id", "identifier", "patient", "subject", "date"}),
    "Device": frozenset({"_id", "identifier"}),
    "Task": frozenset({"_id", "patient", "subject", "status"}),
}
_OTHERS = frozenset({"_id", "identifier", "patient", "subject", "encounter", "date"})
EVERYWHERE = frozenset({"_count", "_since", "_lastUpdated", "_after", "_format"})
IDENTITY_NUMBERS = ("urn:oid:2.16.156.10011.1.3", "urn:kangyi:identity-number")
"""Systems of the national identity number; taken in a body only, hashed, and never said back."""
MOST, USUAL = 200, 50
_SCANNED = 60
_DAY = re.compile(r"(eq|ge|gt|le|lt)?(\d{4}-\d{2}-\d{2})(T.*)?")
_INSTANT = re.compile(r"(ge|gt)?(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00))?)")
_AFTER = re.compile(r"(\d{1,18})-(\d{1,6})|[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A search. ``values`` are its parameters, ``secret`` whether they came in a body."""

    kind: str
    values: Mapping[str, tuple[str, ...]]
    secret: bool = False

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be said once, or None."""
        found = self.values.get(name, ())
        if len(found) > 1:
            raise wrong(f"The parameter {name} may be said once.")
        return found[0] if found else None


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A part of what was found, and where the next begins; None: there is no more."""

    resources: tuple[AnyResource | FhirTask, ...]
    after: str | None


def search(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    """One page. Raises ``FhirRequestError``."""
    _known_parameters(asked)
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
    _known_parameters(asked)
    wanted = Wanted(resident=known.hash, since=_since(asked))
    page = _of_visits(clinic, connection, asked, wanted)
    # Patient and devices come with each of her visits; once a page is enough.
    return Page(tuple({(type(one), one.id): one for one in page.resources}.values()), page.after)


def count_of(asked: Asked) -> int:
    """How many resources a page may have."""
    text = asked.one("_count") or str(USUAL)
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise wrong("_count must be a number above 0.")
    return min(int(text), MOST)


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
            raise FhirRequestError(
                403, "security", "An identity number may not stand in an address; POST it to Patient/_search."
            )
        return resident_by_hash(connection, tenant, keyed(clinic, value))
    return None


def _known_parameters(asked: Asked) -> None:
    allowed = PARAMETERS.get(asked.kind, _OTHERS) | EVERYWHERE
    for name in asked.values:
        if name.partition(":")[0] not in allowed or ":" in name:
            raise wrong(f"The parameter {name[:40]} is not known for {asked.kind}.")


def _patients(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    tenant, id_, many = clinic.settings.tenant, asked.one("_id"), count_of(asked)
    if id_ is not None or "identifier" in asked.values:
        named = resident_by_id(connection, tenant, id_) if id_ else resident_in(clinic, connection, asked)
        found = () if named is None else (patient_by_id(clinic, connection, named),)
        return Page(found, None)
    known = residents_after(connection, tenant, _after_id(asked), many, _since(asked))
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
        _after_id(asked),
        many,
        task=asked.one("_id"),
        subject=_subject(asked),
        states=states,
    )
    return Page(tuple(task_resource(one) for one in found), found[-1].id if len(found) == many else None)


def _subject(asked: Asked) -> str | None:
    said = asked.one("patient") or asked.one("subject")
    return None if said is None else said.removeprefix("Patient/")


def _wanted(clinic: Clinic, connection: Transaction, asked: Asked) -> Wanted | None:
    """Which visits can hold what is asked for; None where none can."""
    first, last = _days(asked)
    resident, visit = None, None
    for name in ("_id", "encounter", "identifier"):
        said = asked.one(name)
        if said is not None:
            visit = _visit_named(name, said)
            if visit is None:
                return None
    subject = _subject(asked)
    if subject is not None and "." in subject:
        visit = whole_of(subject)
    elif subject is not None:
        known = resident_by_id(connection, clinic.settings.tenant, subject)
        if known is None:
            return None
        resident = known.hash
    return Wanted(resident, visit, first, last, _since(asked))


def _visit_named(name: str, said: str) -> str | None:
    if name != "identifier":
        return whole_of(said.removeprefix("Encounter/"))
    # Other identifiers are made from the visit's id one way only; a visit has its own.
    system, _, value = said.partition("|")
    return value.removeprefix("urn:uuid:") if system == URI else None


def _of_visits(clinic: Clinic, connection: Transaction, asked: Asked, wanted: Wanted) -> Page:
    place, skip = _after(asked)
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


def _days(asked: Asked) -> tuple[str | None, str | None]:
    first: str | None = None
    last: str | None = None
    for text in asked.values.get("date", ()):
        found = _DAY.fullmatch(text)
        if found is None or not _is_day(found[2]):
            raise wrong("date must be a day such as ge2026-11-01.")
        match found[1] or "eq":
            case "ge" | "gt":
                first = found[2]
            case "le" | "lt":
                last = found[2]
            case _:
                first = last = found[2]
    return first, last


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _since(asked: Asked) -> str | None:
    said = asked.one("_since") or asked.one("_lastUpdated")
    if said is None:
        return None
    found = _INSTANT.fullmatch(said)
    if found is None:
        raise wrong("_since must be an instant of UTC, such as 2026-11-28T00:00:00Z.")
    return found[2].replace("Z", "")


def _after(asked: Asked) -> tuple[int, int]:
    said = asked.one("_after") or "0-0"
    found = _AFTER.fullmatch(said)
    if found is None or found[1] is None:
        raise wrong("_after is said by a page alone; begin without it.")
    return int(found[1]), int(found[2])


def _after_id(asked: Asked) -> str:
    said = asked.one("_after") or ""
    if said and not _AFTER.fullmatch(said):
        raise wrong("_after is said by a page alone; begin without it.")
    return said
