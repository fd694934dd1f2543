"""The head of a screen: the five stations of the visit as a road, or the mark of the house.

Nothing in it can be pressed; it is too high to reach.
"""

from collections.abc import Sequence

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.flow.steps import Station
from kiosk.theme import Colours
from kiosk.views import Mark, Road
from kiosk.widgets.flatten import Patch, Point
from kiosk.widgets.plan import Plan
from kiosk.widgets.sketch import Sketch
from kiosk.widgets.strokes import disc, part_ring, ring, stroke

_CURRENT, _OTHER = 9.0, 8.0  # radii of the stations
_LINE = 1.0
SIGNS = {
    Station.BLOOD: "drop",
    Station.STAND: "feet",
    Station.SIT: "chair",
    Station.GRIP: "fist",
    Station.SHEET: "sheet",
}


class StationRoad(Sketch):
    """The lines and circles of the road, over the whole head."""

    road = ObjectProperty(None, allownone=True, rebind=True)
    colours = ObjectProperty(None, rebind=True)
    of_a_person = False
    first_x = NumericProperty(0.0)  # mm: the middle of the first station
    step_x = NumericProperty(0.0)
    axis_y = NumericProperty(0.0)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        again = self.repaint_soon
        self.bind(road=again, colours=again, first_x=again, step_x=again, axis_y=again)

    def patches(self) -> Sequence[Patch]:
        """Lines between the stations first, then their circles."""
        if self.road is None or self.colours is None:
            return ()
        marks = tuple(mark for _, mark in self.road.marks)
        found: list[Patch] = []
        for place in range(len(marks) - 1):
            found += _way(self._middle(place), self._middle(place + 1), marks[place + 1], self.colours)
        for place, mark in enumerate(marks):
            found += _circle(self.road, place, self._middle(place), mark, self.colours)
        return found

    def _middle(self, place: int) -> Point:
        return (self.first_x + place * self.step_x, self.axis_y)


class Head(Plan):
    """Step in words and the road, or the mark of the house and the clock; ``road`` decides which."""

    road = ObjectProperty(None, allownone=True, rebind=True)
    clock = StringProperty("")

    def sign_of(self, place: int) -> str:
        """The icon in circle ``place`` of the road."""
        if self.road is None or place >= len(self.road.marks):
            return ""
        station, mark = self.road.marks[place]
        if mark is Mark.SKIPPED:
            return ""
        analysing = station is Station.BLOOD and self.road.blood_left is not None
        return "tick" if mark is Mark.DONE and not analysing else SIGNS[station]

    def ink_of(self, place: int, colours: Colours) -> str:
        """The colour of that icon."""
        if self.road is None or place >= len(self.road.marks):
            return colours.text
        mark = self.road.marks[place][1]
        if mark is Mark.HERE:
            return colours.on_primary
        return colours.primary if mark is Mark.DONE else colours.key_edge


def _way(here: Point, there: Point, after: Mark, colours: Colours) -> list[Patch]:
    y, left, right = here[1], here[0] + _CURRENT, there[0] - _CURRENT
    if after is not Mark.AHEAD:
        return [stroke(((left - 1, y), (right + 1, y)), 1.4, colours.primary)]
    middle, apart = (left + right) / 2, min(3.6, (right - left) / 3.4)
    return [disc(middle + apart * turn, y, 0.85, colours.key_edge) for turn in (-1, 0, 1)]


def _circle(road: Road, place: int, middle: Point, mark: Mark, colours: Colours) -> list[Patch]:
    x, y = middle
    if mark is Mark.HERE:
        return [disc(x, y, _CURRENT, colours.primary)]
    inside = colours.info if mark is Mark.DONE else colours.page
    found = [disc(x, y, _OTHER, inside)]
    if place == 0 and road.blood_left is not None and mark is Mark.DONE:
        found[0] = disc(x, y, _OTHER, colours.page)
        found.append(ring(x, y, _OTHER - 0.4, 0.8, colours.key_edge))
        arc = part_ring(x, y, _OTHER - 0.7, 2.2, road.blood_part or 0.0, colours.primary)
        return found if arc is None else [*found, arc]
    outline = colours.primary if mark is Mark.DONE else colours.key_edge
    found.append(ring(x, y, _OTHER - _LINE / 2, _LINE, outline))
    if mark is Mark.SKIPPED:
        found.append(stroke(((x - 3.2, y), (x + 3.2, y)), 1.4, colours.key_edge))
    return found
