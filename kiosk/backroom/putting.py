"""One reference on the instrument: what it shows now, when that may be noted down, and how far it is off.

Pure. The instrument's own, uncorrected value is what counts for a calibration; nothing is noted while it
moves or before something new was put there, because one weighing is one reading.
"""

from decimal import ROUND_HALF_UP, Decimal

import msgspec
from msgspec.structs import replace

from devices.calibration_limits import EMPTY, Phase, Span, Standard, limit
from devices.errors import DeviceError
from devices.reading import Quantity, Reading

NO_PLATE = Span("", Quantity.BODY_HEIGHT, Decimal(0), Decimal(1))
"""In place of a plate that was not entered: nothing can be put on it."""


class Putting(msgspec.Struct, frozen=True):
    """A standard that is to stand on the instrument, what it shows, and what was noted of it.

    ``fresh``: the reading shown came after the last note.
    """

    span: Span
    standard: Standard
    repeats: int
    shown: Reading | None = None
    fresh: bool = False
    taken: tuple[Decimal, ...] = ()

    def with_reading(self, reading: Reading) -> "Putting":
        """The instrument said something; another quantity, unit or a limit of its range is not of this."""
        if reading.kind is not self.span.quantity or reading.unit != self.span.unit:
            return self
        if reading.comparator is not None:
            return self
        return replace(self, shown=reading, fresh=True)

    def with_note(self) -> "Putting":
        """What is shown was noted down."""
        if self.shown is None or not self.can_take:
            return self
        return replace(self, taken=(*self.taken, self.shown.value), fresh=False)

    @property
    def can_take(self) -> bool:
        """Whether what is shown may be noted down: it is new and still."""
        return self.shown is not None and self.fresh and self.shown.stable is not False

    @property
    def whole(self) -> bool:
        """Whether every repeat was noted."""
        return len(self.taken) >= self.repeats

    @property
    def allowed(self) -> Decimal | None:
        """How far it may be off in service, None beyond what the class knows."""
        try:
            return limit(self.span, self.standard.value, Phase.IN_SERVICE)
        except DeviceError:
            return None

    @property
    def error(self) -> Decimal | None:
        """Shown minus true, None before anything was shown."""
        return None if self.shown is None else self.shown.value - self.standard.value

    @property
    def place(self) -> float | None:
        """Where the value lies on a ruler whose limits stand at 0.2 and 0.8; 0 and 1 are its ends."""
        error, allowed = self.error, self.allowed
        if error is None or not allowed:
            return None
        part = Decimal("0.5") + error / (allowed * 2) * Decimal("0.6")
        return float(min(Decimal(1), max(Decimal(0), part)))


def three_of(span: Span, standards: tuple[Standard, ...]) -> tuple[Standard, Standard, Standard] | None:
    """A low, a high and a third reference for a calibration of ``span``; None where there are too few.

    The empty platform is taken only where the references alone lie too close together and the range begins
    there: some scales never say that they are empty.
    """
    if len(standards) >= 3:
        low, high = standards[0], standards[-1]
        if high.value - low.value >= (span.high - span.low) / 2:
            return low, high, _between(low, high, standards[1:-1])
    if len(standards) >= 2 and span.low == 0:
        return EMPTY, standards[-1], _between(EMPTY, standards[-1], standards[:-1])
    return None


def _between(low: Standard, high: Standard, others: tuple[Standard, ...]) -> Standard:
    middle = (low.value + high.value) / 2
    return min(others, key=lambda one: abs(one.value - middle))


def places_of(value: Decimal, like: Decimal) -> str:
    """``value`` with a sign and as many places as the instrument shows, as staff read it."""
    rounded = value.quantize(like, ROUND_HALF_UP)
    sign = "\N{MINUS SIGN}" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{abs(rounded)}"
