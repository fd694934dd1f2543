"""Erases whoever asks for it, and hands her what is hers before.

What is erased is gone from the database; a copy made before still holds it until that copy is replaced. A
station that sends it again, or only now what was measured before, hears 410 and lets its own copy go. Servers
that it went on to are asked to delete it. What is erased by its age stands in ``expiring``.
"""

from collections.abc import Mapping, Sequence

import msgspec

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.fhir.naming import base_of
from clinic.fhir.reading import Any_, patient_by_id, resources_of, task_resource
from clinic.fhir.shapes import Found, Link, Search, SearchSet, encode
from clinic.matching import mark_of, mark_of_phone
from clinic.store import audit
from clinic.store.erasing import (
    are_marked,
    erase_resident,
    erase_visits,
    mark_phone,
    nobodys_visits,
    remember_erased,
    say_marked,
    visits_of_hash,
    visits_of_phone,
)
from clinic.store.residents import KnownResident, resident_by_id
from clinic.store.store import Transaction
from clinic.store.tasks import tasks_of_subject
from clinic.store.visits import KeptVisit, visit_of
from clinic.taking_back import ask_back_all
from health.errors import HealthError
from health.record import read

_MOST_TASKS = 10_000


class ErasingError(ClinicError):
    """Nobody, or nothing, to erase or to hand out."""


class Erased(msgspec.Struct, frozen=True):
    """How many visits went, and how many of them may be at which other server; those are asked back."""

    visits: int
    elsewhere: Mapping[str, int]


class _Whose(msgspec.Struct, frozen=True):
    """Somebody to be erased: her visits, what she is remembered by, and her own row where she has one."""

    visits: tuple[str, ...]
    marks: tuple[bytes, ...]
    known: KnownResident | None = None


def erase(clinic: Clinic, named: str, who: str) -> Erased:
    """Erase a resident and all her visits; or, where ``named`` is a visit of nobody known, that one.

    Raises ``ErasingError`` where there is neither. What was measured before and comes later is not taken in.
    """
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        known = resident_by_id(connection, tenant, named)
        if known is None:
            whose = _nobodys(clinic, connection, named)
        else:
            whose = _Whose(visits_of_hash(connection, tenant, known.hash), (known.hash,), known)
        about = whose.visits[0] if known is None else known.id
        done = _erase(clinic, connection, whose, who, about)
    clinic.store.overwrite_what_went()
    return done


def erase_by_phone(clinic: Clinic, phone: str, who: str) -> Erased:
    """Erase every visit of whoever gave that telephone number and no card. Raises ``ErasingError``."""
    visits = visits_by_phone(clinic, phone)
    with clinic.store.writing() as connection:
        done = _erase(clinic, connection, _Whose(visits, (mark_of_phone(clinic, phone),)), who, visits[0])
    clinic.store.overwrite_what_went()
    return done


def visits_by_phone(clinic: Clinic, phone: str) -> tuple[str, ...]:
    """The visits of whoever gave that telephone number and no card. Raises ``ErasingError`` for none.

    Those filed by older software are read once, so the first question may take a while.
    """
    tenant, mark = clinic.settings.tenant, mark_of_phone(clinic, phone)
    with clinic.store.reading() as connection:
        marked = are_marked(connection, tenant)
    if not marked:
        _mark_older(clinic)
    with clinic.store.reading() as connection:
        found = visits_of_phone(connection, tenant, mark) if mark else ()
    if not found:
        raise ErasingError("Nobody without a card gave this telephone number.")
    return found


def _erase(clinic: Clinic, connection: Transaction, whose: _Whose, who: str, about: str) -> Erased:
    tenant, now = clinic.settings.tenant, clinic.now()
    gone_on = ask_back_all(clinic, connection, whose.visits, now, person=True)
    erase_visits(connection, tenant, whose.visits, now.isoformat())
    if whose.known is not None:
        erase_resident(connection, tenant, whose.known.hash, whose.known.id)
    remember_erased(connection, tenant, whose.marks, now.isoformat())
    audit.note(connection, tenant, who, "resident erased", about, now)
    return Erased(len(whose.visits), gone_on)


def _nobodys(clinic: Clinic, connection: Transaction, named: str) -> _Whose:
    """Whose a visit is that belongs to no known resident; ``named`` may be what FHIR calls her."""
    kept = visit_of(connection, clinic.settings.tenant, named.removesuffix(".patient"))
    if kept is None or kept.resident:
        raise ErasingError("There is no such resident; look at the list again.")
    mark = mark_of(clinic, read(kept.record))
    return _Whose((kept.id,), (mark,) if mark else ())


def _mark_older(clinic: Clinic) -> None:
    tenant = clinic.settings.tenant
    with clinic.store.writing() as connection:
        for named, record in nobodys_visits(connection, tenant):
            mark = mark_of_phone(clinic, _phone_in(record))
            if mark:
                mark_phone(connection, tenant, named, mark)
        say_marked(connection, tenant)


def _phone_in(record: bytes) -> str:
    try:
        return read(record).visit.resident.phone or ""
    except HealthError:
        return ""


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


def all_of_visits(clinic: Clinic, connection: Transaction, visits: Sequence[str]) -> bytes:
    """The same of visits of somebody without a card, whom no row but theirs knows."""
    tenant = clinic.settings.tenant
    kept = [one for named in visits if (one := visit_of(connection, tenant, named)) is not None]
    found = {
        (type(one).__name__, one.id): one for two in kept for one in resources_of(clinic, connection, two)
    }
    base = base_of(clinic)
    entries = tuple(
        Found(full_url=f"{base}/{kind}/{id_}", resource=one, search=Search(mode="match"))
        for (kind, id_), one in found.items()
    )
    return encode(SearchSet(type="searchset", link=(), entry=entries))


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
