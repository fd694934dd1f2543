"""Blood pressure: how readings are averaged, and what the pair of them means.

The more serious half decides the class. One visit is never a diagnosis; a measurement without rest
(``quick``) is told as such and asks to be repeated. A crisis value is told however it was measured. This
module must not time a measurement (the flow does).
"""

from collections.abc import Sequence
from decimal import Decimal

from devices.reading import Quantity
from health.assessment import Finding, NotAssessed, Phrase, Reason
from health.bands import current
from health.inputs import Gap, Inputs
from health.quantity import half_up
from health.rule import PairEdition, PairRule, Protocol, Target
from health.verdict import Verdict
from health.visit import Method, Visit

Pair = tuple[Decimal, Decimal]


def protocol_of(rule: PairRule) -> Protocol:
    """How the station measures: rest, gap, when a third reading, which are averaged."""
    return current(rule.edition, None)[0].protocol


def target_for(rule: PairRule, age: Decimal | None) -> Target | None:
    """What a treated person of this age aims at, for staff; None where no text says it or no age is known."""
    targets = current(rule.edition, None)[0].targets
    return None if age is None else next((t for t in targets if t.fits(age)), None)


def needs_third(first: Pair, second: Pair, protocol: Protocol) -> bool:
    """Whether two readings (systolic, diastolic) lie too far apart for the edition, in either half."""
    return any(abs(a - b) > protocol.third_if_apart_by_more_than for a, b in zip(first, second, strict=True))


def mean_of(readings: Sequence[Pair], protocol: Protocol) -> Pair:
    """The printed pressure of ``readings``, oldest first: mean of the last few, as the edition says."""
    last = readings[-protocol.mean_of_last :]
    if not last:
        raise ValueError("no reading to average")
    systolic = sum((s for s, _ in last), Decimal(0)) / len(last)
    diastolic = sum((d for _, d in last), Decimal(0)) / len(last)
    return half_up(systolic, 0), half_up(diastolic, 0)


def method_of(visit: Visit) -> Method:
    """How pressure was taken; anything not said to be by the guideline is quick."""
    said = [visit.value_of(q) for q in (Quantity.SYSTOLIC, Quantity.DIASTOLIC)]
    return Method.GUIDELINE if any(o and o.method is Method.GUIDELINE for o in said) else Method.QUICK


def judge_pressure(
    rule: PairRule, inputs: Inputs, upper: Verdict | NotAssessed, lower: Verdict | NotAssessed
) -> tuple[Verdict, ...] | NotAssessed:
    """The finding for the pair (and for an isolated form of it), from the findings of its halves."""
    editions = current(rule.edition, inputs.rule_day())
    if not editions:
        return NotAssessed(rule.stem, Reason.NOT_IN_FORCE)
    edition = editions[0]
    name = f"{rule.stem}/{edition.id}"
    for half in (upper, lower):
        if isinstance(half, NotAssessed):
            return NotAssessed(name, half.reason, half.needs)
    if isinstance(upper, NotAssessed) or isinstance(lower, NotAssessed):
        return NotAssessed(name, Reason.MISSING_INPUT)
    found = _pair(name, edition, upper.finding, lower.finding, inputs)
    return (found, *_isolated(edition, found.finding, inputs))


def _pair(name: str, edition: PairEdition, upper: Finding, lower: Finding, inputs: Inputs) -> Verdict:
    order = {each.band: index for index, each in enumerate(edition.classes)}
    deciding = max((upper, lower), key=lambda half: order[half.band])
    said = edition.classes[order[deciding.band]]
    quick = method_of(inputs.visit) is Method.QUICK
    hint = (said.quick_hint if quick else None) or said.hint
    finding = Finding(
        rule=name,
        edition=edition.title,
        source=edition.source,
        band=said.band,
        level=deciding.level,
        direction=deciding.direction,
        quantity=deciding.quantity,
        about=None,
        word=deciding.word,
        phrase=Phrase(said.quick if quick else said.phrase, _numbers(inputs)),
        hint=Phrase(hint) if hint else None,
        zones=deciding.zones,
    )
    if quick and said.quick_message:
        return Verdict(finding, said.quick_message, said.quick_why)
    return Verdict(finding, said.message, said.why)


def _numbers(inputs: Inputs) -> tuple[tuple[str, str], ...]:
    said = []
    for quantity in (Quantity.SYSTOLIC, Quantity.DIASTOLIC):
        found = inputs.value(quantity)
        said.append(
            (str(quantity), "" if isinstance(found, Gap) else f"{found.comparator or ''}{found.printed}")
        )
    return tuple(said)


def _isolated(edition: PairEdition, pair: Finding, inputs: Inputs) -> tuple[Verdict, ...]:
    found = inputs.numbers((Quantity.SYSTOLIC, Quantity.DIASTOLIC))
    if isinstance(found, Gap):
        return ()
    high = found[0].printed >= edition.isolated.systolic, found[1].printed >= edition.isolated.diastolic
    if high[0] is high[1]:
        return ()
    band, half = ("isolated_systolic", "systolic") if high[0] else ("isolated_diastolic", "diastolic")
    isolated = Finding(
        rule=f"pressure_pattern/{edition.id}",
        edition=pair.edition,
        source=pair.source,
        band=band,
        level=pair.level,
        direction=pair.direction,
        quantity=Quantity(half),
        about=None,
        word=pair.word,
        phrase=Phrase(f"finding.bp.{band}", _numbers(inputs)),
        aside=True,
    )
    return (Verdict(isolated),)
