"""Invented people and their visits, built in one line."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from devices.reading import Comparator, Quantity
from health.assess import assess
from health.assessment import Assessment, Finding, NotAssessed
from health.quantity import MEASURES
from health.rulebook import shipped_rulebook
from health.visit import (
    Answer,
    Control,
    Method,
    Observation,
    PastVisit,
    Question,
    Resident,
    Sex,
    Visit,
)

DAY = date(2026, 11, 23)
BOOK = shipped_rulebook()
HEALTHY = dict.fromkeys(
    (Question.SMOKER, Question.DIABETES, Question.KNOWN_CVD, Question.KIDNEY_DISEASE), Answer.NO
)


def observed(quantity: Quantity, value: str, **said: object) -> Observation:
    """One observation; ``<`` or ``>`` before the number is its comparator, a unit after it its unit."""
    comparator = Comparator(value[0]) if value[0] in "<>" else None
    number, _, unit = value.lstrip("<>").partition(" ")
    made = Observation(quantity, Decimal(number), unit or MEASURES[quantity].unit, comparator)
    control, method, instrument = said.get("control"), said.get("method"), said.get("instrument")
    return Observation(
        made.quantity,
        made.value,
        made.unit,
        comparator,
        method if isinstance(method, Method) else None,
        control=control if isinstance(control, Control) else None,
        instrument=instrument if isinstance(instrument, str) else None,
    )


def visit(
    values: dict[Quantity, str],
    sex: Sex | None = Sex.FEMALE,
    age: str | None = "86",
    answers: dict[Question, Answer] | None = None,
    method: Method = Method.GUIDELINE,
    control: Control | None = None,
) -> Visit:
    """A visit on ``DAY``."""
    return Visit(
        id=UUID(int=7),
        on=DAY,
        resident=Resident(sex=sex, age=None if age is None else Decimal(age)),
        observations=tuple(observed(q, v, method=method, control=control) for q, v in values.items()),
        answers=tuple((answers or {}).items()),
    )


def assessed(seen: Visit, *history: PastVisit) -> Assessment:
    """The assessment of ``seen`` by the shipped rulebook."""
    return assess(seen, history, BOOK, seen.on)


def finding(result: Assessment, rule: str) -> Finding:
    """The one finding of ``rule`` (its stem or its whole id)."""
    (found,) = (f for f in result.findings if rule in (f.rule, f.rule.partition("/")[0]))
    return found


def silence(result: Assessment, rule: str) -> NotAssessed:
    """The one reason why ``rule`` is silent."""
    (found,) = (n for n in result.not_assessed if rule in (n.rule, n.rule.partition("/")[0]))
    return found
