"""Her numbers, most urgent first, as many calm cards a page as the screen holds."""

from kivy.properties import ListProperty, ObjectProperty

from kiosk.cards import whole
from kiosk.result_pages import ResultRoom, Spot, arranged
from kiosk.screens.screen import StepScreen
from kiosk.theme import FaceSizes
from kiosk.views import Card, ResultView, View
from kiosk.widgets.result_card import CalmRow, OneValue, ResultCard, UprightCard


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
        spots = self._spots(room)
        while self._drawn:
            self.remove_widget(self._drawn.pop())
        for card, spot in zip(self.body.cards, spots, strict=False):
            made = _kind(room, card)(card=card, at=_at(self.lay, room, spot))
            self._drawn.append(made)
            self.add_widget(made, index=len(self.children))
        rest = spots[len(self.body.cards) :]
        below = max((spot.top + spot.high + room.gap for spot in spots), default=room.top)
        self.line_at = _at(self.lay, room, rest[0] if rest else Spot(0, below, room.line))

    def _spots(self, room: ResultRoom) -> tuple[Spot, ...]:
        body = self.body
        heights = [room.card if whole(card) else room.row for card in body.cards]
        if body.missing is not None and room.columns > 1 and body.page == body.pages:
            heights.append(room.line)
        return arranged(heights, room, first=body.page == 1, missing=body.missing is not None)


def _kind(room: ResultRoom, card: Card) -> type[OneValue]:
    if room.columns == 1:
        return ResultCard
    return UprightCard if whole(card) else CalmRow


def _at(lay: FaceSizes, room: ResultRoom, spot: Spot) -> list[float]:
    wide = (lay.width - 2 * lay.margin - (room.columns - 1) * lay.gap) / room.columns
    return [lay.margin + spot.column * (wide + lay.gap), spot.top, wide, spot.high]
