"""The hands of the demonstration's staff member: put on the instruments what the staff area asks for.

They know the screen's view and the simulators, never the backroom or a driver.
"""

from decimal import Decimal

from devices.model import Role
from devices.reading import Quantity
from devices.simulators.acts import Act, InsertSample, StepOff, StepOn, TakeCard
from kiosk.backroom.steps import StaffStep
from kiosk.backroom.views import PointView, RunView, StaffView
from kiosk.clock import Clock
from kiosk.person import Find

WAITS, AT_MOST = 20.0, 1.0
"""Seconds of the station's own time before she does what a screen asks, and of real time at most."""
_TESTS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL, Quantity.GLUCOSE)
"""In the order of a sample."""
_STATURE, _MASS = Decimal("100.0"), Decimal("20.0")
"""What the other half of the stand reads meanwhile: the mass is low, the rod is light."""


class Hands:
    """Do at the simulated instruments what the staff area asks for, once for each thing asked."""

    def __init__(self, clock: Clock, find: Find) -> None:
        self._clock = clock
        self._find = find
        self._asked: tuple[object, ...] = ()
        self._since = 0.0
        self._done = True

    def watch(self, view: StaffView) -> None:
        """Look at the screen; act once it has asked for a moment."""
        asked = _what(view)
        if asked != self._asked:
            self._asked, self._since, self._done = asked, self._clock.monotonic(), False
        elif not self._done and self._waited:
            self._done = True
            self._act(view)

    @property
    def _waited(self) -> bool:
        real = self._clock.monotonic() - self._since
        return self._clock.since(self._since) >= WAITS or real >= AT_MOST

    def _act(self, view: StaffView) -> None:
        body, reader = view.body, self._find(Role.CARD)
        if view.step is StaffStep.PIN and reader is not None:
            reader.act(TakeCard())
        elif isinstance(body, PointView) and body.plate and not body.can_take:
            self._stand(body)
        elif isinstance(body, RunView) and view.step is StaffStep.RUN:
            self._put_in(body)

    def _put_in(self, body: RunView) -> None:
        """Control material that reads as its sheet says."""
        analyser = self._find(Role.BLOOD)
        mean = {one.quantity: Decimal(one.mean) for one in body.values if one.mean}
        if analyser is not None:
            analyser.act(InsertSample(body.specimen, *(mean.get(one) for one in _TESTS)))

    def _stand(self, body: PointView) -> None:
        scale, value = self._find(Role.STAND), Decimal(body.plate)
        if scale is None:
            return
        rod = body.picture == "calibration_rod"
        act: Act = StepOn(_MASS, value) if rod else StepOn(value, _STATURE)
        scale.act(StepOff())
        scale.act(act)


def _what(view: StaffView) -> tuple[object, ...]:
    """What this screen asks for, so that the same thing is done once and a new one again."""
    body = view.body
    if isinstance(body, PointView):
        return (view.step, body.plate, len(body.taken))
    if isinstance(body, RunView):
        return (view.step, body.specimen)
    return (view.step,)
