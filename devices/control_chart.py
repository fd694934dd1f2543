"""The numbers of a Levey-Jennings chart, ready to be drawn.

Pure: no colours, no sizes, no words. It must not judge anew; every mark comes from ``devices.control_rules``.
"""

from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import msgspec

from devices.control import Run, Series, Target
from devices.control_rules import REJECTING, Judgement, Rule, Verdict, judge, verdict_of, z_score
from devices.reading import Comparator, Quantity

_STEP = Decimal("0.01")
_EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
_LINES = range(-3, 4)


class Line(msgspec.Struct, frozen=True):
    """A horizontal line: the mean (``z`` 0) or so many SDs from it, at ``value`` in the target's unit."""

    z: int
    value: Decimal


class ChartPoint(msgspec.Struct, frozen=True):
    """One result. ``z`` has two places and is None off scale; ``rules`` are those that this level, or the
    levels of its run together, broke.

    ``action`` is what was mended before the run: the chart draws a stroke there, and the rules begin afresh.
    """

    when: datetime
    value: Decimal
    comparator: Comparator | None
    z: Decimal | None
    verdict: Verdict
    rules: tuple[Rule, ...]
    action: str | None


class Chart(msgspec.Struct, frozen=True):
    """One level of one quantity: seven lines from -3 to +3 SD and the points in the order of the runs."""

    target: Target
    lines: tuple[Line, ...]
    points: tuple[ChartPoint, ...]


def chart(
    series: Series, material: str, quantity: Quantity, *, last: int = 30, rules: frozenset[Rule] = REJECTING
) -> Chart:
    """Return the chart of the ``last`` results of one level, judged with all that came before them.

    Raises DeviceError when the lot has no such level.
    """
    target = series.lot.target(material, quantity)
    lines = tuple(Line(z, target.mean + z * target.sd) for z in _LINES)
    judged = judge(series, quantity, rules)
    points = tuple(
        point
        for run, judgement in zip(series.runs, judged, strict=True)
        for point in _points(series, run, judgement, target)
    )
    return Chart(target, lines, points[-last:] if last > 0 else ())


def _points(series: Series, run: Run, judgement: Judgement, target: Target) -> tuple[ChartPoint, ...]:
    mine = tuple(each for each in judgement.broken if each.material in {None, target.material})
    rules = tuple(dict.fromkeys(each.rule for each in mine))
    return tuple(
        ChartPoint(
            run.when,
            result.value,
            result.comparator,
            _two_places(z_score(series, result)),
            verdict_of(mine),
            rules,
            run.action,
        )
        for result in run.results
        if (result.material, result.quantity) == (target.material, target.quantity)
    )


def _two_places(z: Fraction | None) -> Decimal | None:
    if z is None:
        return None
    return _EXACT.divide(Decimal(z.numerator), Decimal(z.denominator)).quantize(_STEP, ROUND_HALF_UP, _EXACT)
