"""Who, where and with what: Patient, Consent, Encounter, Location, Device, DeviceMetric, Specimen.

The identity number stays out: the clinic passes its own identifiers in. This module must not read a value.
"""

from collections.abc import Iterator
from uuid import UUID, uuid5

from devices.reading import Quantity
from health.fhir.codes import (
    ACT_CODE,
    CONSENT,
    CONSENT_SCOPE,
    LABORATORY,
    SPECIMEN_TYPE,
    TERMS_OF,
    UCUM,
    coded,
)
from health.fhir.parts import (
    Calibration,
    Collection,
    Concept,
    ContactPoint,
    DeviceName,
    DeviceVersion,
    HumanName,
    Identifier,
    Period,
    Provision,
    Reference,
)
from health.fhir.resources import (
    Consent,
    Device,
    DeviceMetric,
    Encounter,
    EncounterClass,
    Location,
    Patient,
    Place,
    Specimen,
)
from health.fhir.setting import FhirError, Holds, Setting, moment, to
from health.names import shown
from health.quantity import MEASURES
from health.visit import Consent as Agreed
from health.visit import Instrument

URI = "urn:ietf:rfc:3986"
STATION_NAMES = "urn:kangyi:station"
INSTRUMENT_NAMES = "urn:kangyi:instrument"


def named(id_: str) -> tuple[Identifier, ...]:
    """The identifier by which a server that gives its own ids still knows the resource again: a UUID."""
    whole, dot, part = id_.partition(".")
    value = str(uuid5(UUID(whole), part)) if dot else id_
    return (Identifier(system=URI, value=f"urn:uuid:{value}"),)


def patient(setting: Setting) -> Patient:
    """The resident as far as she told."""
    who = setting.visit.resident
    return Patient(
        id=setting.ids.patient,
        identifier=tuple(Identifier(system=n.system, value=n.value) for n in setting.ids.names),
        active=True,
        name=(HumanName(text=name),) if (name := shown(who.name or "")) else (),
        telecom=(ContactPoint(system="phone", value=who.phone),) if who.phone else (),
        gender=str(who.sex) if who.sex else "unknown",
        birth_date=moment(who.birth_date) if who.birth_date else None,
    )


def consent(setting: Setting) -> Consent | None:
    """What she agreed to; None where it was not asked. Raises ``FhirError`` for paper only."""
    agreed = setting.visit.consent
    if agreed is None:
        return None
    if agreed is Agreed.PRINT_ONLY:
        raise FhirError("This resident agreed to paper only; nothing of the visit may be sent on.")
    id_ = setting.id_of("consent")
    return Consent(
        id=id_,
        identifier=named(id_),
        status="active",
        scope=coded(CONSENT_SCOPE, "patient-privacy", "Privacy Consent"),
        category=(CONSENT.concept(),),
        patient=setting.patient,
        date_time=moment(setting.visit.opened_at) if setting.visit.opened_at else setting.when(),
        policy_rule=coded(ACT_CODE, "OPTIN", "opt-in"),
        provision=Provision(type="permit"),
    )


def _encounter_status(setting: Setting) -> str:
    if setting.holds is Holds.ENTERED_IN_ERROR:
        return setting.holds
    return "in-progress" if setting.visit.incomplete else "finished"


def encounter(setting: Setting) -> Encounter:
    """The visit: an observation encounter, in progress while its record is a draft."""
    visit = setting.visit
    period = None
    if visit.opened_at or visit.closed_at:
        start, end = (None if t is None else moment(t) for t in (visit.opened_at, visit.closed_at))
        period = Period(start=start, end=end)
    return Encounter(
        id=str(visit.id),
        identifier=named(str(visit.id)),
        status=_encounter_status(setting),
        class_=EncounterClass(system=ACT_CODE, code="OBSENC", display="observation encounter"),
        subject=setting.patient,
        period=period,
        location=(Place(location=to("Location", setting.ids.location)),),
    )


def location(setting: Setting) -> Location:
    """Where the station stands."""
    station = setting.record.station
    return Location(
        id=setting.ids.location,
        identifier=named(setting.ids.location),
        status="active",
        name=station.place or station.name or "station",
    )


def devices(setting: Setting) -> Iterator[Device]:
    """The station, then its instruments of this visit."""
    station = setting.record.station
    yield Device(
        id=setting.ids.station,
        identifier=(Identifier(system=STATION_NAMES, value=station.id or setting.ids.station),),
        status="active",
        device_name=(DeviceName(name=station.name or "Kangyi", type="user-friendly-name"),),
        version=(DeviceVersion(value=setting.record.software),),
        location=to("Location", setting.ids.location),
    )
    for instrument in setting.visit.instruments:
        id_ = setting.device(instrument.id)
        yield Device(
            id=id_,
            identifier=(Identifier(system=INSTRUMENT_NAMES, value=f"{setting.ids.station}/{instrument.id}"),),
            status="active",
            manufacturer=instrument.maker,
            serial_number=instrument.serial,
            device_name=(DeviceName(name=instrument.spoken, type="user-friendly-name"),),
            model_number=instrument.model,
            parent=setting.station,
        )


def metrics(setting: Setting) -> Iterator[DeviceMetric]:
    """For each instrument each thing it measured, and whether its calibration is known."""
    for instrument in setting.visit.instruments:
        for quantity in _measured(setting, instrument):
            id_ = setting.id_of(f"metric/{instrument.id}/{quantity}")
            measure = MEASURES[quantity]
            yield DeviceMetric(
                id=id_,
                identifier=named(id_),
                type=TERMS_OF[quantity].concept(),
                unit=coded(UCUM, measure.unit),
                source=to("Device", setting.device(instrument.id)),
                category="measurement",
                calibration=(_calibration(setting, instrument, quantity),),
            )


def _calibration(setting: Setting, instrument: Instrument, quantity: Quantity) -> Calibration:
    """Whether the readings of ``quantity`` were corrected by a line, or the instrument's is known at all."""
    seen = setting.visit.value_of(quantity)
    by_line = seen is not None and seen.calibration is not None
    return Calibration(state="calibrated" if by_line or instrument.calibration else "unspecified")


def _measured(setting: Setting, instrument: Instrument) -> tuple[Quantity, ...]:
    return tuple(o.quantity for o in setting.visit.observations if o.instrument == instrument.id)


def specimen(setting: Setting) -> Specimen | None:
    """The drop of blood from a finger, where blood was taken."""
    blood = [o for o in setting.visit.observations if TERMS_OF[o.quantity].category == LABORATORY]
    if not blood:
        return None
    id_ = setting.id_of("specimen")
    taken = min((o.at for o in blood if o.at), default=None)
    return Specimen(
        id=id_,
        identifier=named(id_),
        type=coded(SPECIMEN_TYPE, "BLDC", "Blood capillary"),
        subject=setting.patient,
        collection=Collection(collected_date_time=setting.when(taken)),
    )


def blood_of(setting: Setting) -> Reference:
    """A link to that drop."""
    return to("Specimen", setting.id_of("specimen"))


def text(words: str) -> Concept:
    """A concept without a code."""
    return Concept(text=words)
