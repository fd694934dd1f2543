"""One thing whole: an instrument, a visit, an account. What is known of it, and what can be done."""

from kiosk.backroom.pages import at
from kiosk.backroom.views import Action, DetailView
from kiosk.staff.berth import among
from kiosk.staff.screen import StaffScreen
from kiosk.theme import FaceSizes

_LEFT, _RIGHT, _WIDE, _HIGH, _PITCH, _FLOOR = 16.0, 137.8, 113.8, 34.0, 42.0, 418.0
_MAIN = 54.0  # the blue key and its gap


class DetailScreen(StaffScreen):
    """Facts above, keys below: the main one over the whole width, the others in two columns above it."""

    def quiet(self, body: DetailView, place: int) -> Action | None:
        """The action at ``place`` among those that are not the main one."""
        return at(body.actions[1:] if body.main else body.actions, place)

    def place(self, body: DetailView, place: int) -> list[float]:
        """Where the quiet key ``place`` lies, rows filled from the top, the last one on the floor."""
        left = _LEFT if place % 2 == 0 else _RIGHT
        return [left, self.top_of_keys(body) + (place // 2) * _PITCH, _WIDE, _HIGH]

    def top_of_keys(self, body: DetailView) -> float:
        """The upper edge of the first row of keys."""
        rows = -(-(len(body.actions) - (1 if body.main else 0)) // 2)
        floor = _FLOOR - (_MAIN if body.main else 0.0)
        return floor - rows * _PITCH + (_PITCH - _HIGH)

    def berth(self, lay: FaceSizes, body: DetailView, place: int) -> list[float]:
        """Where the quiet key ``place`` lies beside the facts: in one column, or two."""
        count = len(body.actions) - (1 if body.main else 0)
        between = ((lay.width + lay.staff.gap) / 2, lay.width - lay.margin)
        return among(lay, place, count, between)
