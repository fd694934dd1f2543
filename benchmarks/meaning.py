"""From numbers to meaning: a whole visit judged, against 2 ms and one picture of the screen (1/60 s).

The assessment runs beside the window; within one picture nobody sees it happen. The rules are read once, in a
thread beside the first screen.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from benchmarks.measure import Figure, durations, median, p95
from devices.reading import Quantity
from health.assess import assess
from health.rulebook import load_rulebook
from health.visit import Answer, Method, Observation, Question, Resident, Sex, Visit

PICTURE = 1 / 60
ALLOWED = 0.002
NOTICED = 0.1
VALUES = (
    (Quantity.BODY_HEIGHT, "152.4", "cm"),
    (Quantity.BODY_WEIGHT, "51.3", "kg"),
    (Quantity.SYSTOLIC, "138", "mm[Hg]"),
    (Quantity.DIASTOLIC, "76", "mm[Hg]"),
    (Quantity.PULSE, "71", "/min"),
    (Quantity.TOTAL_CHOLESTEROL, "5.31", "mmol/L"),
    (Quantity.HDL, "1.42", "mmol/L"),
    (Quantity.TRIGLYCERIDES, "1.59", "mmol/L"),
    (Quantity.GLUCOSE, "5.9", "mmol/L"),
    (Quantity.GRIP_LEFT, "17.2", "kg"),
    (Quantity.GRIP_RIGHT, "18.9", "kg"),
)


def visit_of_a_74_year_old() -> Visit:
    """A synthetic person, old enough for every rule and young enough for a risk in percent."""
    return Visit(
        id=UUID("00000000-0000-7000-8000-000000000000"),
        on=date(2026, 11, 23),
        resident=Resident(sex=Sex.FEMALE, birth_date=date(1952, 3, 2)),
        observations=tuple(
            Observation(
                quantity,
                Decimal(value),
                unit,
                method=Method.GUIDELINE if quantity in {Quantity.SYSTOLIC, Quantity.DIASTOLIC} else None,
            )
            for quantity, value, unit in VALUES
        ),
        answers=tuple((question, Answer.NO) for question in Question),
        danger_signs=(),
    )


def run() -> Iterator[Figure]:
    """The middle and the 95th percentile of one assessment, rules loaded."""
    visit, rulebook = visit_of_a_74_year_old(), load_rulebook()
    taken = durations(lambda: assess(visit, (), rulebook, visit.on), rounds=300)
    if not assess(visit, (), rulebook, visit.on).findings:
        raise SystemExit("The visit had no finding; the figure would be false.")
    usual, slow = median(taken), p95(taken)
    yield Figure("assess", f"median {usual * 1000:.2f} ms", "2 ms allowed", ALLOWED / usual)
    yield Figure("assess", f"p95 {slow * 1000:.2f} ms", "one picture, 16.7 ms", PICTURE / slow)
    read = median(durations(load_rulebook, rounds=20))
    yield Figure("rules read", f"{read * 1000:.0f} ms", "0.1 s, what a person notices", NOTICED / read)
