"""What the desk must know of this station to keep it true: instruments, what is asked of them, a secret.

Frozen, made once where the station is put together. It must not hold what changes: that lies in the book.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from devices.calibration_limits import Span
from devices.model import Role
from devices.reading import Quantity
from kiosk.upkeep.errors import NotKnownHereError
from kiosk.upkeep.pepper import Pepper

Days = Annotated[int, msgspec.Meta(ge=1, le=366)]

STANDING = (Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT)
"""What is calibrated by a line and checked with reference masses and rods."""
CONTROLLED = frozenset({Role.BLOOD, Role.GLUCOSE})
"""Where control material is run."""


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


@dataclass(frozen=True, slots=True)
class Kept:
    """An instrument of this station as far as upkeep goes. ``spans`` are what its plate says."""

    id: str
    model: str
    role: Role
    measures: tuple[Quantity, ...]
    simulated: bool
    spans: tuple[Span, ...] = ()

    @property
    def controlled(self) -> bool:
        """Whether control material is run on it."""
        return self.role in CONTROLLED

    def span(self, quantity: Quantity) -> Span | None:
        """The range over which ``quantity`` is calibrated, None where the plate was not entered."""
        return next((span for span in self.spans if span.quantity is quantity), None)


@dataclass(frozen=True, slots=True, repr=False)
class UpkeepRules:
    """The instruments of a station, what is asked of them, and the secret its PINs are kept under.

    ``demo``: every instrument is simulated, and its checks are too. ``badges`` are those of the settings.
    """

    instruments: tuple[Kept, ...] = ()
    asked: UpkeepPart = NOTHING_ASKED
    zone: str = "Asia/Shanghai"
    pepper: Pepper = field(default_factory=Pepper.new)
    software: str = ""
    demo: bool = False
    badges: tuple[str, ...] = ()

    def instrument(self, name: str) -> Kept:
        """The instrument of that id. Raises ``NotKnownHereError``."""
        for one in self.instruments:
            if one.id == name:
                return one
        raise NotKnownHereError(f"This station has no instrument {name!r}; choose one of its own.")
