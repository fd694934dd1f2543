"""What every instrument is worth now: ready, due soon, or resting, and why.

Pure: records, time and the rules come in. It must not lock anything itself; the bench does, by what it is
told here, and an instrument about which nothing is asked and nothing was found is ready.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from devices.calibration import Calibration
from devices.reading import Quantity
from health.visit import Control


class State(StrEnum):
    """How a quantity stands. The values end the keys ``upkeep.state.*``."""

    READY = "ready"
    SOON = "soon"
    RESTS = "rests"


class Why(StrEnum):
    """Why, as the key of the words for staff; ``<key>.do`` says what to do about it."""

    NOT_ASKED = "upkeep.not_asked"
    IN_ORDER = "upkeep.in_order"
    DUE_SOON = "upkeep.due_soon"
    CHECK_MISSING = "upkeep.check_missing"
    CHECK_OVERDUE = "upkeep.check_overdue"
    CHECK_FAILED = "upkeep.check_failed"
    CALIBRATION_MISSING = "upkeep.calibration_missing"
    CALIBRATION_OVERDUE = "upkeep.calibration_overdue"
    CLOCK = "upkeep.clock"
    SUPPLY_EXPIRED = "upkeep.supply_expired"
    CONTROL_WARNING = "upkeep.control_warning"
    CONTROL_REJECTED = "upkeep.control_rejected"
    NOTHING_MENDED = "upkeep.nothing_mended"
    NO_LOT = "upkeep.no_lot"
    LOT_EXPIRED = "upkeep.lot_expired"
    CONTROL_MISSING = "upkeep.control_missing"
    CONTROL_INCOMPLETE = "upkeep.control_incomplete"
    CONTROL_OVERDUE = "upkeep.control_overdue"


class Standing(msgspec.Struct, frozen=True):
    """How one quantity of one instrument stands. Times are aware UTC.

    ``until`` is when what holds now ends: from then on the quantity rests if ``asked``. ``control`` and
    ``proof`` (id of the deciding run, check or calibration) go into every observation; ``calibration`` is
    the line in force, None where the instrument measures uncorrected.
    """

    instrument: str
    quantity: Quantity
    state: State
    why: Why
    asked: bool = False
    control: Control | None = None
    until: datetime | None = None
    proof: UUID | None = None
    calibration: Calibration | None = None

    def rests(self, now: datetime) -> bool:
        """Whether nothing may be measured at ``now``."""
        ended = self.asked and self.until is not None and now >= self.until
        return self.state is State.RESTS or ended


class Board(msgspec.Struct, frozen=True):
    """Every quantity of every instrument, as the book and the clock said ``at`` some moment."""

    at: datetime
    standings: tuple[Standing, ...] = ()

    def of(self, instrument: str, quantity: Quantity) -> Standing | None:
        """The standing of one quantity, None where nothing is known of it."""
        return next((s for s in self.standings if (s.instrument, s.quantity) == (instrument, quantity)), None)

    def on(self, instrument: str) -> tuple[Standing, ...]:
        """Everything about one instrument."""
        return tuple(s for s in self.standings if s.instrument == instrument)

    def rests(self, instrument: str, now: datetime) -> bool:
        """Whether nothing may be measured on this instrument: it is one module, so one quantity is enough.

        Only a quantity that the control material in use does not hold rests by itself, and the others go on.
        """
        resting = [s for s in self.on(instrument) if s.rests(now)]
        alone = all(s.why is Why.NO_LOT for s in resting)
        return bool(resting) and (not alone or len(resting) == len(self.on(instrument)))

    def due(self) -> tuple[Standing, ...]:
        """What staff should look at: resting first, then due soon."""
        return tuple(s for state in (State.RESTS, State.SOON) for s in self.standings if s.state is state)


def worst(standings: Sequence[Standing]) -> Standing | None:
    """The one that staff must hear of first, None of none."""
    order = (State.RESTS, State.SOON, State.READY)
    return min(standings, key=lambda s: order.index(s.state), default=None)


NOTICE = timedelta(days=1)
"""How long before a weekly check or a daily run ends it is called due soon; a calibration has its own."""
