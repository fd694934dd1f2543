"""What may stand as a point of a trend, and between which limits it is normal: the same on paper and screen.

Pure. A value that is off the instrument's scale or was measured out of control is not a point; limits are
those of the finding, never our own.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from devices.reading import Quantity
from health.assessment import Assessment, Level
from health.visit import Control, Observation
from printouts.rows import finding_for


def point_of(held: Iterable[Observation], quantities: Sequence[Quantity]) -> Observation | None:
    """The highest value of ``quantities`` that may be drawn: of two hands the stronger one."""
    seen = [o for o in held if o.quantity in quantities and not o.comparator and o.control is not Control.OUT]
    return max(seen, key=lambda o: o.value, default=None)


def normal_of(assessment: Assessment, quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The limits of normal for this person, from the finding of today; None where there is none."""
    finding = finding_for(assessment, quantity)
    zones = [] if finding is None else [z for z in finding.zones if z.level is Level.NORMAL]
    return (zones[0].low, zones[-1].high) if zones else (None, None)
