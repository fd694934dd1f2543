"""Blood pressure: a panel for each reading (85354-9) and, of several, one for their mean (96607-7).

The mean names the readings it was made from. A half without a value says why. It must not average.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from devices.reading import Quantity
from health.fhir.around import text
from health.fhir.codes import (
    ABSENT_REASONS,
    DIASTOLIC,
    MEAN_DIASTOLIC,
    MEAN_PRESSURE,
    MEAN_SYSTOLIC,
    PRESSURE,
    SYSTOLIC,
    VITAL,
    Term,
)
from health.fhir.marks import absent, interpretation, interpreted, said_of, shown, shown_sample, usual
from health.fhir.parts import Component, Concept, Reference
from health.fhir.resources import Observation
from health.fhir.setting import Setting
from health.fhir.values import by_device, named_observation
from health.quantity import half_up
from health.visit import Method, Sample
from health.visit import Observation as Measured

HALVES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)
KEY = "pressure"
METHODS = {
    Method.GUIDELINE: "oscillometric, seated, after 5 min rest, readings 60 s apart",
    Method.QUICK: "oscillometric, quick: without the rest and repeats of the guideline",
}


def panels(setting: Setting) -> Iterator[Observation]:
    """The readings, oldest first, then their mean; or the one panel there is."""
    readings = _readings(setting)
    if len(readings) < 2:
        yield from _whole(setting, PRESSURE, (SYSTOLIC, DIASTOLIC), ())
        return
    for number, pair in enumerate(readings, start=1):
        components = tuple(
            Component(code=term.concept(), value_quantity=shown_sample(half, sample))
            for half, term, sample in zip(HALVES, (SYSTOLIC, DIASTOLIC), pair, strict=True)
        )
        yield _panel(setting, f"{KEY}/{number}", PRESSURE, components, at=pair[0])
    used = _averaged(setting, readings)
    sources = tuple(
        setting.observation(f"{KEY}/{n}") for n in range(len(readings) - used + 1, len(readings) + 1)
    )
    yield from _whole(setting, MEAN_PRESSURE, (MEAN_SYSTOLIC, MEAN_DIASTOLIC), sources)


def _readings(setting: Setting) -> tuple[tuple[Sample, Sample], ...]:
    found = [setting.visit.value_of(half) for half in HALVES]
    kept = [o.samples for o in found if o is not None and not setting.doubtful(o)]
    if len(kept) != 2 or len(kept[0]) != len(kept[1]):
        return ()
    return tuple(zip(*kept, strict=True))


def _averaged(setting: Setting, readings: Sequence[tuple[Sample, Sample]]) -> int:
    """How many of the last readings have the printed mean; all of them where no such number is found."""
    for many in range(2, len(readings) + 1):
        last = readings[-many:]
        means = [half_up(sum((p[i].value for p in last), Decimal(0)) / many, 0) for i in (0, 1)]
        if [shown(o).value for half in HALVES if (o := setting.visit.value_of(half))] == means:
            return many
    return len(readings)


def _whole(
    setting: Setting, code: Term, halves: tuple[Term, Term], sources: tuple[Reference, ...]
) -> Iterator[Observation]:
    components = [_half(setting, half, term) for half, term in zip(HALVES, halves, strict=True)]
    told = [c for c in components if c is not None]
    if not told:
        return
    missing = absent("not-performed")
    both = tuple(
        c or Component(code=term.concept(), data_absent_reason=missing)
        for c, term in zip(components, halves, strict=True)
    )
    yield _panel(setting, KEY, code, both, sources)


def _half(setting: Setting, half: Quantity, term: Term) -> Component | None:
    found = setting.visit.value_of(half)
    if found is None:
        reason = next((m.reason for m in setting.visit.missing if m.quantity is half), None)
        if reason is None:
            return None
        return Component(code=term.concept(), data_absent_reason=absent(ABSENT_REASONS[reason]))
    if setting.doubtful(found):
        marks = (interpreted("QCF"),) if setting.out_of_control(found) else ()
        return Component(code=term.concept(), data_absent_reason=absent("error"), interpretation=marks)
    finding = said_of(setting, half)
    return Component(
        code=term.concept(),
        value_quantity=shown(found),
        interpretation=interpretation(finding, found.comparator),
        reference_range=usual(finding),
    )


def _panel(
    setting: Setting,
    key: str,
    code: Term,
    components: tuple[Component, ...],
    sources: tuple[Reference, ...] = (),
    at: Sample | None = None,
) -> Observation:
    taken = [o for half in HALVES if (o := setting.visit.value_of(half))]
    first = taken[0] if taken else None
    when = at.at if at and at.at else first.at if first else None
    missing = None
    if all(c.value_quantity is None for c in components):
        missing = components[0].data_absent_reason
    return named_observation(
        setting,
        key,
        code.concept(),
        VITAL,
        when,
        data_absent_reason=missing,
        body_site=text(f"{at.arm} upper arm") if at and at.arm else None,
        method=_method(taken),
        device=by_device(setting, first),
        derived_from=sources,
        component=components,
    )


def _method(taken: Sequence[Measured]) -> Concept | None:
    said = {o.method for o in taken if o.method}
    return text(METHODS[said.pop()]) if len(said) == 1 else None
