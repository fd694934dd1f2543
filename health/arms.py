"""Both arms measured: whether their upper pressures lie so far apart that a doctor should look.

Without a word on which arm a reading is of, or with one arm only, nothing is said. This module must not
choose which arm counts.
"""

from decimal import Decimal

from devices.reading import Quantity
from health.assessment import Finding, Phrase
from health.bands import current
from health.inputs import Gap, Inputs
from health.quantity import half_up
from health.rule import ArmsRule
from health.verdict import Verdict
from health.visit import Arm, Sample


def judge_arms(rule: ArmsRule, inputs: Inputs) -> Verdict | None:
    """The finding where the means of the two arms lie too far apart; None where they do not."""
    editions = current(rule.edition, inputs.rule_day())
    apart = _apart(inputs)
    if not editions or apart is None or apart <= editions[0].apart_by_more_than:
        return None
    edition = editions[0]
    band = edition.band
    finding = Finding(
        rule=f"{rule.stem}/{edition.id}",
        edition=edition.title,
        source=edition.source,
        band=band.band,
        level=band.level,
        direction=None,
        quantity=Quantity.SYSTOLIC,
        about="arm_difference",
        word=band.word,
        phrase=Phrase(band.phrase, (("n", str(apart)),)),
        hint=Phrase(band.hint) if band.hint else None,
        aside=True,
    )
    return Verdict(finding, band.message, band.why)


def _apart(inputs: Inputs) -> Decimal | None:
    if isinstance(inputs.number(Quantity.SYSTOLIC), Gap):
        return None
    observation = inputs.visit.value_of(Quantity.SYSTOLIC)
    samples = observation.samples if observation else ()
    left, right = (_mean(samples, arm) for arm in (Arm.LEFT, Arm.RIGHT))
    return None if left is None or right is None else abs(left - right)


def _mean(samples: tuple[Sample, ...], arm: Arm) -> Decimal | None:
    values = [s.value for s in samples if s.arm is arm and s.comparator is None]
    return half_up(sum(values, Decimal(0)) / len(values), 0) if values else None
