"""Sound and brightness: as loud and bright as the system lets them be; where it does not, it says so."""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.flatten import Patch
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import box

_STEPS = 10


class TenBars(Sketch):
    """Ten bars that rise; ``lit`` of them are full."""

    lit = NumericProperty(0)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(lit=self.repaint_soon, colours=self.repaint_soon, at=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """The bars on one floor, the last the highest."""
        if self.colours is None:
            return ()
        wide, high = self.at[2] / _STEPS, self.at[3]
        return [
            box(
                place * wide + 1.5,
                high - high * (place + 2) / (_STEPS + 1),
                wide - 3,
                high * (place + 2) / (_STEPS + 1),
                self.colours.primary if place < self.lit else self.colours.empty,
            )
            for place in range(_STEPS)
        ]


class SoundScreen(StaffScreen):
    """Louder, quieter, brighter, darker."""
