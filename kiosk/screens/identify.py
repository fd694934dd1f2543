"""Lay a card down, or go on without one; the card itself is the button, so nothing here is blue."""

from kiosk.screens.screen import StepScreen


class IdentifyScreen(StepScreen):
    """Waits for a card."""
