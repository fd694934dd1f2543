"""Control material and the runs made with it: what is known before any rule is asked.

Pure records, checked once when they are made. It must not judge a run (``devices.control_rules``), say
whether an instrument may be used (``devices.control_state``), or read a clock or a file.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import chain
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.errors import DeviceError
from devices.reading import Comparator, Quantity

FEWEST_RESULTS = 20
FEWEST_DAYS = 10
"""A mean and SD of one's own rest on at least 20 results over at least 10 days (westgard.com lesson 12)."""

_EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
_SD_STEP = Decimal("0.0001")


class Target(msgspec.Struct, frozen=True):
    """What one material should read for one quantity: mean and SD in ``unit`` (UCUM).

    ``material`` is the level's name on the bottle, such as ``1`` or ``C1``. Raises DeviceError without a
    mean or a positive SD.
    """

    material: str
    quantity: Quantity
    unit: str
    mean: Decimal
    sd: Decimal

    def __post_init__(self) -> None:
        if not self.mean.is_finite() or not self.sd.is_finite() or self.sd <= 0:
            raise DeviceError("Enter the mean and the SD from the control's sheet; the SD is above zero.")


class Lot(msgspec.Struct, frozen=True):
    """One lot of control material. ``expires`` is the last day it may be used, a civil date of the station.

    Raises DeviceError for a lot without a number or targets, or with two targets for one material and
    quantity.
    """

    number: str
    expires: date
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        if not self.number.strip() or not self.targets:
            raise DeviceError("Enter the lot number and at least one level from the control's sheet.")
        if len({(each.material, each.quantity) for each in self.targets}) < len(self.targets):
            raise DeviceError("A level of the lot was entered twice for one quantity: remove one of them.")

    def target(self, material: str, quantity: Quantity) -> Target:
        """Return what ``material`` should read; raises DeviceError when the lot does not say."""
        for each in self.targets:
            if each.material == material and each.quantity is quantity:
                return each
        raise DeviceError(f"Lot {self.number} has no level {material} for {quantity}: choose another level.")

    def materials(self, quantity: Quantity) -> tuple[str, ...]:
        """Return the levels that have a target for ``quantity``, in the order of the sheet."""
        return tuple(each.material for each in self.targets if each.quantity is quantity)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What the lot controls, each quantity once, in the order of the sheet."""
        return tuple(dict.fromkeys(each.quantity for each in self.targets))


class Result(msgspec.Struct, frozen=True):
    """What the instrument said of one material. An off-scale result keeps its comparator and has no z."""

    material: str
    quantity: Quantity
    unit: str
    value: Decimal
    comparator: Comparator | None = None


class Run(msgspec.Struct, frozen=True):
    """Control materials measured together, as kept. ``when`` is aware UTC, ``who`` a staff id.

    ``action`` says what was mended before this run, None where nothing was: the rules begin afresh at it.
    """

    id: UUID
    results: tuple[Result, ...]
    who: str
    when: datetime
    action: str | None = None


class Series(msgspec.Struct, frozen=True):
    """All runs of one lot on one instrument, in the order they were made, whatever the clock said.

    Raises DeviceError when a run could not be laid against the lot.
    """

    instrument: str
    lot: Lot
    runs: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        for run in self.runs:
            _check_run(self.lot, run)

    def with_run(self, run: Run) -> "Series":
        """Return the series with ``run`` as its latest; raises DeviceError when it does not fit the lot."""
        return replace(self, runs=(*self.runs, run))


def _check_run(lot: Lot, run: Run) -> None:
    if not run.who.strip():
        raise DeviceError("Sign in first: the control run must say who made it.")
    if run.when.utcoffset() != timedelta(0):
        raise DeviceError("The time of the control run must be in UTC: check the station's clock.")
    if run.action is not None and not run.action.strip():
        raise DeviceError("Write down what was done before this run, or leave it out.")
    if not run.results or len({(r.material, r.quantity) for r in run.results}) < len(run.results):
        raise DeviceError("A control run holds each level once: measure every level once and save again.")
    for result in run.results:
        target = lot.target(result.material, result.quantity)
        if result.unit != target.unit:
            raise DeviceError(f"The lot is in {target.unit}, the result in {result.unit}: set the same unit.")
        if not result.value.is_finite():
            raise DeviceError("The instrument gave no number for a control: measure that level again.")


def own_target(
    material: str, quantity: Quantity, unit: str, results: Sequence[tuple[date, Decimal]]
) -> Target:
    """Return mean and SD (n - 1) of a station's own control results, each with its day.

    The mean has one place more than the results, the SD four. Raises DeviceError for fewer than 20 results
    or fewer than 10 days, or when all are the same number.
    """
    days = {day for day, _ in results}
    if len(results) < FEWEST_RESULTS or len(days) < FEWEST_DAYS:
        raise DeviceError(
            f"Own limits need {FEWEST_RESULTS} results on {FEWEST_DAYS} days: keep the maker's until then."
        )
    values = [value for _, value in results]
    if not all(value.is_finite() for value in values):
        raise DeviceError("A result without a number cannot make limits: leave it out.")
    count = Decimal(len(values))
    mean = _EXACT.divide(sum(values, Decimal(0)), count)
    spread = sum((_EXACT.power(value - mean, 2) for value in values), Decimal(0))
    sd = _EXACT.sqrt(_EXACT.divide(spread, count - 1)).quantize(_SD_STEP, ROUND_HALF_UP, _EXACT)
    places = min(chain([0], (int(value.as_tuple().exponent) for value in values)))
    step = Decimal(1).scaleb(places - 1)
    return Target(material, quantity, unit, mean.quantize(step, ROUND_HALF_UP, _EXACT), sd)
