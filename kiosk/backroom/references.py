"""The reference masses and rods of a station, as its settings name them.

A reference is what a calibration rests on, so its mark and the end of its certificate are written down once,
by whoever read the certificate, and never typed at the kiosk.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from devices.calibration_limits import Standard
from devices.reading import Quantity


class ReferencePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[[reference]]``: a mass or a rod. ``mark`` as engraved, ``value`` as text in kg or cm.

    ``until`` is the last day of its certificate, left out where none ends.
    """

    mark: str
    value: Decimal
    unit: Literal["kg", "cm"]
    until: date | None = None


class Reference(msgspec.Struct, frozen=True):
    """A reference and what it is a reference of."""

    quantity: Quantity
    standard: Standard


def references_of(parts: tuple[ReferencePart, ...], zone: str) -> tuple[Reference, ...]:
    """The references of the settings. Raises ``DeviceError`` for one without a mark or a usable value."""
    return tuple(
        Reference(
            Quantity.BODY_WEIGHT if part.unit == "kg" else Quantity.BODY_HEIGHT,
            Standard(part.mark, part.value, None if part.until is None else _end(part.until, zone)),
        )
        for part in parts
    )


def _end(last: date, zone: str) -> datetime:
    """The moment the day after ``last`` begins at the station, in UTC."""
    local = datetime.combine(last + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)
