"""The data types of FHIR R4 (4.0.1) that a visit needs, as frozen structs: what is written is what is read.

Only elements this house writes are here. Decimals stay decimals, so ``51.30`` is never sent as ``51.3``. This
module must not know a visit.
"""

from decimal import Decimal

import msgspec

from devices.reading import Confidential

Moment = str
"""A FHIR date, dateTime or instant, as text: ``2026-11-23`` or ``2026-11-23T02:10:00Z``."""


class Part(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """A data type; an element left out is absent."""


class Coding(Part, frozen=True, kw_only=True):
    """One code of one system."""

    system: str
    code: str
    display: str | None = None


class Concept(Part, frozen=True, kw_only=True):
    """CodeableConcept: codes that mean the same, or a text where no code exists."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None

    def codes(self, system: str) -> tuple[str, ...]:
        """Its codes of ``system``."""
        return tuple(c.code for c in self.coding if c.system == system)


class Amount(Part, frozen=True, kw_only=True):
    """FHIR's Quantity: a number with its UCUM unit; ``comparator`` where it lies beyond the scale."""

    value: Decimal
    comparator: str | None = None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


class Reference(Part, frozen=True, kw_only=True):
    """A link to another resource, ``Type/id``."""

    reference: str | None = None
    display: str | None = None


class Identifier(Part, frozen=True, kw_only=True):
    """A name of a thing within a system of names."""

    system: str
    value: str


class Meta(Part, frozen=True, kw_only=True):
    """Labels of a resource."""

    version_id: str | None = None
    last_updated: Moment | None = None
    security: tuple[Coding, ...] = ()
    tag: tuple[Coding, ...] = ()


class Period(Part, frozen=True, kw_only=True):
    """From and to, both included."""

    start: Moment | None = None
    end: Moment | None = None


class Extension(Part, frozen=True, kw_only=True):
    """A published extension holding a reference."""

    url: str
    value_reference: Reference | None = None


class Note(Part, frozen=True, kw_only=True):
    """Annotation: a remark in words."""

    text: str


class Range(Part, frozen=True, kw_only=True):
    """Observation.referenceRange: both limits included."""

    low: Amount | None = None
    high: Amount | None = None
    text: str | None = None


class Component(Part, frozen=True, kw_only=True):
    """One half of a pressure."""

    code: Concept
    value_quantity: Amount | None = None
    data_absent_reason: Concept | None = None
    interpretation: tuple[Concept, ...] = ()
    reference_range: tuple[Range, ...] = ()


class HumanName(Confidential, Part, frozen=True, kw_only=True):
    """A person's name as it was read."""

    text: str


class ContactPoint(Part, frozen=True, kw_only=True):
    """How to reach her."""

    system: str
    value: str


class DeviceName(Part, frozen=True, kw_only=True):
    """What a device is called."""

    name: str
    type: str


class DeviceVersion(Part, frozen=True, kw_only=True):
    """The version of a device's software."""

    value: str


class Calibration(Part, frozen=True, kw_only=True):
    """DeviceMetric.calibration."""

    state: str


class Collection(Part, frozen=True, kw_only=True):
    """Specimen.collection."""

    collected_date_time: Moment | None = None


class Prediction(Part, frozen=True, kw_only=True):
    """RiskAssessment.prediction: a percentage, 0 to 100, and within which time."""

    outcome: Concept
    probability_decimal: Decimal
    qualitative_risk: Concept
    when_period: Period


class Provision(Part, frozen=True, kw_only=True):
    """Consent.provision."""

    type: str


class Agent(Part, frozen=True, kw_only=True):
    """Provenance.agent: who did what."""

    type: Concept
    who: Reference


class Entity(Part, frozen=True, kw_only=True):
    """Provenance.entity: what was used."""

    role: str
    what: Reference


class Request(Part, frozen=True, kw_only=True):
    """Bundle.entry.request."""

    method: str
    url: str
    if_none_exist: str | None = None
