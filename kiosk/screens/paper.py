"""The sheet comes out, or the code is shown, or both."""

from kiosk.screens.screen import StepScreen


class PaperScreen(StepScreen):
    """What the printer does, the code for the telephone, and the end."""
