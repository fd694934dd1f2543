"""Somebody on the platform of a scale, and the clock of tenths of seconds by which its indicator works.

What a family makes of it on the wire is its own affair: an answer to each question, or a line at each tick.
"""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from devices.codecs.load import KG_PER_LB, Load
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait

TICK = 0.1
SETTLE_SECONDS = 2.0
"""From a change to a settled weight, as SMA scales report motion."""

SWAYING_SECONDS = 20.0
_SHARES = tuple(Decimal(part) / 100 for part in (97, 104, 86, 98, 101, 95, 103))
"""Sway. Seven, so that no rate of packets sees one of them again and again."""

_HUNDREDTH = Decimal("0.01")
_DRIFTED = Decimal("-0.6")
_TOO_MUCH = Decimal("412.5")


class Standing(msgspec.Struct):
    """Who stands there. ``left``: ticks until the weight is settled; ``streaming``: it talks unasked.

    ``off``: kilograms that it says of an empty platform since the last person left.
    """

    speed: float
    kg: Decimal = Decimal(0)
    left: int = 0
    streaming: bool = False
    faults: frozenset[str] = frozenset()
    off: Decimal = Decimal(0)

    def act(self, order: Order) -> None:
        """Somebody steps on or off; the wire's faults come with it."""
        if not isinstance(order.act, StepOn | StepOff):
            return
        self.faults = order.faults
        self.kg = order.act.weight if isinstance(order.act, StepOn) else Decimal(0)
        if "out_of_range" in self.faults and self.kg:
            self.kg = _TOO_MUCH
        if "zero_drift" in self.faults and not self.kg:
            self.off = _DRIFTED
        swaying = SWAYING_SECONDS if self.kg and "unsteady" in self.faults else 0.0
        self.left = max(1, round((SETTLE_SECONDS + swaying) / self.speed / TICK))

    def tick(self) -> None:
        """A tenth of a second has passed."""
        self.left = max(0, self.left - 1)

    def zero(self) -> None:
        """What lies there now is zero."""
        self.kg = self.off = Decimal(0)

    def meets(self, fault: str) -> bool:
        """Whether somebody stands there whose weighing shall meet this fault."""
        return self.kg > 0 and fault in self.faults

    def load(self) -> Load:
        """What the display shows, kg with two decimals; lb or g where that is the fault."""
        kg = self.off + (self.kg * _SHARES[self.left % len(_SHARES)] if self.left else self.kg)
        steady = self.left == 0
        if self.meets("pounds"):
            return Load((kg / KG_PER_LB).quantize(_HUNDREDTH, "ROUND_HALF_UP"), "lb", steady)
        if self.meets("wrong_unit"):
            return Load((kg * 1000).quantize(Decimal(1), "ROUND_HALF_UP"), "g", steady)
        return Load(kg.quantize(_HUNDREDTH, "ROUND_HALF_UP"), "kg", steady)


def indicator(
    standing: Standing, hear: Callable[[bytes], bytes], tell: Callable[[], bytes] = bytes
) -> Simulator:
    """An indicator: ``hear`` answers the host, ``tell`` is what it says at a tick while streaming."""
    keep = False
    while True:
        seconds = TICK if standing.left or standing.streaming else None
        got = yield Wait(seconds, acts=True, data=True, keep=keep)
        keep = seconds is not None and got is not None
        said = b""
        if isinstance(got, Order):
            standing.act(got)
        elif got is None:
            standing.tick()
            said = tell() if standing.streaming else b""
        else:
            said = hear(got)
        if said:
            yield Say(said)
