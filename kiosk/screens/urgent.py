"""A value that cannot wait: sit, do not worry, somebody comes. No flashing, no siren, no way past it."""

from kiosk.screens.screen import StepScreen


class UrgentScreen(StepScreen):
    """The calm screen, and one question with two answers."""
