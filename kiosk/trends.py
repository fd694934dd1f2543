"""The pictures of the last visits on the screen: the main values of a few visits, each beside today's.

Pure: from a visit and the clinic's slip of the earlier ones to views. Points and limits are those of the
doctor's page (``printouts.points``). It must not judge: no arrow, no better or worse.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from devices.reading import Quantity
from health.assessment import Assessment
from health.quantity import MEASURES, printed_text, printed_value
from health.visit import Observation, PastVisit, Visit
from health.words import Words
from kiosk.views import Dot, Trend, TrendsView
from printouts.content import name_of
from printouts.points import normal_of, point_of
from printouts.rows import GRIP
from printouts.ruler import ruler_of

FEWEST_EARLIER = 2
"""Earlier values from which a picture says more than the change on the card."""
MOST_EARLIER = 3
"""Earlier visits in a picture, the newest: more would not stand there in letters she can read."""
MAIN = ((Quantity.SYSTOLIC,), (Quantity.BODY_WEIGHT,), (Quantity.TOTAL_CHOLESTEROL,), GRIP)
"""What is drawn, in this order; of two hands the stronger one."""


def worth_drawing(visit: Visit, history: Sequence[PastVisit]) -> bool:
    """Whether at least one of the main values was measured today and often enough before."""
    return any(_days(quantities, visit, history) for quantities in MAIN) if history else False


def trends_page(made: Sequence[Trend], page: int, most: int) -> TrendsView:
    """Up to ``most`` of the pictures, having turned ``page`` times; behind the last comes the first."""
    pages = max(1, -(-len(made) // most))
    page %= pages
    return TrendsView(tuple(made[page * most : (page + 1) * most]), page + 1, pages)


def trends(
    visit: Visit, assessment: Assessment, history: Sequence[PastVisit], words: Words
) -> tuple[Trend, ...]:
    """The pictures, of those values alone that were measured today and twice before."""
    known = ((quantities, _days(quantities, visit, history)) for quantities in MAIN)
    made = (_trend(quantities, visit, assessment, days, words) for quantities, days in known if days)
    return tuple(one for one in made if one is not None)


def _days(
    quantities: tuple[Quantity, ...], visit: Visit, history: Sequence[PastVisit]
) -> dict[date, Sequence[Observation]]:
    """What was measured on each of the days to draw, oldest first and today last; empty: too few."""
    earlier: dict[date, Sequence[Observation]] = {}
    for past in sorted(history, key=lambda one: one.on, reverse=True):
        if past.on < visit.on and point_of(past.observations, quantities) is not None:
            earlier.setdefault(past.on, past.observations)
    if len(earlier) < FEWEST_EARLIER or point_of(visit.observations, quantities) is None:
        return {}
    shown = list(earlier)[:MOST_EARLIER]
    return {day: earlier[day] for day in reversed(shown)} | {visit.on: visit.observations}


def _trend(
    quantities: tuple[Quantity, ...],
    visit: Visit,
    assessment: Assessment,
    days: Mapping[date, Sequence[Observation]],
    words: Words,
) -> Trend | None:
    main, height = quantities[0], visit.value_of(Quantity.BODY_HEIGHT)
    ruler = ruler_of(main, visit.resident.sex, None if height is None else height.value)
    if ruler is None:
        return None
    dots = (_dot(held, quantities, _day(day, visit, words)) for day, held in days.items())
    low, high = normal_of(assessment, main)
    upper = main is Quantity.SYSTOLIC
    return Trend(
        name=words.text("say.pressure") if upper else name_of(words, main),
        unit=words.text(MEASURES[main].unit_key),
        note=words.text("say.trend.upper") if upper else "",
        dots=tuple(dot for dot in dots if dot is not None),
        ruler=ruler,
        low=low,
        high=high,
    )


def _day(day: date, visit: Visit, words: Words) -> str:
    """The day in words, on two lines."""
    if day == visit.on:
        return words.text("say.trend.today")
    month = words.text(f"say.trend.month.{day.month}")
    return words.text("say.trend.day", day=str(day.day), month=month, year=str(day.year))


def _dot(held: Sequence[Observation], quantities: tuple[Quantity, ...], day: str) -> Dot | None:
    """The point with its number; the pressure is written with both numbers and stands at the upper one."""
    one = point_of(held, quantities)
    if one is None:
        return None
    lower = point_of(held, (Quantity.DIASTOLIC,)) if one.quantity is Quantity.SYSTOLIC else None
    shown = printed_text(one) if lower is None else f"{printed_text(one)}/{printed_text(lower)}"
    return Dot(day, shown, printed_value(one))
