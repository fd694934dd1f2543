"""Staff are here: they say on one of four keys what came of the call. Nothing of hers is on this screen."""

from kiosk.screens.screen import StepScreen


class AnsweredScreen(StepScreen):
    """A member of staff answers for the call."""
