"""What every automatic cuff says: three pressures, a pulse and a time, and when these can be no person's.

The mean pressure is used only to prove that the fields stand where the driver thinks; it is never told.
"""

from datetime import datetime
from decimal import Decimal

import msgspec

from devices.codecs.numbers import fence
from devices.session import Reason, RefusedError

SYSTOLIC = fence("40", "280")
DIASTOLIC = fence("20", "215")
PULSE = fence("30", "240")
"""Wider than any person and any cuff of this class; what it keeps out is a shifted field."""


class Cuff(msgspec.Struct, frozen=True):
    """mmHg and beats a minute; ``taken`` is civil time on the instrument's own clock."""

    systolic: Decimal
    mean: Decimal
    diastolic: Decimal
    pulse: Decimal
    taken: datetime


def check(cuff: Cuff) -> Cuff:
    """The cuff itself. Raises ``RefusedError`` (range), also where the mean is not between the other two."""
    SYSTOLIC.check(cuff.systolic)
    DIASTOLIC.check(cuff.diastolic)
    PULSE.check(cuff.pulse)
    if not cuff.diastolic < cuff.mean < cuff.systolic:
        raise RefusedError(Reason.RANGE)
    return cuff


def civil_time(text: str, form: str) -> datetime:
    """A time without a zone, by ``strptime``'s form. Raises ``RefusedError`` (date)."""
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - civil time: the instrument said no zone
    except ValueError as error:
        raise RefusedError(Reason.DATE) from error


def mean_of(systolic: int, diastolic: int) -> Decimal:
    """As an instrument that does not measure it says it: a third of the way up, rounded half up."""
    third = Decimal(systolic + 2 * diastolic) / 3
    return third.quantize(Decimal(1), rounding="ROUND_HALF_UP")
