"""What validators of FHIR miss in a bundle: codes that do not exist, units that do not fit, half pressures.

It reads any bundle of the shape this house writes, its own or one that came back from a server, and names
each fault with the resource it stands in. It must not mend anything.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec

from health.fhir.check_codes import code_faults, unit_faults
from health.fhir.codes import (
    ABSENT,
    ACT_REASON,
    ALL,
    DIASTOLIC,
    FASTING,
    GLUCOSE_FASTING,
    INTERPRETATION,
    LABORATORY,
    LOINC,
    MEAN_DIASTOLIC,
    MEAN_PRESSURE,
    MEAN_SYSTOLIC,
    PRESSURE,
    SYSTOLIC,
)
from health.fhir.parts import Amount, Component, Concept
from health.fhir.resources import (
    Bundle,
    DeviceMetric,
    DiagnosticReport,
    Observation,
    RiskAssessment,
    all_of,
    read,
)

PANELS = {
    PRESSURE.code: (SYSTOLIC.code, DIASTOLIC.code),
    MEAN_PRESSURE.code: (MEAN_SYSTOLIC.code, MEAN_DIASTOLIC.code),
}
HALVES = frozenset(code for pair in PANELS.values() for code in pair)
BLOOD = frozenset(t.code for t in (*ALL, GLUCOSE_FASTING) if t.category == LABORATORY and t is not FASTING)
CALCULATED = frozenset({"39156-5", "70204-3", "96258-9", MEAN_PRESSURE.code})


class Fault(msgspec.Struct, frozen=True):
    """What is wrong and where (``Observation/…``). No value of a person stands in ``words``."""

    where: str
    words: str


def check(data: bytes) -> tuple[Fault, ...]:
    """Every fault of the bundle in ``data``, in order; empty when there is none."""
    try:
        bundle = read(data)
    except msgspec.MsgspecError as wrong:
        return (Fault("Bundle", f"it does not have the shape of a bundle: {wrong}"),)
    found: list[Fault] = [*_ids(bundle), *_links(bundle), *_test_marks(bundle), *_fasting(bundle)]
    for observation in all_of(bundle, Observation):
        where = f"Observation/{observation.id}"
        found.extend(Fault(where, words) for rule in _RULES for words in rule(observation))
    for risk in all_of(bundle, RiskAssessment):
        found.extend(Fault(f"RiskAssessment/{risk.id}", words) for words in _risk(risk))
    for metric in all_of(bundle, DeviceMetric):
        found.extend(Fault(f"DeviceMetric/{metric.id}", words) for words in code_faults(metric.type))
    for report in all_of(bundle, DiagnosticReport):
        found.extend(Fault(f"DiagnosticReport/{report.id}", words) for words in code_faults(report.code))
    return tuple(found)


def _ids(bundle: Bundle) -> Iterator[Fault]:
    for url, times in Counter(e.full_url for e in bundle.entry).items():
        if times > 1:
            yield Fault(url, "it stands in the bundle more than once")
    for entry in bundle.entry:
        name = f"{type(entry.resource).__name__}/{entry.resource.id}"
        if entry.request.url != name or not entry.full_url.endswith(f"/{name}"):
            yield Fault(name, "its addresses are not its type and id")


def _links(bundle: Bundle) -> Iterator[Fault]:
    there = {f"{type(e.resource).__name__}/{e.resource.id}" for e in bundle.entry}
    for entry in bundle.entry:
        for link in _references(msgspec.to_builtins(entry.resource)):
            if link not in there:
                yield Fault(f"{type(entry.resource).__name__}/{entry.resource.id}", f"{link} is not here")


def _references(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        link = tree.get("reference")
        if isinstance(link, str):
            yield link
        for value in tree.values():
            yield from _references(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _references(value)


def _test_marks(bundle: Bundle) -> Iterator[Fault]:
    marked = [
        any(c.system == ACT_REASON and c.code == "HTEST" for c in e.resource.meta.security)
        for e in bundle.entry
    ]
    if any(marked) and not all(marked):
        yield Fault("Bundle", "only some of its resources are marked as test data")


def _fasting(bundle: Bundle) -> Iterator[Fault]:
    observations = all_of(bundle, Observation)
    codes = {code for o in observations for code in o.code.codes(LOINC)}
    measured = {code for o in observations if o.value_quantity for code in o.code.codes(LOINC)}
    if measured & BLOOD and FASTING.code not in codes:
        yield Fault("Bundle", "blood values without the fasting status beside them")


def _parts(observation: Observation) -> tuple[Observation | Component, ...]:
    return observation, *observation.component


def _coded(observation: Observation) -> Iterator[str]:
    missing = [p.data_absent_reason for p in _parts(observation) if p.data_absent_reason]
    marks = [mark for part in _parts(observation) for mark in part.interpretation]
    codes = [observation.code, *(c.code for c in observation.component)]
    for concept in (*codes, *observation.category, *missing, *marks):
        yield from code_faults(concept)


def _units(observation: Observation) -> Iterator[str]:
    yield from unit_faults(observation.code, observation.value_quantity)
    for component in observation.component:
        yield from unit_faults(component.code, component.value_quantity)
    for part in _parts(observation):
        for span in part.reference_range:
            for end in (span.low, span.high):
                yield from unit_faults(part.code, end)


def _value_or_reason(observation: Observation) -> Iterator[str]:
    value = observation.value_quantity or observation.value_codeable_concept
    if value and observation.data_absent_reason:
        yield "a value and a reason for its absence together (obs-6)"
    if not (value or observation.data_absent_reason or observation.component):
        yield "neither value nor reason for its absence"
    for component in observation.component:
        if bool(component.value_quantity) is bool(component.data_absent_reason):
            yield "a component needs either a value or a reason for its absence"


def _marks(observation: Observation) -> Iterator[str]:
    for part in _parts(observation):
        said = [code for concept in part.interpretation for code in concept.codes(INTERPRETATION)]
        yield from _letters(said, part.value_quantity, part.data_absent_reason)


def _letters(said: list[str], value: Amount | None, missing: Concept | None) -> Iterator[str]:
    if value and value.comparator and value.comparator not in said:
        yield "a value off the scale without its interpretation"
    if {"<", ">"} & set(said) and not (value and value.comparator):
        yield "an interpretation off the scale of a value that is not"
    if "QCF" in said and len(said) > 1:
        yield "a failed control beside another interpretation"
    if missing and set(said) - {"QCF"}:
        yield "an interpretation of a value that is absent"
    if missing and not missing.codes(ABSENT):
        yield "a reason for absence without its code"


def _pressure(observation: Observation) -> Iterator[str]:
    codes = set(observation.code.codes(LOINC))
    if codes & HALVES:
        yield "one half of a pressure outside a panel"
    for panel, halves in PANELS.items():
        if panel not in codes:
            continue
        found = [code for c in observation.component for code in c.code.codes(LOINC)]
        if found != list(halves):
            yield "a pressure panel without exactly its systolic and diastolic"
        values = [c.value_quantity.value for c in observation.component if c.value_quantity]
        if len(values) == 2 and values[0] <= values[1]:
            yield "a systolic pressure that is not above the diastolic"


def _sources(observation: Observation) -> Iterator[str]:
    if set(observation.code.codes(LOINC)) & CALCULATED and not observation.derived_from:
        yield "a calculated value that does not name what it was made from"
    if MEAN_PRESSURE.code in observation.code.codes(LOINC) and len(observation.derived_from) < 2:
        yield "a mean of fewer than two readings"


_RULES: tuple[Callable[[Observation], Iterator[str]], ...] = (
    _coded,
    _units,
    _value_or_reason,
    _marks,
    _pressure,
    _sources,
)


def _risk(risk: RiskAssessment) -> Iterator[str]:
    for prediction in risk.prediction:
        # ras-2: a percentage. Without a time it would mean a lifetime.
        if not Decimal(0) < prediction.probability_decimal <= 100:
            yield "a probability that is no percentage"
        start, end = prediction.when_period.start, prediction.when_period.end
        if not (start and end and int(end[:4]) - int(start[:4]) == 10):
            yield "a probability without its ten years"
    if not risk.basis:
        yield "a probability that does not name what it was made from"
