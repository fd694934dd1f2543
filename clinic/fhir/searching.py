"""Searches: which parameters each type takes, and pages that follow the order of change, not the clock.

A page goes on where the one before ended: behind a place in the feed, or behind a time and a name. What is
filed meanwhile comes on a later page and nothing is skipped. No parameter may carry an identity number in an
address; it may in the body of ``_search``.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.fhir.asking import (
    OF_VISITS,
    PARAMETERS,
    Asked,
    after_of,
    behind_row,
    changed_of,
    count_of,
    subjects_of,
    total_of,
)
from clinic.fhir.errors import FhirRequestError, number_in_address, wrong
from clinic.fhir.fitting import INCLUDES
from clinic.fhir.naming import RESIDENTS, station_id
from clinic.fhir.of_visits import NOTHING, Page, page_of, total_in, wanted_of
from clinic.fhir.reading import devices_of, patient_by_id, task_resource
from clinic.fhir.shapes import Task as FhirTask
from clinic.fhir.spans import When, span_of
from clinic.matching import keyed
from clinic.store.changes import residents_by_change, tasks_by_change
from clinic.store.residents import KnownResident, resident_by_hash, resident_by_id
from clinic.store.stations import stations_in
from clinic.store.store import Transaction
from clinic.store.tasks import Task, task_of
from clinic.store.wanted import Place
from health.fhir.resources import AnyResource, Device

IDENTITY_NUMBERS = ("urn:oid:2.16.156.10011.1.3", "urn:kangyi:identity-number")
"""Systems of the national identity number; taken in a body only, hashed, and never said back."""


def search(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    """One page. Raises ``FhirRequestError``."""
    if asked.kind not in PARAMETERS:
        raise FhirRequestError(404, "not-supported", "Resources of this type are not kept here.")
    if total_of(asked):
        return _counted(clinic, connection, asked)
    return _page(clinic, connection, asked)


def ignored_includes(asked: Asked) -> tuple[str, ...]:
    """``_include`` where a value of it leads nowhere here. Raises ``FhirRequestError`` as parameters do."""
    unknown = tuple(
        one
        for one in asked.values.get("_include", ())
        if one.partition(":")[2] not in INCLUDES.get(one.partition(":")[0], frozenset())
    )
    if unknown and asked.strict:
        raise wrong("An _include is none of those that the CapabilityStatement names.")
    return tuple("_include" for _ in unknown[:1])


def _page(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    if asked.kind in OF_VISITS:
        wanted = wanted_of(clinic, connection, asked)
        return NOTHING if wanted is None else page_of(clinic, connection, asked, wanted)
    own = {"Patient": _patients, "Device": _devices, "Task": _tasks}
    return own[asked.kind](clinic, connection, asked)


def _counted(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    """A page that says how many there are, where they can be counted."""
    many = count_of(asked)
    page = _page(
        clinic, connection, asked if many else replace(asked, values={**asked.values, "_count": ("1",)})
    )
    if page.total is not None:
        total: int | None = page.total
    elif asked.kind in OF_VISITS:
        wanted = wanted_of(clinic, connection, asked)
        total = 0 if wanted is None else total_in(clinic, connection, asked, wanted)
    else:
        total = _walked(clinic, connection, asked)
    if total is None:
        raise FhirRequestError(
            400, "too-costly", "That is too much to count; ask for less, or without _total."
        )
    return replace(page, total=total) if many else Page((), total=total)


def _walked(clinic: Clinic, connection: Transaction, asked: Asked) -> int:
    total, values = 0, {**asked.values, "_count": ("200",)}
    values.pop("_after", None)
    while True:
        page = _page(clinic, connection, replace(asked, values=values))
        total += len(page.resources)
        if page.after is None:
            return total
        values["_after"] = (page.after,)


def resident_in(clinic: Clinic, connection: Transaction, named: str, *, secret: bool) -> KnownResident | None:
    """Whom ``identifier`` names: by the clinic's own name, or in a body by her number."""
    system, bar, value = named.partition("|")
    if not bar:
        raise wrong("identifier must be written system|value.")
    tenant = clinic.settings.tenant
    if system == RESIDENTS:
        return resident_by_id(connection, tenant, value)
    if system in IDENTITY_NUMBERS:
        if not secret:
            raise number_in_address()
        return resident_by_hash(connection, tenant, keyed(clinic, value))
    return None


def _patients(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    tenant, many, changed = clinic.settings.tenant, count_of(asked), changed_of(asked)
    ids, names = asked.any_of("_id"), asked.any_of("identifier")
    if ids is not None or names is not None:
        by_id = [resident_by_id(connection, tenant, one) for one in ids or ()]
        by_name = [resident_in(clinic, connection, one, secret=asked.secret) for one in names or ()]
        found = {one.id: one for one in by_name if one} if names is not None else None
        if ids is not None:
            also = {one.id: one for one in by_id if one}
            found = also if found is None else {id_: one for id_, one in found.items() if id_ in also}
        known = [one for one in (found or {}).values() if _changed_then(one.changed_at, changed, asked)]
        return _whole([patient_by_id(clinic, connection, one) for one in known[:many]])
    after, _ = after_of(asked, numbered=False)
    more_rows = residents_by_change(connection, tenant, after, many + 1, changed.hull())
    rows = more_rows[:many]
    fitting = [one for one in rows if _changed_then(one.changed_at, changed, asked)]
    more = behind_row(rows[-1].changed_at, rows[-1].id) if len(more_rows) > many else None
    patients = tuple(patient_by_id(clinic, connection, one) for one in fitting)
    return Page(patients, more, _total_of(patients, after, more))


def _devices(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    """Station after station, as many as a page takes."""
    many, (after, skip), changed = count_of(asked), after_of(asked, numbered=False), changed_of(asked)
    ids, names = asked.any_of("_id"), asked.any_of("identifier")
    found: list[Device] = []
    last = asked.one("_after")
    tenant = clinic.settings.tenant
    named = ((station_id(tenant, one.id), one) for one in stations_in(connection, tenant))
    for own, station in sorted(named, key=lambda pair: pair[0]):
        if own < after.name or (own == after.name and not skip):
            continue
        fitting = [
            one
            for one in devices_of(clinic, connection, station)
            if (ids is None or one.id in ids)
            and (names is None or any(f"{n.system}|{n.value}" in names for n in one.identifier))
            and _changed_then(one.meta.last_updated or "", changed, asked)
        ]
        before, room = (skip if own == after.name else 0), many - len(found)
        found.extend(fitting[before : before + room])
        if len(fitting) - before > room:
            return Page(tuple(found), behind_row("", own, before + room) if room else last)
        last = behind_row("", own)
    return Page(tuple(found), None, _total_of(found, after, None))


def _tasks(clinic: Clinic, connection: Transaction, asked: Asked) -> Page:
    tenant, many, changed = clinic.settings.tenant, count_of(asked), changed_of(asked)
    states = tuple(one.rpartition("|")[2] for one in asked.any_of("status") or ())
    ids, subjects = asked.any_of("_id"), subjects_of(asked)
    if ids is not None:
        named = (task_of(connection, tenant, one) for one in ids)
        mine = [one for one in named if one and (subjects is None or one.subject in subjects)]
        kept = [one for one in mine if not states or one.state in states]
        return _whole([task_resource(one) for one in _then(kept, changed, asked)][:many])
    after, _ = after_of(asked, numbered=False)
    more_rows = tasks_by_change(
        connection, tenant, after, many + 1, subjects=subjects, states=states, changed=changed.hull()
    )
    rows = more_rows[:many]
    more = behind_row(rows[-1].changed_at, rows[-1].id) if len(more_rows) > many else None
    found = tuple(task_resource(one) for one in _then(rows, changed, asked))
    return Page(found, more, _total_of(found, after, more))


def _then(tasks: Sequence[Task], changed: When, asked: Asked) -> list[Task]:
    return [one for one in tasks if _changed_then(one.changed_at, changed, asked)]


def _changed_then(at: str, changed: When, asked: Asked) -> bool:
    return changed.fits(span_of(at.replace("+00:00", "Z"), asked.zone) if at else None)


def _whole(found: Sequence[AnyResource | FhirTask]) -> Page:
    return Page(tuple(found), total=len(found))


def _total_of(found: Sequence[object], after: Place, more: str | None) -> int | None:
    return len(found) if more is None and not after.name else None
