"""What she may say back before she goes home: which thing of her hints comes first, among three pictures.

The deed is that of the first hint that is for home, its sentence the one of its card. The two others do no
harm and are nobody's hint. Nothing of it is a test: no answer is kept. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

import msgspec

from health.advice import Advice, Move, When
from health.assessment import Assessment, Hint, Level, Phrase


class Deed(StrEnum):
    """Something to do at home, as a drawing (``deed_<value>``) and a few words (``deed.<value>``)."""

    DOCTOR = "doctor"
    WALK = "walk"
    CHAIR = "chair"
    EAT = "eat"
    RISE = "rise"
    FASTING = "fasting"
    SLEEP = "sleep"
    SUN = "sun"


BESIDE = (Deed.SLEEP, Deed.SUN)
"""Good for anybody, whatever the numbers say, and never what a hint asks for."""
_DOCTOR = frozenset({When.TOMORROW, When.THIS_WEEK, When.NEXT_DOCTOR})
_DRAWN: Mapping[str, Deed] = MappingProxyType(
    {"hint.bmi.low": Deed.EAT, "hint.bp.low": Deed.RISE, "hint.lipid.fasting": Deed.FASTING}
)
"""Hints with a drawing of their own; where one asks for two things, of the first."""


class Lesson(msgspec.Struct, frozen=True):
    """What comes first, and the sentence that says so, the one of its card."""

    deed: Deed
    sentence: Phrase


def lesson_of(assessment: Assessment, advice: Mapping[str, Advice]) -> Lesson | None:
    """The first hint that is for home and can be drawn; None where there is none, or staff were called."""
    if assessment.level is Level.NOW:
        return None
    for hint in assessment.hints:
        key = _key_of(assessment, hint)
        deed = _deed_of(key, advice[key]) if key in advice else None
        if deed is not None:
            return Lesson(deed, Phrase(key))
    return None


def pictures_of(lesson: Lesson, visit: UUID) -> tuple[Deed, ...]:
    """The three deeds in the order they are shown, the right one not always at the same place."""
    place = visit.int % (len(BESIDE) + 1)
    return (*BESIDE[:place], lesson.deed, *BESIDE[place:])


def _key_of(assessment: Assessment, hint: Hint) -> str:
    """The hint's own key; the main message stands for the hint of the finding it comes from."""
    if hint.phrase != assessment.message:
        return hint.phrase.key
    found = (f.hint.key for f in assessment.findings if f.rule == hint.because and f.hint is not None)
    return next(found, "")


def _deed_of(key: str, asks: Advice) -> Deed | None:
    if asks.move is not None:
        return Deed.WALK if asks.move is Move.WALK else Deed.CHAIR
    return _DRAWN.get(key) or (Deed.DOCTOR if asks.when in _DOCTOR else None)
