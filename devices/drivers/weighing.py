"""A scale that says its load again and again, as one reading a weighing.

Between two empty platforms a settled weight is told once, and once more only if it changes. What moves is
told as live (``stable`` False), a complaint once until something else is said. That nobody stands here any
more is told as ``Working(EMPTY)``; a platform that rests beside zero is complained of and is not empty. These
lines carry no checksum, so that a settled weight was said ``ALIKE`` times running is told as
``Working(REPEATED)``.
"""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from devices.codecs.load import UNITS, Load
from devices.codecs.numbers import WEIGHT_KG
from devices.drivers.listening import refuse
from devices.framing import Frame
from devices.reading import Quantity, Reading
from devices.session import Complaint, RefusedError, Tell, Working

EMPTY = "empty"
REPEATED = "repeated"
"""What was told last was said again and again: no bit of it was changed on the way."""

ALIKE = 3
"""Frames running with the same value that no accident on the wire makes."""

NEAR_ZERO = Decimal("0.2")
"""Kilograms either side of zero that are still an empty platform: two divisions of a scale for people."""

DRIFT_ABOVE = Decimal("0.5")
"""Above zero by more than this something lies there. Zeroing that away would falsify the next weight."""

DRIFT_BELOW = Decimal(4)
"""Below zero by no more than this may be zeroed away: 2 % of a 200 kg platform."""


class Platform(msgspec.Struct):
    """What has been told of this weighing."""

    told: tuple[Decimal, str] | None = None
    moving: tuple[Decimal, str] | None = None
    complaint: str | None = None
    empty: bool = False
    alike: int = 0

    @property
    def occupied(self) -> bool:
        """Whether somebody stands here."""
        return self.told is not None or self.moving is not None

    def clear(self) -> Iterator[Tell]:
        """Nobody is weighed here any more: the same weight again is another weighing."""
        self.told = self.moving = self.complaint = None
        self.alike = 0
        if not self.empty:
            self.empty = True
            yield Tell(Working(EMPTY))

    def hear(self, load: Load, frame: Frame) -> Iterator[Tell]:
        """What is new about this load; ``stable`` None counts as settled."""
        if load.kg < WEIGHT_KG.low:
            yield from self._light(load, frame)
            return
        try:
            WEIGHT_KG.check(load.kg)
        except RefusedError as error:
            yield from self.refuse(error, frame)
            return
        self.complaint, self.empty = None, False
        yield from self._tell(load, frame)

    def refuse(self, error: RefusedError, frame: Frame) -> Iterator[Tell]:
        """The frame makes no value, told once for a run of such frames."""
        if error.reason != self.complaint:
            self.complaint = error.reason
            yield refuse(error, frame)

    def complain(self, code: str, frame: Frame) -> Iterator[Tell]:
        """The scale says that it cannot weigh; its value, if any, is none."""
        if code != self.complaint:
            self.complaint = code
            yield Tell(Complaint(code, len(frame.data), frame.at))

    def _light(self, load: Load, frame: Frame) -> Iterator[Tell]:
        """Too light for anybody: empty, or at rest beside zero, or on the way from one to the other."""
        self.told = self.moving = None
        if abs(load.kg) <= NEAR_ZERO:
            yield from self.clear()
        elif load.stable is not False:
            self.empty = False
            yield from self.complain(_beside_zero(load.kg), frame)

    def _tell(self, load: Load, frame: Frame) -> Iterator[Tell]:
        if load.stable is False:
            self.alike = 0
        elif load.said == self.told:
            self.alike += 1
            if self.alike == ALIKE:
                yield Tell(Working(REPEATED))
        if load.said == (self.moving if load.stable is False else self.told):
            return
        if load.stable is False:
            self.moving = load.said
        else:
            self.told, self.moving, self.alike = load.said, None, 1
        unit = UNITS[load.unit]
        yield Tell(Reading(Quantity.BODY_WEIGHT, load.weight, unit, stable=load.stable, frame=frame.data))


def _beside_zero(kg: Decimal) -> str:
    if kg > DRIFT_ABOVE:
        return "not_empty"
    return "zero_drift" if kg >= -DRIFT_BELOW else "zero_lost"
