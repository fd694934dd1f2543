"""Both arms measured: whether their upper pressures lie so far apart that a doctor should look.

Without a word on which arm a reading is of, or with one arm only, nothing is said. This module must not
choose which arm counts.
"""

from decimal import Decimal

from devices.reading import Quantity
from health.bands import current
from health.inputs import Gap, Inputs
from health.quantity import half_up
from health.rule import ArmsRule
from health.verdict import Aside, Verdict, beside_the_values
from health.visit import Arm, Sample

_ABOUT = Aside(Quantity.SYSTOLIC, "arm_difference")


def judge_arms(rule: ArmsRule, inputs: Inputs) -> Verdict | None:
    """The finding where the means of the two arms lie too far apart; None where they do not."""
    editions = current(rule.edition, inputs.rule_day())
    apart = _apart(inputs)
    if not editions or apart is None or apart <= editions[0].apart_by_more_than:
        return None
    edition = editions[0]
    return beside_the_values(rule.stem, edition, edition.band, _ABOUT, (("n", str(apart)),))


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
