"""What a scale or a stadiometer shows, made true: the two-point line, when it is refused, and its record.

Pure: the wizard brings the repeats, the name and the time. It must not read a clock, a file or a port, must
not keep anything, and must not touch a reading that is not of the instrument's quantity and unit.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.calibration_limits import (
    Due,
    Phase,
    Span,
    Standard,
    due,
    is_shown,
    limit,
    require_signed,
    require_usable,
)
from devices.errors import DeviceError
from devices.reading import Reading

REPEATS = 3
LASTS = timedelta(days=365)
"""A class III scale used for diagnosis is checked at least yearly (promed.ie scales advice, read); the
intervals of the Chinese JJG were not read."""
NOTICE = timedelta(days=30)

_SPAN_SHARE = Decimal("0.5")  # judgement: two points closer than half the range tell little about the rest
_GAIN_APART = Decimal("0.02")  # judgement: more than 2 % is a changed part or a mistake, so it needs a reason
_EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
_GAIN_STEP = Decimal("0.0000001")
_OFFSET_STEP = Decimal("0.0001")


class Refusal(StrEnum):
    """Why a calibration is not saved. The values end the keys ``calibration.refused.*``."""

    REPEATS = "repeats"
    UNSTEADY = "unsteady"
    SAME_STANDARD = "same_standard"
    TOO_CLOSE = "too_close"
    SWAPPED = "swapped"
    REASON_NEEDED = "reason_needed"
    THIRD_POINT = "third_point"


_SENTENCES = {
    Refusal.REPEATS: "Take three readings at every point, each a number the instrument showed.",
    Refusal.UNSTEADY: "The readings of one point differ too much: level the instrument and repeat them.",
    Refusal.SAME_STANDARD: "Use three different reference masses or rods.",
    Refusal.TOO_CLOSE: "The two references are too close: choose two at least half the range apart.",
    Refusal.SWAPPED: "A lighter or shorter reference read more than a larger one: they were swapped; repeat.",
    Refusal.REASON_NEEDED: "The gain differs from 1 by more than 2 %: write down why before saving.",
    Refusal.THIRD_POINT: "The third reference is outside its limit: check the references and start again.",
}


class RefusedCalibrationError(DeviceError):
    """The calibration is not saved; ``refusal`` is the key, ``str()`` the sentence for staff."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(_SENTENCES[refusal])
        self.refusal = refusal


class Point(msgspec.Struct, frozen=True):
    """One reference standard and the three readings it gave, as the instrument said them, uncorrected."""

    standard: Standard
    repeats: tuple[Decimal, ...]

    @property
    def mean(self) -> Decimal:
        """The mean of the repeats, in the standard's unit."""
        return _EXACT.divide(sum(self.repeats, Decimal(0)), Decimal(len(self.repeats)))


class Calibration(msgspec.Struct, frozen=True):
    """The line of one instrument as it is kept: true value = ``gain`` x shown value + ``offset``.

    ``points`` are low, high and third. ``gain`` has no unit and seven places; ``offset`` and ``residual``
    are in kg or cm with four. ``residual`` is corrected minus true at the third point. ``when`` and
    ``expires`` are aware UTC; ``who`` is a staff id; ``reason`` is there when the gain is more than 2 % off.
    """

    id: UUID
    span: Span
    points: tuple[Point, Point, Point]
    gain: Decimal
    offset: Decimal
    residual: Decimal
    who: str
    when: datetime
    expires: datetime
    reason: str | None = None

    @property
    def instrument(self) -> str:
        """The stable id of the instrument this line belongs to, and to no other."""
        return self.span.instrument

    def due(self, now: datetime, notice: timedelta = NOTICE) -> Due:
        """Say whether the line still holds at ``now``, an aware UTC time."""
        return due(self.when, self.expires, now, notice)

    def corrected(self, reading: Reading) -> Reading:
        """Return ``reading`` with its true value, to as many places as the instrument showed.

        The frame stays as it was heard. An off-scale reading is returned as it is, because a limit is not a
        measurement. Raises DeviceError for another quantity or unit.
        """
        if reading.kind is not self.span.quantity or reading.unit != self.span.unit:
            raise DeviceError(
                f"This calibration is for {self.span.quantity} in {self.span.unit}: choose the right one."
            )
        if reading.comparator is not None:
            return reading
        true = _along(self.gain, self.offset, reading.value)
        return replace(reading, value=true.quantize(reading.value, ROUND_HALF_UP, _EXACT))


def calibrate(
    span: Span,
    points: Sequence[Point],
    *,
    id: UUID,  # noqa: A002  (the record's own word)
    who: str,
    when: datetime,
    reason: str | None = None,
    lasts: timedelta = LASTS,
) -> Calibration:
    """Lay the line through the first two points, prove it at the third, and return the record to keep.

    k = (R2 - R1) / (m2 - m1), b = R1 - k m1, R true and m the mean shown. The order of the first two does
    not matter. Raises RefusedCalibrationError with the reason, and DeviceError for a standard that may not
    be used, no name, or a time that is not UTC.
    """
    require_signed(who, when)
    ordered = _in_order(points)
    for point in ordered:
        require_usable(span, point.standard, when)
    _refuse_poor_points(span, ordered)
    low, high, third = ordered
    gain = _round(_EXACT.divide(high.standard.value - low.standard.value, high.mean - low.mean), _GAIN_STEP)
    offset = _round(low.standard.value - gain * low.mean, _OFFSET_STEP)
    why = reason.strip() if reason is not None else ""
    residual = _round(_along(gain, offset, third.mean) - third.standard.value, _OFFSET_STEP)
    if abs(residual) > limit(span, third.standard.value, Phase.INITIAL):
        raise RefusedCalibrationError(Refusal.THIRD_POINT)
    if abs(gain - 1) > _GAIN_APART and not why:
        raise RefusedCalibrationError(Refusal.REASON_NEEDED)
    return Calibration(id, span, ordered, gain, offset, residual, who, when, when + lasts, why or None)


def _in_order(points: Sequence[Point]) -> tuple[Point, Point, Point]:
    """The lower of the first two, the higher, the third; refused unless each holds three numbers."""
    if len(points) != REPEATS or any(not _whole(point) for point in points):
        raise RefusedCalibrationError(Refusal.REPEATS)
    first, second, third = points
    low, high = sorted((first, second), key=lambda point: point.standard.value)
    return low, high, third


def _whole(point: Point) -> bool:
    return len(point.repeats) == REPEATS and all(is_shown(value) for value in point.repeats)


def _refuse_poor_points(span: Span, points: tuple[Point, Point, Point]) -> None:
    low, high, _ = points
    by_true = sorted(points, key=lambda point: point.standard.value)
    if len({point.standard.id for point in points}) < len(points) or _repeats_a_value(by_true):
        raise RefusedCalibrationError(Refusal.SAME_STANDARD)
    if high.standard.value - low.standard.value < _SPAN_SHARE * (span.high - span.low):
        raise RefusedCalibrationError(Refusal.TOO_CLOSE)
    for point in points:
        # Repeated weighings may differ by the permitted error of the load before rounding (OIML R 76-1 3.6.1,
        # general knowledge, not read); twice that leaves room for the rounding of what is shown (judgement).
        if max(point.repeats) - min(point.repeats) > limit(span, point.standard.value, Phase.IN_SERVICE):
            raise RefusedCalibrationError(Refusal.UNSTEADY)
    if any(more.mean <= less.mean for less, more in pairwise(by_true)):
        raise RefusedCalibrationError(Refusal.SWAPPED)


def _repeats_a_value(by_true: Sequence[Point]) -> bool:
    return any(less.standard.value == more.standard.value for less, more in pairwise(by_true))


def _along(gain: Decimal, offset: Decimal, shown: Decimal) -> Decimal:
    return _EXACT.add(_EXACT.multiply(gain, shown), offset)


def _round(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, ROUND_HALF_UP, _EXACT)
