"""Answers of an earlier visit, as the clinic's slip brings them: shown on one screen, confirmed, then used.

Nothing remembered is used before she has said yes to it; an answer of today always wins; "don't know" is
asked again rather than remembered. This module must not fetch a slip.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from health.assessment import Phrase
from health.visit import Answer, Question, Visit

# What holds from one visit to the next. Whether she has eaten is of today, and a pacemaker is asked for each
# time, because a wrong "no" could do harm.
LASTING = (
    Question.SMOKER,
    Question.DIABETES,
    Question.BP_TREATED,
    Question.KNOWN_CVD,
    Question.KIDNEY_DISEASE,
    Question.FAMILY_HISTORY_ASCVD,
    Question.NORTH_CHINA,
    Question.URBAN,
)


class Remembered(msgspec.Struct, frozen=True):
    """One answer of an earlier visit and the day it was given."""

    question: Question
    answer: Answer
    on: date


def to_confirm(
    remembered: Sequence[Remembered], asked: Sequence[Question], visit: Visit
) -> tuple[Remembered, ...]:
    """What the one screen shows: of ``asked`` the latest plain yes or no that lasts, in the order asked."""
    latest: dict[Question, Remembered] = {}
    for each in sorted(remembered, key=lambda r: r.on):
        if each.question in LASTING and each.on <= visit.on:
            latest[each.question] = each
    plain = {q: r for q, r in latest.items() if r.answer is not Answer.UNKNOWN}
    return tuple(plain[q] for q in asked if q in plain and visit.answer_to(q) is None)


def confirmed(visit: Visit, shown: Sequence[Remembered]) -> Visit:
    """``visit`` with what she said yes to; an answer she gave today stands."""
    for each in shown:
        if visit.answer_to(each.question) is None:
            visit = visit.with_answer(each.question, each.answer)
    return visit


def statement(remembered: Remembered) -> Phrase:
    """The answer as a sentence about her, for the screen that asks whether all of it still holds."""
    return Phrase(f"remembered.{remembered.question}.{remembered.answer}")
