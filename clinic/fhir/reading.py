"""One resource by its id, and all of a visit: built from the record as it holds now, stored nowhere.

Everything is of the clinic's own tenant; what is another's is as unknown as what never was.
"""

from collections.abc import Callable, Mapping

import msgspec

from clinic.clinic import Clinic
from clinic.fhir.errors import unknown
from clinic.fhir.naming import (
    RESIDENTS,
    holds,
    ids_of,
    kind_of,
    location_id,
    station_id,
    versioned,
)
from clinic.fhir.shapes import Restriction
from clinic.fhir.shapes import Task as FhirTask
from clinic.reasons import State
from clinic.store.residents import KnownResident, resident_by_hash, resident_by_id
from clinic.store.stations import EnrolledStation, StationState, stations_in
from clinic.store.store import Transaction
from clinic.store.tasks import Task, task_of
from clinic.store.visits import KeptVisit, latest_of_station, visit_of, visits_of_resident
from clinic.truetime import record_of
from health.assessment import Level
from health.fhir.around import STATION_NAMES
from health.fhir.bundle import resources
from health.fhir.parts import Concept as FhirConcept
from health.fhir.parts import ContactPoint, DeviceName, HumanName, Identifier, Meta, Period, Reference
from health.fhir.resources import AnyResource, Device, Location, Patient
from health.fhir.setting import FhirError, to, whole_of

Any_ = AnyResource | FhirTask


def resources_of(clinic: Clinic, connection: Transaction, kept: KeptVisit) -> tuple[AnyResource, ...]:
    """Everything that a visit is in FHIR; nothing where she agreed to paper only."""
    record = record_of(kept)
    known = resident_by_hash(connection, kept.tenant, kept.resident) if kept.resident else None
    try:
        made = resources(record, ids_of(clinic, kept, record, known), holds(kept))
    except FhirError:
        return ()
    version, at = str(kept.version), kept.received_at
    return tuple(_as_known(_stamped(one, version, at), known) for one in made)


def resource(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    """The resource of that type and id. Raises ``FhirRequestError``."""
    own = _OWN.get(kind, _part)
    return own(clinic, connection, kind, id_)


def patient_of(known: KnownResident, latest: Patient | None) -> Patient:
    """A resident as the clinic knows her; sex and birth date as her latest visit said.

    Her versions are not counted: roster, card and staff change her, and only the last change is known.
    """
    return Patient(
        id=known.id,
        meta=versioned(latest.meta if latest else Meta(), None, known.changed_at),
        identifier=(Identifier(system=RESIDENTS, value=known.id),),
        active=True,
        name=(HumanName(text=known.name),) if known.name else (),
        telecom=(ContactPoint(system="phone", value=known.phone),) if known.phone else (),
        gender=latest.gender if latest else "unknown",
        birth_date=latest.birth_date if latest else None,
    )


def patient_by_id(clinic: Clinic, connection: Transaction, known: KnownResident) -> Patient:
    """A resident with what her latest visit said of her."""
    latest = visits_of_resident(connection, known.tenant, known.hash, 1)
    found = resources_of(clinic, connection, latest[0]) if latest else ()
    return patient_of(known, next((one for one in found if isinstance(one, Patient)), None))


def devices_of(clinic: Clinic, connection: Transaction, station: EnrolledStation) -> tuple[Device, ...]:
    """A station, and the instruments it measured with last."""
    own = station_id(station.tenant, station.id)
    active = "active" if station.state is StationState.APPROVED else "inactive"
    device = Device(
        id=own,
        meta=versioned(Meta(), None, station.changed_at),
        identifier=(Identifier(system=STATION_NAMES, value=station.id),),
        status=active,
        device_name=(DeviceName(name=station.name, type="user-friendly-name"),),
        location=to("Location", location_id(station.tenant, station.id)),
    )
    latest = latest_of_station(connection, station.tenant, station.id)
    used = resources_of(clinic, connection, latest) if latest else ()
    return (device, *(one for one in used if isinstance(one, Device) and one.id != own))


def task_resource(task: Task) -> FhirTask:
    """A task; whom it is for is the resident, or the patient of a visit that nobody owns."""
    mine = task.subject == task.visit
    said = task.outcome or ("contacted" if task.contacted_at else "to_contact")
    return FhirTask(
        id=task.id,
        meta=versioned(Meta(), str(task.events), task.changed_at),
        status=task.state,
        status_reason=FhirConcept(text=task.why) if task.why else None,
        business_status=FhirConcept(text=said),
        intent="order",
        priority="urgent" if task.level >= Level.NOW else "routine",
        code=FhirConcept(text=task.reason),
        focus=to("Encounter", task.visit),
        for_=to("Encounter", task.subject) if mine else to("Patient", task.subject),
        authored_on=task.opened_at,
        last_modified=task.changed_at,
        owner=Reference(display=task.owner) if task.owner and task.state != State.REQUESTED else None,
        restriction=Restriction(period=Period(end=task.due_at)),
    )


def _part(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    kept = visit_of(connection, clinic.settings.tenant, whole_of(id_))
    if kept is not None:
        for one in resources_of(clinic, connection, kept):
            if kind_of(one) == kind and one.id == id_:
                return one
    raise unknown(kind)


def _patient(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    if "." in id_:
        return _part(clinic, connection, kind, id_)
    known = resident_by_id(connection, clinic.settings.tenant, id_)
    if known is None:
        raise unknown(kind)
    return patient_by_id(clinic, connection, known)


def _device(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    tenant = clinic.settings.tenant
    for station in stations_in(connection, tenant):
        if station_id(tenant, station.id) == whole_of(id_):
            for one in devices_of(clinic, connection, station):
                if one.id == id_:
                    return one
    raise unknown(kind)


def _location(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    tenant = clinic.settings.tenant
    for station in stations_in(connection, tenant):
        if location_id(tenant, station.id) == id_:
            return Location(id=id_, status="active", name=station.street or station.name)
    raise unknown(kind)


def _task(clinic: Clinic, connection: Transaction, kind: str, id_: str) -> Any_:
    found = task_of(connection, clinic.settings.tenant, id_)
    if found is None:
        raise unknown(kind)
    return task_resource(found)


_OWN: Mapping[str, Callable[[Clinic, Transaction, str, str], Any_]] = {
    "Patient": _patient,
    "Device": _device,
    "Location": _location,
    "Task": _task,
}


def _stamped(one: AnyResource, version: str, at: str) -> AnyResource:
    return msgspec.structs.replace(one, meta=versioned(one.meta, version, at))


def _as_known(one: AnyResource, known: KnownResident | None) -> AnyResource:
    """The patient with name and telephone as the clinic knows them; anything else as it is."""
    if known is None or not isinstance(one, Patient):
        return one
    return patient_of(known, one)
