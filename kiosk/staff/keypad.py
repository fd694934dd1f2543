"""The keypad of the staff area: a PIN, or a new one. Its digits are never shown."""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.flatten import Patch
from kiosk.widgets.key import WordKey
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import disc, ring

_APART = 17.0


class PinDots(Sketch):
    """A dot for every digit typed, a ring for every one that may follow."""

    typed = NumericProperty(0)
    places = NumericProperty(6)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        again = self.repaint_soon
        self.bind(typed=again, places=again, colours=again)

    def patches(self) -> Sequence[Patch]:
        """The dots in the middle of the box."""
        if self.colours is None:
            return ()
        places = int(max(self.places, self.typed))
        apart = min(_APART, (self.at[2] - _APART) / max(1, places - 1))
        first = self.at[2] / 2 - apart * (places - 1) / 2
        middle, found = self.at[3] / 2, list[Patch]()
        for place in range(places):
            x = first + place * apart
            if place < self.typed:
                found.append(disc(x, middle, min(5, apart * 0.4), self.colours.text))
            else:
                found.append(ring(x, middle, min(4.6, apart * 0.38), 0.9, self.colours.key_edge))
        return found


class PinKey(WordKey):
    """One digit of the keypad, said by ``detail``."""


class KeypadScreen(StaffScreen):
    """Who is it, and is it her."""
