"""The resources of FHIR R4 (4.0.1) that a visit becomes, and the bundle they travel in.

Each struct holds the elements this house writes, by their published names; required ones have no default.
This module must not know a visit or choose a code.
"""

from typing import TypeVar

import msgspec

from devices.reading import Confidential
from health.fhir.parts import (
    Agent,
    Amount,
    Calibration,
    Collection,
    Component,
    Concept,
    ContactPoint,
    DeviceName,
    DeviceVersion,
    Entity,
    Extension,
    HumanName,
    Identifier,
    Meta,
    Moment,
    Note,
    Period,
    Prediction,
    Provision,
    Range,
    Reference,
    Request,
)


class Resource(
    msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, kw_only=True, tag_field="resourceType"
):
    """Any resource: its id, and its labels."""

    id: str
    meta: Meta = Meta()
    identifier: tuple[Identifier, ...] = ()


class Patient(Confidential, Resource, tag="Patient", frozen=True, kw_only=True):
    """The resident."""

    active: bool = False
    name: tuple[HumanName, ...] = ()
    telecom: tuple[ContactPoint, ...] = ()
    gender: str
    birth_date: Moment | None = None


class Location(Resource, tag="Location", frozen=True, kw_only=True):
    """Where the station stands."""

    status: str
    name: str


class Device(Resource, tag="Device", frozen=True, kw_only=True):
    """The station, or one of its instruments."""

    status: str
    manufacturer: str | None = None
    serial_number: str | None = None
    device_name: tuple[DeviceName, ...] = ()
    model_number: str | None = None
    version: tuple[DeviceVersion, ...] = ()
    location: Reference | None = None
    parent: Reference | None = None


class DeviceMetric(Resource, tag="DeviceMetric", frozen=True, kw_only=True):
    """One thing an instrument measures, and whether it was calibrated."""

    type: Concept
    unit: Concept
    source: Reference
    category: str
    calibration: tuple[Calibration, ...] = ()


class Encounter(Resource, tag="Encounter", frozen=True, kw_only=True, rename={"class_": "class"}):
    """The visit."""

    status: str
    class_: "EncounterClass"
    subject: Reference
    period: Period | None = None
    location: tuple["Place", ...] = ()


class EncounterClass(msgspec.Struct, frozen=True, kw_only=True):
    """Encounter.class."""

    system: str
    code: str
    display: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Encounter.location."""

    location: Reference


class Specimen(Resource, tag="Specimen", frozen=True, kw_only=True):
    """The drop of blood from a finger."""

    type: Concept
    subject: Reference
    collection: Collection = Collection()


class Observation(Resource, tag="Observation", frozen=True, kw_only=True):
    """A value, or the reason why there is none."""

    extension: tuple[Extension, ...] = ()
    status: str
    category: tuple[Concept, ...]
    code: Concept
    subject: Reference
    encounter: Reference
    effective_date_time: Moment
    value_quantity: Amount | None = None
    value_codeable_concept: Concept | None = None
    data_absent_reason: Concept | None = None
    interpretation: tuple[Concept, ...] = ()
    note: tuple[Note, ...] = ()
    body_site: Concept | None = None
    method: Concept | None = None
    specimen: Reference | None = None
    device: Reference | None = None
    reference_range: tuple[Range, ...] = ()
    derived_from: tuple[Reference, ...] = ()
    component: tuple[Component, ...] = ()


class RiskAssessment(Resource, tag="RiskAssessment", frozen=True, kw_only=True):
    """One risk model's answer."""

    status: str
    method: Concept
    subject: Reference
    encounter: Reference
    occurrence_date_time: Moment
    basis: tuple[Reference, ...] = ()
    prediction: tuple[Prediction, ...]


class DiagnosticReport(Resource, tag="DiagnosticReport", frozen=True, kw_only=True):
    """The sheet: every observation, and what was said."""

    status: str
    code: Concept
    subject: Reference
    encounter: Reference
    effective_date_time: Moment
    issued: Moment
    result: tuple[Reference, ...] = ()
    conclusion: str


class Consent(Resource, tag="Consent", frozen=True, kw_only=True):
    """What the resident agreed to."""

    status: str
    scope: Concept
    category: tuple[Concept, ...]
    patient: Reference
    date_time: Moment
    policy_rule: Concept
    provision: Provision


class Provenance(Resource, tag="Provenance", frozen=True, kw_only=True):
    """Who made the report, from what. R4 gives it no identifier."""

    target: tuple[Reference, ...]
    recorded: Moment
    agent: tuple[Agent, ...]
    entity: tuple[Entity, ...] = ()


AnyResource = (
    Patient
    | Location
    | Device
    | DeviceMetric
    | Encounter
    | Specimen
    | Observation
    | RiskAssessment
    | DiagnosticReport
    | Consent
    | Provenance
)
R = TypeVar("R", bound=Resource)


class Entry(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One resource of the bundle, and how it is stored."""

    full_url: str
    resource: AnyResource
    request: Request


class Bundle(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, tag_field="resourceType", tag="Bundle"
):
    """All of one visit, in one transaction."""

    type: str
    entry: tuple[Entry, ...]


def all_of(bundle: Bundle, kind: type[R]) -> tuple[R, ...]:
    """The resources of one kind, in order."""
    resources: tuple[Resource, ...] = tuple(e.resource for e in bundle.entry)
    return tuple(r for r in resources if isinstance(r, kind))


def write(bundle: Bundle) -> bytes:
    """The bundle as JSON; a number keeps the decimals it was printed with."""
    return msgspec.json.Encoder(decimal_format="number").encode(bundle)


def read(data: bytes) -> Bundle:
    """The bundle in ``data``. Raises ``msgspec.ValidationError`` where it is not one of this shape."""
    return msgspec.json.decode(data, type=Bundle)
