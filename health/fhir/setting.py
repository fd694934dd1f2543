"""What every resource of a bundle needs to know: the record, and the names it goes by at the clinic.

Patient, Device and Location ids are the clinic's own and are passed in; all others follow from the visit's
random id, so the same record gives the same ids and nothing can be guessed from a person. This module must
not build a resource.
"""

import hashlib
from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

from devices.reading import Confidential
from health.errors import HealthError
from health.fhir.parts import Moment, Reference
from health.plausible import refused
from health.record import Record
from health.visit import Control, Observation


class FhirError(HealthError):
    """A record that must not or cannot become a bundle."""


class Holds(StrEnum):
    """How a record stands at the clinic, in the words of FHIR R4 ``observation-status``."""

    FINAL = "final"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered-in-error"


class Name(Confidential, msgspec.Struct, frozen=True):
    """A name the clinic gave the resident: ``system`` is a URI, ``value`` never the plain identity number."""

    system: str
    value: str


class Ids(Confidential, msgspec.Struct, frozen=True):
    """The clinic's ids. ``base`` is its FHIR address; ``instruments`` maps the visit's to Device ids.

    ``recorded`` (aware) is when the clinic opened the record. ``names`` are identifiers of the resident.
    """

    base: str
    patient: str
    station: str
    location: str
    recorded: datetime
    instruments: tuple[tuple[str, str], ...] = ()
    names: tuple[Name, ...] = ()


class Setting:
    """One record on its way into FHIR; asked, never changed."""

    __slots__ = ("_refused", "holds", "ids", "record", "visit")

    def __init__(self, record: Record, ids: Ids, holds: Holds = Holds.FINAL) -> None:
        self.holds = holds
        self.record = record
        self.visit = record.visit
        self.ids = ids
        self._refused = refused(record.visit)

    @property
    def patient(self) -> Reference:
        """The resident."""
        return to("Patient", self.ids.patient)

    @property
    def encounter(self) -> Reference:
        """The visit."""
        return to("Encounter", str(self.visit.id))

    @property
    def station(self) -> Reference:
        """The station as a device."""
        return to("Device", self.ids.station)

    def id_of(self, key: str) -> str:
        """The id of the part of this visit called ``key`` (``observation/pulse``), the same every time.

        It begins with the visit's own id, so whoever is asked for a part knows at once of which visit.
        """
        return part_of(str(self.visit.id), key)

    def observation(self, key: str) -> Reference:
        """A link to the observation called ``key``."""
        return to("Observation", self.id_of(f"observation/{key}"))

    def device(self, instrument: str) -> str:
        """The clinic's Device id of the instrument. Raises ``FhirError`` where it was given none."""
        for name, found in self.ids.instruments:
            if name == instrument:
                return found
        raise FhirError(f"The instrument {instrument!r} has no Device id; give it one in Ids.instruments.")

    def when(self, at: datetime | None = None) -> Moment:
        """``at``, else the best known time of the visit, else its day."""
        return moment(at or self.visit.closed_at or self.visit.opened_at or self.visit.on)

    def instant(self) -> Moment:
        """When the visit was closed, else when the clinic had it."""
        return moment(self.visit.closed_at or self.ids.recorded)

    def out_of_control(self, observation: Observation) -> bool:
        """Whether the instrument failed its control."""
        return observation.control is Control.OUT

    def doubtful(self, observation: Observation) -> bool:
        """Whether the value must not be passed on as a result."""
        return self.out_of_control(observation) or observation.quantity in self._refused


def part_of(whole: str, key: str) -> str:
    """The id of a part of ``whole`` (a UUID); 49 of the 64 characters that FHIR allows."""
    return f"{whole}.{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def whole_of(id_: str) -> str:
    """The id of the whole that ``id_`` is a part of."""
    return id_.partition(".")[0]


def to(kind: str, id_: str) -> Reference:
    """A link to a resource."""
    return Reference(reference=f"{kind}/{id_}")


def moment(at: datetime | date) -> Moment:
    """A day, or an instant of UTC to the second or finer. Raises ``FhirError`` for a time without a zone."""
    if not isinstance(at, datetime):
        return at.isoformat()
    if at.tzinfo is None:
        raise FhirError("A time of this visit has no zone; it cannot be sent.")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
