"""Erases a resident who asks for it, and what is older than the clinic keeps; hands her what is hers before.

What is erased is gone from the database; a copy made before still holds it until that copy is replaced. A
station that sends it again hears 410 and lets its own copy go.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.fhir.naming import base_of
from clinic.fhir.reading import Any_, patient_by_id, resources_of, task_resource
from clinic.fhir.shapes import Found, Link, Search, SearchSet, encode
from clinic.pages.saying import Saying
from clinic.store import audit
from clinic.store.erasing import erase_resident, erase_visits, visits_before, visits_of_hash
from clinic.store.residents import KnownResident, resident_by_id
from clinic.store.store import Transaction
from clinic.store.tasks import tasks_of_subject
from clinic.store.visits import KeptVisit, VisitStatus, visit_of
from clinic.truetime import record_of

_AT_ONCE = 200
_MOST_TASKS = 10_000


class ErasingError(ClinicError):
    """Nobody, or nothing, to erase or to hand out."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many visits went."""

    visits: int


def erase(clinic: Clinic, resident: str, who: str) -> Erased:
    """Erase a resident and all her visits. Raises ``ErasingError`` where she is not known."""
    tenant, now = clinic.settings.tenant, clinic.now()
    with clinic.store.writing() as connection:
        known = _known(connection, tenant, resident)
        visits = visits_of_hash(connection, tenant, known.hash)
        erase_visits(connection, tenant, visits, now.isoformat())
        erase_resident(connection, tenant, known.hash, known.id)
        audit.note(connection, tenant, who, "resident erased", known.id, now)
    clinic.store.overwrite_what_went()
    return Erased(len(visits))


def erase_older(clinic: Clinic, before: date, who: str) -> Erased:
    """Erase every visit of before that civil date, some in each transaction."""
    tenant, many = clinic.settings.tenant, 0
    while True:
        now = clinic.now()
        with clinic.store.writing() as connection:
            visits = visits_before(connection, tenant, before.isoformat(), _AT_ONCE)
            erase_visits(connection, tenant, visits, now.isoformat())
            if visits:
                audit.note(connection, tenant, who, "visits erased", f"{len(visits)} before {before}", now)
        many += len(visits)
        if len(visits) < _AT_ONCE:
            clinic.store.overwrite_what_went()
            return Erased(many)


def erase_expired(clinic: Clinic, who: str) -> Erased:
    """Erase what is older than the settings keep, counted in whole years from today at the clinic."""
    years = clinic.settings.keep_visits_years
    if not years:
        raise ErasingError("The settings keep visits for ever; set keep_visits_years first.")
    return erase_older(clinic, years_before(clinic.now().astimezone(clinic.settings.zone).date(), years), who)


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of a 29 February the last that its month has."""
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year - years)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def all_of_hers(clinic: Clinic, connection: Transaction, resident: str) -> bytes:
    """Everything of a resident as one FHIR bundle. Raises ``ErasingError``."""
    known = _known(connection, clinic.settings.tenant, resident)
    found: dict[tuple[str, str], Any_] = {}
    for one in (patient_by_id(clinic, connection, known), *_of_visits(clinic, connection, known)):
        found.setdefault((type(one).__name__, one.id), one)
    for task in tasks_of_subject(connection, known.tenant, known.id, _MOST_TASKS):
        found["Task", task.id] = task_resource(task)
    base = base_of(clinic)
    entries = tuple(
        Found(full_url=f"{base}/{kind}/{id_}", resource=one, search=Search(mode="match"))
        for (kind, id_), one in found.items()
    )
    link = Link(relation="self", url=f"{base}/Patient/{known.id}/$everything")
    return encode(SearchSet(type="searchset", link=(link,), entry=entries))


def readable(clinic: Clinic, connection: Transaction, resident: str, saying: Saying) -> str:
    """The same for a person to read: each visit with its day, place and values. Raises ``ErasingError``."""
    known = _known(connection, clinic.settings.tenant, resident)
    lines = [saying.text("export.heading", clinic=clinic.settings.name), known.name, known.phone, ""]
    for kept in _kept(connection, known):
        visit = record_of(kept)
        lines += [f"{kept.civil_date}  {visit.station.name}", *_values(kept, saying), ""]
    return "\n".join(lines)


def _values(kept: KeptVisit, saying: Saying) -> list[str]:
    record = record_of(kept)
    if kept.status is VisitStatus.ENTERED_IN_ERROR:
        return [f"  {saying.text(f'clinic.status.{kept.status.value}')}"]
    return [
        f"  {saying.quantity(one.quantity)}: {saying.value(one)} {saying.unit(one)}"
        for one in record.visit.observations
    ]


def _kept(connection: Transaction, known: KnownResident) -> list[KeptVisit]:
    found = [
        visit_of(connection, known.tenant, one)
        for one in visits_of_hash(connection, known.tenant, known.hash)
    ]
    return sorted((one for one in found if one is not None), key=lambda one: one.measured_at)


def _of_visits(clinic: Clinic, connection: Transaction, known: KnownResident) -> list[Any_]:
    return [one for kept in _kept(connection, known) for one in resources_of(clinic, connection, kept)]


def _known(connection: Transaction, tenant: str, resident: str) -> KnownResident:
    found = resident_by_id(connection, tenant, resident)
    if found is None:
        raise ErasingError("There is no such resident; look at the list again.")
    return found
