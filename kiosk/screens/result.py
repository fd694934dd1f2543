"""Her numbers, most urgent first, up to four calm cards a page."""

from kiosk.screens.screen import StepScreen
from kiosk.views import Card, ResultView


class ResultScreen(StepScreen):
    """One page of the results."""

    def card_at(self, body: ResultView, place: int) -> Card | None:
        """The card at ``place`` of this page, None where the page ends before it."""
        return body.cards[place] if place < len(body.cards) else None
