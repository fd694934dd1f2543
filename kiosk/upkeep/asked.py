"""What the settings ask of the instruments of a station, as msgspec structs.

Read before anything is opened, so it leans on little. It must not know whether it was done (``judging``).
"""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from devices.calibration_limits import Span
from devices.reading import Quantity

Days = Annotated[int, msgspec.Meta(ge=1, le=366)]

STANDING = (Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT)
"""What is calibrated by a line and checked with reference masses and rods."""


class UpkeepPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[upkeep]``: what must be in order before an instrument measures anybody. Left out: it is not asked.

    Whatever is asked: a control that was rejected, a check that failed and a calibration that ended always
    rest the instrument. ``weight_days`` and ``height_days`` are how long a check with reference masses or
    rods holds, ``blood_control`` how long a control run does, ``calibrated`` names the instruments that
    measure only with a calibration made here.
    """

    weight_days: Days | None = None
    height_days: Days | None = None
    blood_control: Literal["daily", "weekly", "off"] = "off"
    calibrated: tuple[str, ...] = ()

    def check_every(self, quantity: Quantity) -> timedelta | None:
        """How long a check of ``quantity`` holds, None where none is asked for."""
        days = self.weight_days if quantity is Quantity.BODY_WEIGHT else self.height_days
        return None if days is None else timedelta(days=days)

    def asks_to_check(self, instrument: str, quantity: Quantity) -> bool:
        """Whether ``quantity`` of ``instrument`` needs masses or rods before it is measured."""
        mine = quantity in STANDING
        return mine and (self.check_every(quantity) is not None or instrument in self.calibrated)

    @property
    def control_every(self) -> timedelta | None:
        """How long a control run holds, None where none is asked for."""
        return {"daily": timedelta(days=1), "weekly": timedelta(days=7), "off": None}[self.blood_control]


NOTHING_ASKED = UpkeepPart()


class PlatePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is engraved on the plate of a scale or stadiometer: its range, and for a scale also ``e``.

    Decimals are written as text, in kg and cm: ``high = "200"``, ``e = "0.1"``.
    """

    quantity: Literal["body_weight", "body_height"]
    low: Decimal
    high: Decimal
    e: Decimal | None = None

    def span(self, instrument: str) -> Span:
        """The range of ``instrument``. Raises ``DeviceError`` where the plate makes none."""
        return Span(instrument, Quantity(self.quantity), self.low, self.high, self.e)
