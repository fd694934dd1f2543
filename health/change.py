"""What changed since last time: differences of printed numbers, and only of numbers that may be compared.

Another method, another instrument, a value off scale or out of control is not compared. Better or worse is
for a doctor to say; nothing here judges, except the one rule on a fast change of weight.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from devices.reading import Quantity
from health.assessment import Change, NotAssessed, Phrase, Reason
from health.bands import current
from health.inputs import Gap, Inputs
from health.quantity import half_up, printed_value
from health.rule import ChangeEdition, ChangeRule
from health.verdict import Aside, Verdict, beside_the_values
from health.visit import Control, Observation, PastVisit, Visit

_WORDS = {
    Quantity.BODY_WEIGHT: ("change.lighter", "change.heavier"),
    Quantity.GRIP_LEFT: ("change.smaller", "change.bigger"),
    Quantity.GRIP_RIGHT: ("change.smaller", "change.bigger"),
    Quantity.WAIST: ("change.smaller", "change.bigger"),
    Quantity.PULSE: ("change.slower", "change.faster"),
}
_LOWER_HIGHER = ("change.lower", "change.higher")
_ABOUT = Aside(Quantity.BODY_WEIGHT, "weight_change")


def last_visit(history: Sequence[PastVisit], on: date) -> PastVisit | None:
    """The latest visit not after ``on``, or None."""
    return max((v for v in history if v.on <= on), key=lambda v: v.on, default=None)


def changes(inputs: Inputs, history: Sequence[PastVisit]) -> tuple[Change, ...]:
    """Every value of the visit that may be compared with the last visit, and by how much it differs."""
    last = last_visit(history, inputs.day) if inputs.clock_trusted else None
    if last is None:
        return ()
    found: list[Change] = []
    for now in inputs.visit.observations:
        value, before = inputs.number(now.quantity), last.value_of(now.quantity)
        if isinstance(value, Gap) or before is None or not comparable(now, before, inputs.visit):
            continue
        earlier = printed_value(before)
        found.append(
            Change(
                now.quantity, value.printed - earlier, earlier, _said(now.quantity, value.printed - earlier)
            )
        )
    return tuple(found)


def comparable(now: Observation, before: Observation, visit: Visit) -> bool:
    """Whether two observations of one quantity were made the same way and are both exact and in control."""
    if before.comparator is not None or now.comparator is not None:
        return False
    if Control.OUT in (now.control, before.control):
        return False
    if now.method is not None and before.method is not None and now.method is not before.method:
        return False
    if now.instrument is None or before.instrument is None:
        return True
    models = {i.model for i in visit.instruments if i.id == now.instrument}
    return before.instrument in models | {now.instrument}


def _said(quantity: Quantity, difference: Decimal) -> Phrase:
    if difference == 0:
        return Phrase("change.same")
    less, more = _WORDS.get(quantity, _LOWER_HIGHER)
    return Phrase(more if difference > 0 else less, (("n", str(abs(difference))),))


def judge_weight_change(
    rule: ChangeRule, inputs: Inputs, history: Sequence[PastVisit]
) -> Verdict | NotAssessed | None:
    """The finding where weight changed too fast; None where it did not."""
    editions = current(rule.edition, inputs.rule_day())
    if not editions:
        return NotAssessed(rule.stem, Reason.NOT_IN_FORCE)
    edition = editions[0]
    name = f"{rule.stem}/{edition.id}"
    now, age = inputs.number(Quantity.BODY_WEIGHT), inputs.age()
    for needed in (now, age):
        if isinstance(needed, Gap):
            return NotAssessed(name, needed.reason, needed.needs)
    if isinstance(now, Gap) or isinstance(age, Gap) or age < edition.age_from:
        return NotAssessed(name, Reason.AGE_OUT_OF_RANGE, "age")
    earlier = _weights(history, inputs.day, edition.days)
    if not earlier:
        return NotAssessed(name, Reason.MISSING_INPUT, "history")
    # The largest share over any earlier weight in the window: a loss is not excused by a smaller one since.
    before = max(earlier, key=lambda weight: abs(now.printed - weight) / weight)
    share = (now.printed - before) / before
    return _finding(rule.stem, edition, share, before, now.printed) if abs(share) > edition.share else None


def _weights(history: Sequence[PastVisit], on: date, days: int) -> list[Decimal]:
    # Another scale is no excuse here: a twentieth of a body is far more than scales differ by.
    recent = [v for v in history if timedelta(0) < on - v.on <= timedelta(days=days)]
    found = [v.value_of(Quantity.BODY_WEIGHT) for v in recent]
    return [printed_value(o) for o in found if o and o.comparator is None and o.control is not Control.OUT]


def _finding(stem: str, edition: ChangeEdition, share: Decimal, before: Decimal, now: Decimal) -> Verdict:
    said = edition.gain if share > 0 else edition.loss
    args = (
        ("before", str(before)),
        ("n", str(abs(now - before))),
        ("percent", str(half_up(abs(share) * 100, 1))),
        ("value", str(now)),
    )
    return beside_the_values(stem, edition, said, _ABOUT, args)
