"""A transaction as another program sends it, entry by entry: what is in it, each fault with its place.

Shapes only: which elements are read, which requests are followed. What becomes of the values is decided in
``receiving``.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from devices.reading import Confidential
from health.fhir.codes import LOINC

NOT_KEPT = frozenset(
    {"Location", "Device", "DeviceMetric", "Consent", "Specimen", "RiskAssessment", "DiagnosticReport"}
    | {"Provenance"}
)
"""Types that may come along; this clinic says the same of a visit by itself."""


class _Part(msgspec.Struct, frozen=True, rename="camel"):
    """What else stands in it is not read."""


class Coding(_Part, frozen=True):
    """A code of a system."""

    code: str = ""
    system: str = ""


class Concept(_Part, frozen=True):
    """Codes, or a text."""

    coding: tuple[Coding, ...] = ()
    text: str = ""

    def loinc(self) -> tuple[str, ...]:
        """Its codes of LOINC."""
        return tuple(one.code for one in self.coding if one.system == LOINC)


class Amount(_Part, frozen=True):
    """A number, as it was written, with its unit (UCUM)."""

    value: msgspec.Raw
    code: str = ""
    comparator: str | None = None


class Component(_Part, frozen=True):
    """One half of a pressure."""

    code: Concept
    value_quantity: Amount | None = None
    data_absent_reason: Concept | None = None


class Identifier(_Part, frozen=True):
    """A name within a system of names."""

    value: str = ""
    system: str = ""


class _Name(Confidential, _Part, frozen=True):
    text: str = ""


class _Contact(_Part, frozen=True):
    system: str = ""
    value: str = ""


class Link(_Part, frozen=True):
    """What something is about: by an address, or by a name."""

    reference: str = ""
    identifier: Identifier = Identifier()


class _Labels(_Part, frozen=True):
    security: tuple[Coding, ...] = ()
    tag: tuple[Coding, ...] = ()


class Patient(Confidential, _Part, frozen=True):
    """Whose values they are."""

    id: str = ""
    meta: _Labels = _Labels()
    identifier: tuple[Identifier, ...] = ()
    name: tuple[_Name, ...] = ()
    telecom: tuple[_Contact, ...] = ()
    gender: str = ""
    birth_date: str = ""


class Observation(_Part, frozen=True):
    """A value, or why there is none."""

    status: str
    code: Concept
    effective_date_time: str = ""
    meta: _Labels = _Labels()
    value_quantity: Amount | None = None
    value_codeable_concept: Concept | None = None
    data_absent_reason: Concept | None = None
    method: Concept | None = None
    derived_from: tuple[Link, ...] = ()
    subject: Link = Link()
    component: tuple[Component, ...] = ()


class _Period(_Part, frozen=True):
    start: str = ""
    end: str = ""


class Encounter(_Part, frozen=True):
    """The visit itself: by its identifier it is known again."""

    identifier: tuple[Identifier, ...] = ()
    period: _Period = _Period()
    subject: Link = Link()


class Request(_Part, frozen=True):
    """What is asked for an entry."""

    method: str
    url: str = ""
    if_none_exist: str = ""


class _Entry(_Part, frozen=True):
    full_url: str = ""
    resource: msgspec.Raw = msgspec.Raw(b"null")
    request: Request | None = None


class _Bundle(_Part, frozen=True, tag_field="resourceType", tag="Bundle"):
    type: str
    entry: tuple[_Entry, ...] = ()


class _Any(_Part, frozen=True):
    resource_type: str = ""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, and where (FHIRPath); no value is in it."""

    where: str
    sentence: str


R = TypeVar("R", Patient, Observation, Encounter)


class Sent(Confidential, msgspec.Struct):
    """What was sent, each resource with the number of its entry.

    ``kinds``, ``addresses`` and ``requests`` are of all entries.
    """

    kinds: list[str] = msgspec.field(default_factory=list)
    addresses: list[str] = msgspec.field(default_factory=list)
    requests: list[Request] = msgspec.field(default_factory=list)
    patients: list[tuple[int, Patient]] = msgspec.field(default_factory=list)
    observations: list[tuple[int, Observation]] = msgspec.field(default_factory=list)
    encounters: list[tuple[int, Encounter]] = msgspec.field(default_factory=list)
    faults: list[Fault] = msgspec.field(default_factory=list)

    def wrong(self, entry: int, sentence: str, element: str = "resource") -> None:
        """Note a fault of that entry."""
        self.faults.append(Fault(f"Bundle.entry[{entry}].{element}", sentence))

    def subjects(self) -> Iterator[tuple[int, Link]]:
        """Whom each value and the visit say that they are about."""
        yield from ((number, one.subject) for number, one in self.observations)
        yield from ((number, one.subject) for number, one in self.encounters)

    def labels(self) -> Iterator[tuple[int, Coding]]:
        """Every label of a patient or a value."""
        marked = [(number, one.meta) for number, one in self.patients]
        marked += [(number, one.meta) for number, one in self.observations]
        for number, meta in marked:
            yield from ((number, label) for label in (*meta.security, *meta.tag))


def read(body: bytes) -> Sent:
    """What is in ``body``, with every fault of its shape."""
    sent = Sent()
    try:
        bundle = msgspec.json.decode(body, type=_Bundle)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        sent.faults.append(Fault("Bundle", "It is no Bundle of FHIR in JSON."))
        return sent
    if bundle.type != "transaction":
        sent.faults.append(Fault("Bundle.type", "Its type is not transaction."))
    for number, entry in enumerate(bundle.entry):
        _take(sent, number, entry)
    return sent


def _take(sent: Sent, number: int, entry: _Entry) -> None:
    request = entry.request or Request("")
    kind = _kind(entry.resource)
    sent.kinds.append(kind)
    sent.addresses.append(entry.full_url)
    sent.requests.append(request)
    if request.method not in {"POST", "PUT"}:
        sent.wrong(number, "Only what POST or PUT adds is taken; nothing is deleted or read here.", "request")
    match kind:
        case "Patient":
            _add(sent, number, entry.resource, Patient, sent.patients)
        case "Observation":
            _add(sent, number, entry.resource, Observation, sent.observations)
        case "Encounter":
            _add(sent, number, entry.resource, Encounter, sent.encounters)
        case _ if kind not in NOT_KEPT:
            sent.wrong(number, "A resource of this type is not taken here.")


def _add(sent: Sent, number: int, raw: msgspec.Raw, shape: type[R], where: list[tuple[int, R]]) -> None:
    try:
        where.append((number, msgspec.json.decode(raw, type=shape)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        sent.wrong(number, f"It has not the shape of a {shape.__name__}, or lacks what one must have.")


def _kind(raw: msgspec.Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=_Any).resource_type[:40]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
