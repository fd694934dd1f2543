"""How soon a swaying weight is called, of the time an all-knowing filter needs, and whether it is right."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from benchmarks.measure import Figure, median, p95
from benchmarks.stepping_on import DIVISION, Trace, trace
from devices.model import Weighs
from devices.reading import Quantity, Reading
from kiosk.measuring.weighing import Weighing

TRACES = 1000
ALLOWED_MEDIAN, ALLOWED_P95 = 1.25, 1.6
_WHEN = datetime(2026, 11, 23, tzinfo=UTC)
_STREAMS = Weighs(marks_still=False, tells_empty=True)


def called(of: Trace) -> tuple[float, Decimal] | None:
    """When (second) and which weight the stand step takes of this trace; None where it never does."""
    weighing = Weighing(since=0.0, expects=(Quantity.BODY_WEIGHT,), weighs=_STREAMS)
    for second, kg in of.said:
        said = Decimal(str(round(kg, 1)))
        if said >= Decimal(20):
            live = Reading(Quantity.BODY_WEIGHT, said, "kg", stable=False)
            weighing = weighing.with_reading(live, second, _WHEN, "scale")
        if weighing.complete:
            return second, weighing.observations[0].value
    return None


def wrong(of: Trace, value: Decimal) -> bool:
    """Whether ``value`` is more than one division from what a perfect scale prints."""
    return abs(value - Decimal(str(round(of.truth, 1)))) > Decimal(str(DIVISION))


def run() -> Iterator[Figure]:
    """The ratios of all traces, and how many calls were wrong (none is allowed)."""
    ratios, mistakes, never = [], 0, 0
    for seed in range(TRACES):
        one = trace(seed)
        call = called(one)
        if call is None:
            never += 1
            continue
        mistakes += wrong(one, call[1])
        ratios.append(call[0] / one.oracle())
    ratios.sort()
    middle, slow = median(ratios), p95(ratios)
    yield Figure(
        "weight median", f"{middle:.2f} × oracle", f"{ALLOWED_MEDIAN} allowed", ALLOWED_MEDIAN / middle
    )
    yield Figure("weight p95", f"{slow:.2f} × oracle", f"{ALLOWED_P95} allowed", ALLOWED_P95 / slow)
    right = len(ratios) - mistakes
    yield Figure("weights right", f"{right} of {TRACES}", "every one called", right / max(1, TRACES - never))
