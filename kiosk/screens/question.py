"""One question of several, while she sits and before she rests."""

from kiosk.screens.ask import AskScreen


class QuestionScreen(AskScreen):
    """The question now; a new one guards the fingers as a new screen does."""
