"""Is it you? The card's name, half covered, so that nobody beside her reads it."""

from kiosk.screens.screen import StepScreen


class ConfirmScreen(StepScreen):
    """Yes or no."""
