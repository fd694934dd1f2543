"""The ids that things have in FHIR: the clinic's own, random or made from what is public of a station.

A resident is named by her random id here, never by a number. Where nobody can be told whose a visit is, its
patient is a part of that visit and of no other.
"""

from datetime import datetime
from uuid import UUID, uuid5

from clinic.clinic import Clinic
from clinic.store.residents import KnownResident
from clinic.store.visits import KeptVisit, VisitStatus
from health.fhir.parts import Meta
from health.fhir.resources import AnyResource
from health.fhir.setting import Holds, Ids, Name, part_of
from health.record import Record

RESIDENTS = "urn:kangyi:resident"
PREFIX = "/fhir"
_STATIONS = UUID("0d2c1c1e-5a0f-5f0f-9c39-5a0a3f9f7a10")
_HOLDS = {
    VisitStatus.AMENDED: Holds.AMENDED,
    VisitStatus.ENTERED_IN_ERROR: Holds.ENTERED_IN_ERROR,
}


def base_of(clinic: Clinic) -> str:
    """The address under which the clinic speaks FHIR."""
    own = clinic.settings.public_url.rstrip("/") or f"http://{clinic.settings.host}:{clinic.settings.port}"
    return own + PREFIX


def station_id(tenant: str, station: str) -> str:
    """The Device of a station."""
    return str(uuid5(_STATIONS, f"{tenant}/{station}"))


def location_id(tenant: str, station: str) -> str:
    """The Location of a station."""
    return str(uuid5(_STATIONS, f"{tenant}/{station}/place"))


def ids_of(clinic: Clinic, kept: KeptVisit, record: Record, resident: KnownResident | None) -> Ids:
    """How everything in a visit is named."""
    station = station_id(kept.tenant, kept.station)
    instruments = tuple((one.id, part_of(station, one.id)) for one in record.visit.instruments)
    patient = part_of(kept.id, "patient") if resident is None else resident.id
    return Ids(
        base=base_of(clinic),
        patient=patient,
        station=station,
        location=location_id(kept.tenant, kept.station),
        recorded=datetime.fromisoformat(kept.received_at),
        instruments=instruments,
        names=(Name(RESIDENTS, patient),),
    )


def holds(kept: KeptVisit) -> Holds:
    """How a visit stands, in the words of FHIR."""
    return _HOLDS.get(kept.status, Holds.FINAL)


def versioned(meta: Meta, version: str | None, at: str) -> Meta:
    """``meta`` saying which version this is, where they are counted, and since when."""
    return Meta(
        version_id=version,
        last_updated=at.replace("+00:00", "Z"),
        security=meta.security,
        tag=meta.tag,
    )


def kind_of(resource: AnyResource) -> str:
    """The type of a resource."""
    return type(resource).__name__
