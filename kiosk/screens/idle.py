"""Nobody is here: herself three times, and one thing to touch."""

from kiosk.screens.screen import StepScreen


class IdleScreen(StepScreen):
    """The whole face above the foot is one key."""
