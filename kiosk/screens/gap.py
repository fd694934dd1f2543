"""The pause between two readings, with the first one already hers."""

from kiosk.screens.screen import StepScreen


class GapScreen(StepScreen):
    """A minute that fills a ring."""
