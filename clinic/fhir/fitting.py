"""Whether a resource of a visit is one that is asked for, and which others of its visit it leads to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
        link = INCLUDES.get(kind, {}).get(name) if kind == type(resource).__name__ else None
        if link is not None:
            yield from (one.reference for one in link(resource) if one is not None and one.reference)


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


Links = Callable[[AnyResource], tuple[Reference | None, ...]]


def _of(*names: str) -> Mapping[str, Links]:
    """Elements that are one link or several, by the names of their parameters."""

    def link(element: str) -> Links:
        def links(resource: AnyResource) -> tuple[Reference | None, ...]:
            found = getattr(resource, element)
            return found if isinstance(found, tuple) else (found,)

        return links

    return {name: link(element) for name, _, element in (one.partition("=") for one in names)}


_WHOSE = ("patient=subject", "subject=subject")
INCLUDES: Mapping[str, Mapping[str, Links]] = {
    Observation.__name__: _of(
        *_WHOSE, "encounter=encounter", "device=device", "specimen=specimen", "derived-from=derived_from"
    ),
    DiagnosticReport.__name__: _of(*_WHOSE, "encounter=encounter", "result=result"),
    Encounter.__name__: _of(*_WHOSE),
    RiskAssessment.__name__: _of(*_WHOSE, "encounter=encounter"),
    Specimen.__name__: _of(*_WHOSE),
    Consent.__name__: _of("patient=patient"),
    DeviceMetric.__name__: _of("source=source"),
    Provenance.__name__: _of("target=target"),
}
"""What ``_include`` may lead to: resources of the same visit."""
