"""What the desk must know of this station to keep it true: instruments, what is asked of them, a secret.

Frozen, made once where the station is put together. It must not hold what changes: that lies in the book.
"""

import msgspec

from devices.calibration_limits import Span
from devices.model import Role
from devices.reading import Confidential, Quantity
from kiosk.upkeep.asked import NOTHING_ASKED, UpkeepPart
from kiosk.upkeep.errors import NotKnownHereError
from kiosk.upkeep.pepper import Pepper

CONTROLLED = frozenset({Role.BLOOD, Role.GLUCOSE})
"""Where control material is run."""


class Kept(msgspec.Struct, frozen=True):
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


class UpkeepRules(Confidential, msgspec.Struct, frozen=True):
    """The instruments of a station, what is asked of them, and the secret its PINs are kept under.

    ``demo``: every instrument is simulated, and its checks are too. ``badges`` are those of the settings.
    """

    instruments: tuple[Kept, ...] = ()
    asked: UpkeepPart = NOTHING_ASKED
    zone: str = "Asia/Shanghai"
    pepper: Pepper = msgspec.field(default_factory=Pepper.new)
    software: str = ""
    demo: bool = False
    badges: tuple[str, ...] = ()

    def instrument(self, name: str) -> Kept:
        """The instrument of that id. Raises ``NotKnownHereError``."""
        for one in self.instruments:
            if one.id == name:
                return one
        raise NotKnownHereError(f"This station has no instrument {name!r}; choose one of its own.")
