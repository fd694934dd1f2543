"""Staff are here: the number to type into the analyser, and one key when the strip is in."""

from kiosk.screens.screen import StepScreen


class SampleScreen(StepScreen):
    """For staff, beside her."""
