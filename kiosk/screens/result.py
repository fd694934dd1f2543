"""Her numbers, most urgent first, up to four calm cards a page."""

from kiosk.screens.screen import StepScreen
from kiosk.views import Card, ResultView


class ResultScreen(StepScreen):
    """One page of the results."""

    def card_at(self, body: ResultView, place: int) -> Card | None:
        """The card at ``place`` of this page, None where the page ends before it."""
        return body.cards[place] if place < len(body.cards) else None

    def told(self, body: ResultView) -> str:
        """What is said beside the keys of a wide screen: of the whole first, at the end what is missing."""
        said = [body.message] if body.page == 1 else []
        if body.missing is not None and body.page == body.pages:
            said.append(body.missing)
        return "\n".join(said)
