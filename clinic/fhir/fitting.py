"""Whether a resource of a visit is one that is asked for, and which others of its visit it leads to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timezone

from clinic.fhir.asking import DATES, Asked
from clinic.fhir.spans import Span, span_of
from health.fhir.parts import Concept, Moment, Period, Reference
from health.fhir.resources import (
    AnyResource,
    Consent,
    DeviceMetric,
    DiagnosticReport,
    Encounter,
    Observation,
    Provenance,
    RiskAssessment,
    Specimen,
)
from health.fhir.setting import whole_of

Token = tuple[str, str]
"""A system, empty where it is that of the element itself, and a code."""
_TOKENS = ("identifier", "code", "component-code", "combo-code", "category", "status")


def fits(resource: AnyResource, asked: Asked) -> bool:
    """Whether every parameter about the resource itself holds."""
    if type(resource).__name__ != asked.kind:
        return False
    ids = asked.any_of("_id")
    if ids is not None and resource.id not in ids:
        return False
    for name in _TOKENS:
        for text in asked.values.get(name, ()):
            own = tuple(_tokens(resource, name))
            if not any(_is_token(one, own) for one in text.split(",")):
                return False
    dates = DATES & set(asked.values)
    return asked.when(*dates).fits(span_in(resource, asked.zone)) if dates else True


def span_in(resource: AnyResource, zone: timezone) -> Span | None:
    """When it was, None where it has no time."""
    match resource:
        case Encounter(period=Period(start=start, end=end)) if start is not None:
            begun = span_of(start, zone)
            return Span(begun.low, span_of(end, zone).high if end else span_of("9999", zone).high)
        case Observation(effective_date_time=at) | DiagnosticReport(effective_date_time=at):
            return span_of(at, zone)
        case RiskAssessment(occurrence_date_time=at) | Consent(date_time=at) | Provenance(recorded=at):
            return span_of(at, zone)
        case Specimen(collection=taken):
            return _span(taken.collected_date_time, zone)
        case _:
            return None


def led_to(resource: AnyResource, includes: Iterable[str]) -> Iterator[str]:
    """The links, ``Type/id``, behind those ``_include`` that are of its type."""
    for include in includes:
        kind, _, name = include.partition(":")
        links = _links(resource, name) if kind == type(resource).__name__ else ()
        yield from (one.reference for one in links if one is not None and one.reference)


def visits_in(ids: Iterable[str]) -> tuple[str, ...]:
    """The visits of which those are ids, or ids of parts."""
    return tuple(dict.fromkeys(whole_of(one) for one in ids))


def _span(text: Moment | None, zone: timezone) -> Span | None:
    return None if text is None else span_of(text, zone)


def _is_token(asked: str, own: Iterable[Token]) -> bool:
    system, bar, code = asked.rpartition("|")
    return any(
        (code in {"", one} if bar else code == one) and (not bar or system == of or not of) for of, one in own
    )


def _tokens(resource: AnyResource, name: str) -> Iterator[Token]:
    match name, resource:
        case "identifier", _:
            yield from ((one.system, one.value) for one in resource.identifier)
        case "status", Observation() | DiagnosticReport() | Encounter() | Consent():
            yield "", resource.status
        case "category", Observation():
            yield from (pair for one in resource.category for pair in _codings(one))
        case "code", Observation() | DiagnosticReport():
            yield from _codings(resource.code)
        case "component-code", Observation():
            yield from (pair for one in resource.component for pair in _codings(one.code))
        case "combo-code", Observation():
            yield from _codings(resource.code)
            yield from (pair for one in resource.component for pair in _codings(one.code))


def _codings(concept: Concept) -> Iterator[Token]:
    return ((one.system, one.code) for one in concept.coding)


_WHOSE = frozenset({"patient", "subject"})
INCLUDES: Mapping[str, frozenset[str]] = {
    "Observation": _WHOSE | {"encounter", "device", "specimen", "derived-from"},
    "DiagnosticReport": _WHOSE | {"encounter", "result"},
    "Encounter": _WHOSE,
    "RiskAssessment": _WHOSE | {"encounter"},
    "Specimen": _WHOSE,
    "Consent": frozenset({"patient"}),
    "DeviceMetric": frozenset({"source"}),
    "Provenance": frozenset({"target"}),
}
"""What ``_include`` may lead to, by the names of the parameters: resources of the same visit."""


def _links(resource: AnyResource, name: str) -> tuple[Reference | None, ...]:
    """The links of ``resource`` that the parameter ``name`` is about."""
    match name, resource:
        case (
            "patient" | "subject",
            Observation() | DiagnosticReport() | Encounter() | RiskAssessment() | Specimen(),
        ):
            return (resource.subject,)
        case "patient", Consent():
            return (resource.patient,)
        case "encounter", Observation() | DiagnosticReport() | RiskAssessment():
            return (resource.encounter,)
        case "device", Observation():
            return (resource.device,)
        case "specimen", Observation():
            return (resource.specimen,)
        case "derived-from", Observation():
            return resource.derived_from
        case "result", DiagnosticReport():
            return resource.result
        case "source", DeviceMetric():
            return (resource.source,)
        case "target", Provenance():
            return resource.target
        case _:
            return ()
