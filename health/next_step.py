"""When she is to come back and whom she is to see: one answer, made from what she was told.

The soonest of the hints told counts, so that no two days stand on one sheet. The intervals for measuring
again are our own choice (two weeks after something for a doctor, as the norm asks after a very high pressure;
else three months). This module must not make an appointment.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from health.advice import Advice, When, rank
from health.assessment import Finding, Hint, Level, NextStep, Whom

SOON = timedelta(days=14)
LATER_MONTHS = 3
AT_HOME = frozenset({When.NEXT_VISIT, When.DAILY})


def next_step(
    level: Level,
    hints: Sequence[Hint],
    findings: Sequence[Finding],
    advice: Mapping[str, Advice],
    on: date,
) -> NextStep:
    """The next step after ``hints`` were told on that day, at that level of the whole visit."""
    by = again_by(level, on)
    if level is Level.NOW:
        return NextStep(Whom.STAFF, When.NOW, by)
    because = {hint.because for hint in hints}
    told = [advice[f.hint.key] for f in findings if f.hint and f.rule in because]
    soonest = min(told, key=rank, default=None)
    if soonest is None or soonest.when in AT_HOME:
        return NextStep(Whom.NOBODY, None, by)
    whom = Whom.STAFF if soonest.when is When.BEFORE_LEAVING else Whom.DOCTOR
    return NextStep(whom, soonest.when, by)


def again_by(level: Level, on: date) -> date:
    """The day by which she is to be measured again after a visit ``on`` that day."""
    return on + SOON if level >= Level.DOCTOR else months_on(on, LATER_MONTHS)


def months_on(on: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    years, month = divmod(on.month - 1 + months, 12)
    first = date(on.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(on.day, (following - timedelta(days=1)).day))
