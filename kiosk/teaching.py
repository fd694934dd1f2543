"""What she may say back before she goes home: which thing of her hints comes first, among three pictures.

The deed is that of the first hint that is for home, its sentence the one of its card. The two others do no
harm and are nobody's hint. Nothing of it is a test: no answer is kept. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from health.advice import Advice, Move, When
from health.assessment import Assessment, Hint, Level, Phrase


class Deed(StrEnum):
    """Something to do at home, as a drawing (``deed_<value>``) and a few words (``deed.<value>``)."""

    DOCTOR = "doctor"
    WALK = "walk"
    CHAIR = "chair"
    EAT = "eat"
    SLEEP = "sleep"
    SUN = "sun"


BESIDE = (Deed.SLEEP, Deed.SUN)
"""Good for anybody, whatever the numbers say, and never what a hint asks for."""
_DOCTOR = frozenset({When.TOMORROW, When.THIS_WEEK, When.NEXT_DOCTOR})
_EATS = frozenset({"hint.bmi.low"})
_NOT_DRAWN = frozenset({"hint.bp.low"})
"""What it asks for first, to rise slowly, has no drawing; a doctor alone would be half of it."""


@dataclass(frozen=True, slots=True)
class Lesson:
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
    if asks.when in _DOCTOR and key not in _NOT_DRAWN:
        return Deed.DOCTOR
    return Deed.EAT if key in _EATS else None
