"""A pulse the cuff called irregular: passed on in plain words, never named as a disease.

It is the instrument's remark, not a value; without the remark nothing is said, for few cuffs look for it.
This module must not judge a number.
"""

from devices.reading import Quantity, Remark
from health.bands import current
from health.inputs import Inputs
from health.rule import RemarkRule
from health.verdict import Aside, Verdict, beside_the_values
from health.visit import Control, Observation

HEARD_BY = (Quantity.PULSE, Quantity.SYSTOLIC, Quantity.DIASTOLIC)
_ABOUT = Aside(Quantity.PULSE, "rhythm")


def judge_rhythm(rule: RemarkRule, inputs: Inputs) -> Verdict | None:
    """The finding where a reading of this visit carries the remark; None where none does."""
    editions = current(rule.edition, inputs.rule_day())
    heard = [o for o in inputs.visit.observations if o.quantity in HEARD_BY and _uneven(o)]
    if not editions or not heard:
        return None
    edition = editions[0]
    return beside_the_values(rule.stem, edition, edition.band, _ABOUT)


def _uneven(observation: Observation) -> bool:
    if observation.control is Control.OUT:
        return False
    return any(Remark.IRREGULAR_PULSE in sample.remarks for sample in observation.samples)
