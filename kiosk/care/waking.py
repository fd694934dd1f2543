"""Stepping on the scale begins a visit: whoever cannot or will not touch a screen is greeted all the same.

What the scale says then is nobody's: who she is and what she agrees to is asked first, and she is weighed
anew from an empty platform when it is time. It must not file, show or keep a weight.
"""

from devices.model import Role
from kiosk.attendance import Attendance
from kiosk.flow.steps import Happening, Step

AT = frozenset({Step.IDLE, Step.WELCOME})
"""Steps at which stepping on is the wish to begin; at every other it is what the step makes of it."""


def wake(at: Attendance, *, came: bool) -> None:
    """A weight was said; where somebody ``came``, greet her, or go on to who she is.

    Not while staff have the screen (a test weight is no visitor), nor while no visit may begin.
    """
    if came and at.step in AT and not (at.closed or at.staff_here):
        at.go(Happening.STEPPED_ON)
        at.sitting.stepped_on = True


def can_wake(at: Attendance) -> bool:
    """Whether the scale that is here says a weight that nobody asked it for."""
    model = at.bench.model(Role.STAND)
    return model is not None and not model.can.start and at.bench.available(Role.STAND)
