"""One reference on the instrument: what it shows now, how far that is off, and the key that notes it down."""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.flatten import Patch
from kiosk.widgets.letters import Letters
from kiosk.widgets.picture import Picture
from kiosk.widgets.shapes import read_drawing
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import box, stroke

LOW, HIGH = 0.2, 0.8
"""Where the limits stand on the ruler, as parts of its length."""


class ToleranceRuler(Sketch):
    """Green between the limits, red beyond, a triangle at the value; ``place`` None: no value yet."""

    place = NumericProperty(None, allownone=True)
    colours = ObjectProperty(None, rebind=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(place=self.repaint_soon, colours=self.repaint_soon, at=self.repaint_soon)

    def patches(self) -> Sequence[Patch]:
        """The bar, its three strokes and the triangle."""
        if self.colours is None:
            return ()
        wide, c = self.at[2], self.colours
        found = [
            box(0, 11, wide * LOW, 9, c.doctor_tint),
            box(wide * LOW, 11, wide * (HIGH - LOW), 9, c.good_tint),
            box(wide * HIGH, 11, wide * (1 - HIGH), 9, c.doctor_tint),
        ]
        found += [stroke(((wide * x, 10), (wide * x, 21)), 1.0, c.good) for x in (LOW, 0.5, HIGH)]
        if self.place is not None:
            x = wide * min(max(self.place, 0.03), 0.97)
            found.append(Patch(((x - 5, 0.6), (x + 5, 0.6), (x, 8.4)), c.text))
            found.append(stroke(((x, 6), (x, 22.6)), 1.6, c.text))
        return found


class Plate(Picture):
    """A drawing with a white plate on the weight or the rod; ``text`` is written on it."""

    text = StringProperty("")
    font_px = NumericProperty(10.0)

    def __init__(self, **kwargs: object) -> None:
        self._words = Letters(bold=True, color=(0.1, 0.1, 0.1, 1))
        super().__init__(**kwargs)
        self.add_widget(self._words)
        again = self._write
        self.bind(text=again, font_px=again, pos=again, size=again, name=again)
        self._write()

    def _write(self, *_: object) -> None:
        self._words.text, self._words.font_size = self.text, self.font_px
        if not self.name or min(self.size) < 1 or "number" not in read_drawing(self.name).slots:
            self._words.text = ""
            return
        x, y, width, height = self.slot("number")
        self._words.size, self._words.pos = (width, height), (x, y)


class PointScreen(StaffScreen):
    """A point of a calibration, or one reference of a check."""

    def taken_words(self, taken: Sequence[str], repeats: int) -> str:
        """What was noted down so far, with a dash for each that is still to come."""
        return " · ".join((*taken, *("–" for _ in range(repeats - len(taken)))))
