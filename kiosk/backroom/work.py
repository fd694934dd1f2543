"""Which instrument and which quantity the work at hand is about, and what this station can work on.

Shared by the pieces of the staff area, so that a tile of home and a key of an instrument open the same step.
"""

from devices.calibration_limits import Span
from devices.reading import Quantity
from health.words import following
from kiosk.backroom.shift import Shift
from kiosk.upkeep.rules import CONTROLLED
from kiosk.upkeep.standing import Standing


class Work:
    """The work at hand. ``visit`` and ``result`` are ids of what was opened from a list."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self.instrument = ""
        self.quantity: Quantity | None = None

    def begin_on(self, instrument: str, quantity: str) -> None:
        """The next steps are about this."""
        self.instrument = instrument
        self.quantity = Quantity(quantity) if quantity in set(Quantity) else None

    def next_language(self) -> None:
        """The next language that has a catalogue."""
        self._shift.language = following(self._shift.language)

    def span(self) -> Span | None:
        """What is engraved on it for the quantity at hand; the first plate where none was named."""
        plates = self._shift.premises.plates
        mine = [p for p in plates if p.instrument == self.instrument]
        return next((p for p in mine if p.quantity is self.quantity), mine[0] if mine else None)

    def controlled(self, instrument: str) -> bool:
        """Whether control material is run on it."""
        model = self._shift.premises.tools.model_of(instrument)
        return model is not None and model.role in CONTROLLED

    def calibrated(self, standing: Standing) -> bool:
        """Whether it has a plate, so that it can be calibrated here."""
        return self._shift.premises.plate(standing.instrument, standing.quantity) is not None
