"""A scale that says its load again and again, as one reading a weighing.

Between two empty platforms a settled weight is told once, and once more only if it changes. What moves is
told as live (``stable`` False), an empty platform not at all, a complaint once until something else is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from devices.codecs.load import UNITS, Load
from devices.codecs.numbers import WEIGHT_KG
from devices.framing import Frame
from devices.reading import Quantity, Reading
from devices.session import Complaint, RefusedError, Tell, Unread


@dataclass(slots=True)
class Platform:
    """What has been told of this weighing."""

    told: Decimal | None = None
    moving: Decimal | None = None
    complaint: str | None = None

    @property
    def occupied(self) -> bool:
        """Whether somebody stands here."""
        return self.told is not None or self.moving is not None

    def clear(self) -> None:
        """Nobody stands here: the same weight again is another weighing."""
        self.told = self.moving = self.complaint = None

    def hear(self, load: Load, frame: Frame) -> Iterator[Tell]:
        """What is new about this load; ``stable`` None counts as settled."""
        if load.kg < WEIGHT_KG.low:
            self.clear()
            return
        try:
            WEIGHT_KG.check(load.kg)
        except RefusedError as error:
            yield from self.refuse(error, frame)
            return
        self.complaint = None
        yield from self._tell(load, frame)

    def refuse(self, error: RefusedError, frame: Frame) -> Iterator[Tell]:
        """The frame makes no value, told once for a run of such frames."""
        if error.reason != self.complaint:
            self.complaint = error.reason
            yield Tell(Unread(error.reason, len(frame.data), frame.at))

    def complain(self, code: str, frame: Frame) -> Iterator[Tell]:
        """The scale says that it cannot weigh; its value, if any, is none."""
        if code != self.complaint:
            self.complaint = code
            yield Tell(Complaint(code, len(frame.data), frame.at))

    def _tell(self, load: Load, frame: Frame) -> Iterator[Tell]:
        if load.weight == (self.moving if load.stable is False else self.told):
            return
        if load.stable is False:
            self.moving = load.weight
        else:
            self.told, self.moving = load.weight, None
        unit = UNITS[load.unit]
        yield Tell(Reading(Quantity.BODY_WEIGHT, load.weight, unit, stable=load.stable, frame=frame.data))
