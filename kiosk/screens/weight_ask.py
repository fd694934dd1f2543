"""A weight that is odd: was it only her, and dressed as last time?"""

from kiosk.screens.screen import StepScreen


class WeightAskScreen(StepScreen):
    """Last time and now side by side, one question, no answer suggested."""
