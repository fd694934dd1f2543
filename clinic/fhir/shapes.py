"""The resources that only a server speaks: sets of answers, outcomes, tasks and what it can do.

Elements of FHIR R4 (4.0.1) by their published names, as in ``health.fhir.resources``.
"""

import msgspec

from health.fhir.parts import Concept, Identifier, Meta, Moment, Note, Part, Period, Reference
from health.fhir.resources import AnyResource


class Task(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    omit_defaults=True,
    kw_only=True,
    tag_field="resourceType",
    tag="Task",
):
    """Somebody has to be called."""

    id: str
    meta: Meta = Meta()
    identifier: tuple[Identifier, ...] = ()
    status: str
    status_reason: Concept | None = None
    business_status: Concept | None = None
    intent: str
    priority: str
    code: Concept
    focus: Reference
    for_: Reference = msgspec.field(name="for")
    authored_on: Moment
    last_modified: Moment
    owner: Reference | None = None
    restriction: "Restriction"
    note: tuple[Note, ...] = ()


class Restriction(Part, frozen=True, kw_only=True):
    """Task.restriction: until when."""

    period: Period


class Search(Part, frozen=True, kw_only=True):
    """Bundle.entry.search."""

    mode: str


class Found(Part, frozen=True, kw_only=True):
    """One entry of a set of answers."""

    full_url: str | None = None
    resource: "AnyResource | Task | OperationOutcome"
    search: Search


class Link(Part, frozen=True, kw_only=True):
    """Bundle.link."""

    relation: str
    url: str


class SearchSet(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    omit_defaults=True,
    kw_only=True,
    tag_field="resourceType",
    tag="Bundle",
):
    """What was found: a page of it. ``total`` is left out where it is not known."""

    meta: Meta = Meta()
    type: str
    total: int | None = None
    link: tuple[Link, ...]
    entry: tuple[Found, ...] = ()


class Issue(Part, frozen=True, kw_only=True):
    """OperationOutcome.issue."""

    severity: str
    code: str
    diagnostics: str
    expression: tuple[str, ...] = ()


class OperationOutcome(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    kw_only=True,
    tag_field="resourceType",
    tag="OperationOutcome",
):
    """What went wrong."""

    issue: tuple[Issue, ...]


class EntryResponse(Part, frozen=True, kw_only=True):
    """Bundle.entry.response."""

    status: str
    location: str | None = None
    outcome: OperationOutcome | None = None


class ResponseEntry(Part, frozen=True, kw_only=True):
    """What became of one entry."""

    response: EntryResponse


class Responses(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, tag_field="resourceType", tag="Bundle"
):
    """The answer to a transaction, entry by entry."""

    type: str
    entry: tuple[ResponseEntry, ...]


_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode(resource: msgspec.Struct) -> bytes:
    """A resource as JSON; a number keeps the decimals it was printed with."""
    return _ENCODER.encode(resource)
