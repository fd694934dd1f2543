"""Her numbers, most urgent first, as many calm cards a page as the screen holds."""

from kivy.properties import ListProperty, ObjectProperty

from kiosk.result_pages import Form, ResultRoom, Spot
from kiosk.screens.screen import StepScreen
from kiosk.theme import FaceSizes
from kiosk.views import ResultView, View
from kiosk.widgets.result_card import CalmRow, LowCard, OneValue, ResultCard, UprightCard

_STANDING = {Form.WHOLE: UprightCard, Form.LOW: LowCard, Form.ROW: CalmRow}
"""What stands for a value where cards stand beside each other."""


class ResultScreen(StepScreen):
    """One page of the results. ``line_at`` is where the line on what is missing lies."""

    lay = ObjectProperty(None)
    line_at = ListProperty([0, 0, 0, 0])

    def __init__(self, **kwargs: object) -> None:
        self._drawn: list[OneValue] = []
        super().__init__(**kwargs)
        self.bind(lay=lambda *_: self._fill())
        self._fill()

    def show(self, view: View) -> None:
        """Draw ``view``, each value at its place."""
        super().show(view)
        self._fill()

    def told(self, body: ResultView) -> str:
        """The main sentence, on the first page."""
        return body.message if body.page == 1 else ""

    def _fill(self) -> None:
        if self.lay is None or self.view is None:
            return
        room = self.lay.results_in(large=self.view.large)
        while self._drawn:
            self.remove_widget(self._drawn.pop())
        spots = self.body.spots
        for card, spot in zip(self.body.cards, spots, strict=False):
            kind = ResultCard if room.columns == 1 else _STANDING[spot.form]
            made = kind(card=card, at=_at(self.lay, room, spot))
            self._drawn.append(made)
            self.add_widget(made, index=len(self.children))
        below = max((spot.top + spot.high + room.gap for spot in spots), default=room.top)
        line = spots[-1] if spots and spots[-1].form is Form.LINE else Spot(Form.LINE, 0, below, room.line)
        self.line_at = _at(self.lay, room, line)


def _at(lay: FaceSizes, room: ResultRoom, spot: Spot) -> list[float]:
    free = lay.width - 2 * lay.margin
    wide = (free - (room.columns - 1) * lay.gap) / room.columns
    return [lay.margin + spot.column * (wide + lay.gap), spot.top, free if spot.across else wide, spot.high]
