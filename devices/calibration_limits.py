"""How far a scale or a stadiometer may be off, and the check with reference masses and rods.

Pure: a limit is a number with its source, a check is a record. It must not read a clock or a file, and it
must not mend a reading; that is ``devices.calibration``.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from devices.errors import DeviceError
from devices.reading import Quantity

CHECK_EVERY = timedelta(days=7)
"""NHANES checks scale and stadiometer weekly with a mass and a 100 cm rod (anthropometry manual, read in an
excerpt). That a community station does the same is our judgement."""


class Phase(StrEnum):
    """When a limit applies: to an instrument just calibrated, or to one in use."""

    INITIAL = "initial"
    IN_SERVICE = "in_service"


class Basis(msgspec.Struct, frozen=True):
    """What a limit rests on. ``evidence`` says in a sentence what was read and what was not."""

    source: str
    evidence: str


WEIGHT_BASIS = Basis(
    "OIML R 76-1 class III, as printed in UK SI 1995/1907 Schedule 2 Table 3 and paragraph 4.2",
    "The regulation's table was read (steps 500 e, 2 000 e, 10 000 e; twice in service). The text of "
    "OIML R 76-1 was not, nor were the Chinese JJG intervals.",
)
HEIGHT_BASIS = Basis(
    "NHANES anthropometry manual: a 100 cm rod, act beyond 1 cm",
    "Read in an excerpt. The half of it after a calibration is our judgement: 0.5 cm keeps the body mass "
    "index within 0.2 kg/m2 at 65 kg and 160 cm.",
)

_CLASS_III = ((Decimal(500), Decimal("0.5")), (Decimal(2000), Decimal(1)), (Decimal(10000), Decimal("1.5")))
_FEWEST, _MOST = Decimal(100), Decimal(10000)
_ROD, _LARGEST = Decimal("0.5"), Decimal(10000)
_KINDS = {Quantity.BODY_WEIGHT: "kg", Quantity.BODY_HEIGHT: "cm"}


class Span(msgspec.Struct, frozen=True):
    """The instrument and the range it is used over.

    ``low`` and ``high`` are in kg for weight and cm for height. ``e`` is the verification scale interval
    from the scale's plate, in kg; it is needed for weight and has no meaning for height. Raises DeviceError
    when these do not make an instrument.
    """

    instrument: str
    quantity: Quantity
    low: Decimal
    high: Decimal
    e: Decimal | None = None

    def __post_init__(self) -> None:
        if self.quantity not in _KINDS:
            raise DeviceError("Only weight and height are calibrated here: choose a scale or a stadiometer.")
        if not (self.low.is_finite() and self.high.is_finite() and 0 <= self.low < self.high):
            raise DeviceError("The range must go from a smaller to a larger value: enter it from the plate.")
        if self.quantity is Quantity.BODY_WEIGHT:
            _check_divisions(self.high, self.e)

    @property
    def unit(self) -> str:
        """The UCUM unit of every value of this instrument: ``kg`` or ``cm``."""
        return _KINDS[self.quantity]

    @property
    def basis(self) -> Basis:
        """What the limits of this instrument rest on."""
        return WEIGHT_BASIS if self.quantity is Quantity.BODY_WEIGHT else HEIGHT_BASIS


def _check_divisions(high: Decimal, e: Decimal | None) -> None:
    """Class III has 100 to 10 000 divisions; another number means that e was mistyped."""
    if e is None or not e.is_finite() or e <= 0:
        raise DeviceError("Enter e, the verification scale interval, from the scale's plate.")
    if not _FEWEST <= high / e <= _MOST:
        raise DeviceError("A class III scale has 100 to 10000 divisions: check e and Max on the plate.")


def limit(span: Span, load: Decimal, phase: Phase) -> Decimal:
    """Return the largest error permitted at ``load``, in the unit of ``span``; an error of that size passes.

    Source: ``span.basis``. Raises DeviceError for a load that class III knows nothing about.
    """
    twice = 2 if phase is Phase.IN_SERVICE else 1
    if span.e is None:
        return _ROD * twice
    for steps, share in _CLASS_III:
        if 0 <= load <= steps * span.e:
            return share * span.e * twice
    raise DeviceError("This load is beyond what the scale may weigh: use a smaller reference mass.")


class Standard(msgspec.Struct, frozen=True):
    """A reference mass or rod: ``id`` as engraved, ``value`` in kg or cm as its certificate says.

    The empty platform is the standard ``EMPTY``. ``certified_until`` is None where no certificate ends.
    """

    id: str
    value: Decimal
    certified_until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.id.strip() or not is_shown(self.value) or self.value < 0:
            raise DeviceError("Enter the reference's mark and its value as its certificate says.")


def is_shown(value: Decimal) -> bool:
    """Whether ``value`` can stand on the display of a scale or a stadiometer: a number below 10 000."""
    return value.is_finite() and abs(value) < _LARGEST


EMPTY = Standard("empty", Decimal(0))


class Check(msgspec.Struct, frozen=True):
    """One reference standard shown to the instrument, and what came of it. ``error`` is shown minus true."""

    standard: Standard
    shown: Decimal
    error: Decimal
    limit: Decimal

    @property
    def passed(self) -> bool:
        """Whether the error is no larger than its limit."""
        return abs(self.error) <= self.limit


class Verification(msgspec.Struct, frozen=True):
    """A check with reference masses or rods, as it is kept.

    ``calibration`` is the one in force while checking, None where none was. ``when`` and ``expires`` are
    aware UTC. ``who`` is a staff id.
    """

    id: UUID
    span: Span
    phase: Phase
    checks: tuple[Check, ...]
    calibration: UUID | None
    who: str
    when: datetime
    expires: datetime

    @property
    def passed(self) -> bool:
        """Whether every standard was shown within its limit."""
        return all(check.passed for check in self.checks)


def verify(
    span: Span,
    shown: Sequence[tuple[Standard, Decimal]],
    *,
    id: UUID,  # noqa: A002  (the record's own word)
    who: str,
    when: datetime,
    calibration: UUID | None = None,
    phase: Phase = Phase.IN_SERVICE,
    every: timedelta = CHECK_EVERY,
) -> Verification:
    """Compare what the instrument shows (after its calibration) with the standards put on it.

    A failed check is a record like any other. Raises DeviceError when nothing can be said: no standard, a
    certificate that ended, a load outside the range, no name, no zone in the time.
    """
    if not [standard for standard, _ in shown if standard.value > 0]:
        raise DeviceError("Put at least one reference mass or rod on the instrument.")
    if not all(is_shown(value) for _, value in shown):
        raise DeviceError("Take the value from the instrument's display.")
    require_signed(who, when)
    for standard, _ in shown:
        require_usable(span, standard, when)
    checks = tuple(
        Check(standard, value, value - standard.value, limit(span, standard.value, phase))
        for standard, value in shown
    )
    return Verification(id, span, phase, checks, calibration, who, when, when + every)


def require_signed(who: str, when: datetime) -> None:
    """Raise DeviceError unless the record can say who made it and when, in UTC."""
    if not who.strip():
        raise DeviceError("Sign in first: the record must say who did this.")
    if when.utcoffset() != timedelta(0):
        raise DeviceError("The time of the record must be in UTC: check the station's clock.")


def require_usable(span: Span, standard: Standard, when: datetime) -> None:
    """Raise DeviceError when ``standard`` may not be used on this instrument at that time."""
    if standard.certified_until is not None and when >= standard.certified_until:
        raise DeviceError(f"The certificate of {standard.id} has ended: use another reference or renew it.")
    if standard != EMPTY and not (span.low <= standard.value <= span.high and standard.value > 0):
        raise DeviceError(
            f"{standard.id} is outside the range: use one from {span.low} to {span.high} {span.unit}."
        )


class Due(StrEnum):
    """Whether a calibration or a check still holds. The values end the keys ``calibration.due.*``."""

    VALID = "valid"
    SOON = "soon"
    OVERDUE = "overdue"
    MISSING = "missing"
    CLOCK = "clock"

    @property
    def holds(self) -> bool:
        """Whether the instrument may be used on the strength of it."""
        return self in {Due.VALID, Due.SOON}


def due(made: datetime | None, expires: datetime | None, now: datetime, notice: timedelta) -> Due:
    """Say whether what was ``made`` and ``expires`` (aware UTC; None where nothing was) holds at ``now``.

    ``CLOCK``: ``now`` lies before it was made, so the clock is wrong. The record ends at ``expires`` itself.
    """
    if made is None or expires is None:
        return Due.MISSING
    if now < made:
        return Due.CLOCK
    if now >= expires:
        return Due.OVERDUE
    return Due.SOON if now >= expires - notice else Due.VALID
