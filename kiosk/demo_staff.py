"""The demonstration's staff member: lays her badge, and does at the instruments what the staff area asks for.

She presses nothing: whoever tries the demonstration does that. What she does behind the door is loaded with
what lies there.
"""

from typing import TYPE_CHECKING

from devices.model import Role
from devices.reading import Card
from devices.simulators.acts import LayCard, TakeCard
from kiosk.clock import Clock
from kiosk.person import Find
from kiosk.staff_area import hands_of

if TYPE_CHECKING:
    from kiosk.backroom.views import StaffView
    from kiosk.demo_hands import Hands


class SimulatedStaff:
    """On duty at the simulated instruments. ``away``: nobody puts anything on."""

    def __init__(self, badge: Card, clock: Clock, find: Find) -> None:
        self._badge = badge
        self._clock = clock
        self._find = find
        self._hands: Hands | None = None
        self.away = False

    def lay_badge(self) -> None:
        """Her card lies on the reader until she stands before the keypad."""
        reader = self._find(Role.CARD)
        if reader is not None:
            reader.act(TakeCard())
            reader.act(LayCard(self._badge))

    def watch(self, view: "StaffView") -> None:
        """Look at the screen; act once it has asked for a moment."""
        if self.away:
            return
        if self._hands is None:
            self._hands = hands_of(self._clock, self._find)
        self._hands.watch(view)
