"""Which questions a visit needs, and in which order they are asked: one a screen, "don't know" is an answer.

Only what some rule, model or the doctor's page can use is asked, and nothing twice. Danger signs are no
question of this list: an urgent value asks for them (``urgent``). This module must not ask (the kiosk does)
and never takes a missing answer for a no.
"""

from datetime import date
from decimal import Decimal

from devices.reading import Quantity
from health.visit import Question, Visit

ALWAYS = (
    Question.SMOKER,
    Question.DIABETES,
    Question.BP_TREATED,
    Question.KNOWN_CVD,
    Question.KIDNEY_DISEASE,
)
REGION = (Question.NORTH_CHINA, Question.URBAN)
# China-PAR, the one model that asks for the family, ends at 75 (health/scores/china_par_2016.toml).
FAMILY_UNTIL = Decimal(75)


def questions_for(visit: Visit, on: date, *, blood: bool) -> tuple[Question, ...]:
    """What is still to be asked on that day. ``blood``: a drop was taken, or is being run, in this visit."""
    wanted = (*_fasting(blood=blood), *ALWAYS, *_family(visit, on), *_region(visit))
    return tuple(q for q in wanted if visit.answer_to(q) is None)


def _fasting(*, blood: bool) -> tuple[Question, ...]:
    return (Question.FASTING,) if blood else ()


def _family(visit: Visit, on: date) -> tuple[Question, ...]:
    age = visit.resident.age_on(on)
    return (Question.FAMILY_HISTORY_ASCVD,) if age is not None and age < FAMILY_UNTIL else ()


def _region(visit: Visit) -> tuple[Question, ...]:
    """Asked only where China-PAR can be reckoned at all: it alone uses them, and needs a waist."""
    whole = visit.value_of(Quantity.WAIST) and visit.value_of(Quantity.TOTAL_CHOLESTEROL)
    return REGION if whole else ()
