"""What each hint is about, by when it is to be done, and which two hints may not stand side by side.

The table is data (``health/rules/advice.toml``), one line a hint. Two hints on one topic, a walk beside a
chair and two different days for one doctor contradict each other: the more urgent one is told. This module
must not hold a sentence or weigh findings (``hints``).
"""

from enum import StrEnum

import msgspec


class Topic(StrEnum):
    """What a hint is about. Weight and waist are one body: more here and less there would be two advices."""

    CALL = "call"
    PRESSURE = "pressure"
    ARMS = "arms"
    PULSE = "pulse"
    RHYTHM = "rhythm"
    OXYGEN = "oxygen"
    SUGAR = "sugar"
    FATS = "fats"
    BODY = "body"
    HABIT = "habit"
    STRENGTH = "strength"


class When(StrEnum):
    """By when a hint is to be done, soonest first."""

    NOW = "now"
    BEFORE_LEAVING = "before_leaving"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_DOCTOR = "next_doctor"
    NEXT_VISIT = "next_visit"
    DAILY = "daily"


# Days on which she is sent to a doctor; the soonest of several is the one that counts.
DOCTOR_DAYS = frozenset({When.TODAY, When.TOMORROW, When.THIS_WEEK})
AT_ONCE = frozenset({When.NOW, When.BEFORE_LEAVING, When.TODAY})


class Move(StrEnum):
    """How a hint asks her to move about."""

    WALK = "walk"
    TRAIN = "train"


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One hint: its topic, by when, and how it asks her to move about, if it does."""

    topic: Topic
    when: When
    move: Move | None = None


def contradict(one: Advice, other: Advice) -> bool:
    """Whether the two may not be told to one person in one visit."""
    if one.topic is other.topic or (one.move is Move.WALK and other.move is Move.WALK):
        return True
    if one.move or other.move:
        # Who is to sit here, or to see a doctor today, is not sent for a walk in the same breath.
        return bool({one.when, other.when} & AT_ONCE)
    return one.when is not other.when and {one.when, other.when} <= DOCTOR_DAYS


def rank(advice: Advice | None) -> int:
    """By how soon it is to be done, soonest first; what asks for nothing comes last."""
    return len(When) if advice is None else list(When).index(advice.when)


def urgency(advice: Advice | None) -> int:
    """``rank``, but what has no day of its own comes after all that has one and is else all the same."""
    return min(rank(advice), list(When).index(When.NEXT_DOCTOR))
